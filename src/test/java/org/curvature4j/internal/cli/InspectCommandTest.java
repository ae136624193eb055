package org.curvature4j.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import org.curvature4j.io.Npy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class InspectCommandTest {
    @TempDir
    Path folder;

    @Test
    void listsAGraph() {
        Path model = SavedModels.save(SavedModels.regression(), folder, "net.fb");

        Run run = Run.of("inspect", "--model", model);

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains("inputs      label [-1, 1] float64", "x     [-1, 3] float64")
                .contains("outputs     loss")
                .contains("W [3, 2] float64", "10 numbers in all")
                .containsPattern("tanh +1  smooth -> tanh")
                .contains("all supported, all smooth");
    }

    @Test
    void limitsItselfToAnOutput() {
        Path model = SavedModels.save(SavedModels.regression(), folder, "net.fb");

        JsonObject json =
                Run.of("inspect", "--model", model, "--output", "y", "--json").json();

        assertThat(json.getAsJsonArray("inputs")).hasSize(1);
        assertThat(json.get("outputs").toString()).isEqualTo("[\"y\"]");
        assertThat(json.get("parameterCount").getAsLong()).isEqualTo(10);
        assertThat(json.getAsJsonArray("operations").asList())
                .extracting(operation -> operation.getAsJsonObject().get("op").getAsString())
                .containsExactly("matmul", "add", "tanh", "matmul");
        assertThat(json.get("smooth").getAsBoolean()).isTrue();
    }

    @Test
    void tellsKinks() {
        Run run = Run.of("inspect", "--model", "mlp:3-2-1:relu");

        assertThat(run.out()).containsPattern("relu +1  kinks -> relu").contains("1 with kinks or steps");
        assertThat(run.out()).contains("linear piece by piece: the Hessian is 0 wherever it exists");
        JsonObject kinks = Run.of("inspect", "--model", "mlp:3-2-1:relu", "--json")
                .json()
                .getAsJsonArray("kinks")
                .get(0)
                .getAsJsonObject();
        assertThat(kinks.get("flat").getAsBoolean()).isTrue();
    }

    @Test
    void tellsWhatIsNotSupported() {
        Path model = SavedModels.save(SavedModels.noisy(), folder, "noisy.fb");

        Run words = Run.of("inspect", "--model", model);
        assertThat(words.code()).isZero();
        assertThat(words.out()).containsPattern("1  unsupported -> noise").contains("1 of 3 operations unsupported");

        JsonObject json = Run.of("inspect", "--model", model, "--json").json();
        assertThat(json.get("supported").getAsBoolean()).isFalse();
        JsonElement noise = json.getAsJsonArray("operations").asList().stream()
                .filter(one -> !one.getAsJsonObject().get("supported").getAsBoolean())
                .findFirst()
                .orElseThrow();
        assertThat(noise.getAsJsonObject().get("note").getAsString()).isNotEmpty();
    }

    @Test
    void refusesAnOutputThatIsNotThere() {
        Run run = Run.of("inspect", "--model", "tanh", "--output", "z");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("such as its outputs [y], got 'z'");
    }

    @Test
    void listsEachOperationWhereAsked() {
        Path model = SavedModels.save(SavedModels.regression(), folder, "net.fb");

        assertThat(Run.of("inspect", "--model", model, "--list").out())
                .containsPattern("matmul +smooth -> matmul\n")
                .containsPattern("matmul +smooth -> y\n");
    }

    @Test
    void tellsWhatDerivativesTake() {
        Path model = SavedModels.save(SavedModels.regression(), folder, "net.fb");

        JsonObject json = Run.of("inspect", "--model", model, "--output", "y", "--memory", "700", "--json")
                .json();

        JsonObject byInput = json.getAsJsonArray("derivatives").get(0).getAsJsonObject();
        assertThat(byInput.get("by").getAsString()).isEqualTo("x");
        assertThat(byInput.get("inputSize").getAsLong()).isEqualTo(3);
        assertThat(byInput.get("jacobianBytes").getAsLong()).isEqualTo(3 * 8);
        assertThat(byInput.get("hessianBytes").getAsLong()).isEqualTo(3 * 3 * 8);
        assertThat(byInput.get("hessianFits").getAsBoolean()).isTrue();
        assertThat(byInput.get("hessianOperations").getAsDouble()).isBetween(20.0, 2000.0);
        JsonObject byParameters = json.getAsJsonArray("derivatives").get(1).getAsJsonObject();
        assertThat(byParameters.get("inputSize").getAsLong()).isEqualTo(10);
        assertThat(byParameters.get("hessianBytes").getAsLong()).isEqualTo(10 * 10 * 8);
        assertThat(byParameters.get("hessianFits").getAsBoolean()).isFalse();
        assertThat(json.get("parameterBytes").getAsLong()).isEqualTo(80);
        assertThat(json.get("memory").getAsLong()).isEqualTo(700);
    }

    @Test
    void tellsWhatIsPossibleBeforeWhatIsNot() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 2);
        SDVariable hidden = sd.math().tanh("hidden", x);
        hidden.mul(sd.random().normal("noise", 0, 1, DataType.DOUBLE, 1, 2)).sum("f");
        Path model = SavedModels.save(sd, folder, "noisy.fb");

        Run words = Run.of("inspect", "--model", model);

        assertThat(words.out())
                .contains("possible    what comes before what is unsupported, by --output: hidden")
                .contains("curvature jacobian --model " + model + " --output hidden --random 1000");
        assertThat(Run.of("jacobian", "--model", model, "--output", "hidden", "--random", 3)
                        .code())
                .isZero();
    }

    @Test
    void asksForBatchesOfAsManyExamplesAsTheModelTakes() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, 7, 3);
        SDVariable w = sd.var("w", Nd4j.rand(DataType.DOUBLE, 3, 4));
        sd.math().tanh("y", x.mmul(w));
        Path model = SavedModels.save(sd, folder, "seven.fb");

        Run run = Run.of("inspect", "--model", model);

        assertThat(run.out())
                .contains("--data X.npy --batch 7 --targets Y.npy")
                .contains("X.npy: examples, a row each, [N, 3], N a multiple of 7")
                .contains("Y.npy: what the model should say to each, [N, 4], N a multiple of 7");
        Path features = folder.resolve("X.npy");
        Path targets = folder.resolve("Y.npy");
        Npy.write(features, Nd4j.rand(DataType.DOUBLE, 14, 3));
        Npy.write(targets, Nd4j.rand(DataType.DOUBLE, 14, 4));
        assertThat(Run.of(
                                "lanczos",
                                "--model",
                                model,
                                "--loss",
                                "squared-error",
                                "--data",
                                features,
                                "--batch",
                                7,
                                "--targets",
                                targets)
                        .code())
                .isZero();
    }

    @Test
    void typesHaveTheNamesOfNumPy() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.FLOAT, -1, 3);
        sd.placeHolder("rows", DataType.INT64, -1);
        sd.math().tanh("y", x);
        Path model = SavedModels.save(sd, folder, "types.fb");

        assertThat(Run.of("inspect", "--model", model).out())
                .containsPattern("x +\\[-1, 3\\] float32")
                .containsPattern("rows +\\[-1\\] int64");
    }

    @Test
    void anEmptyNameIsNoModel() {
        Run run = Run.of("inspect", "--model", "");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--model: expected a file").contains("got ''");
    }

    @Test
    void aLargeGraphIsToldInFewLines() {
        SameDiff sd = SameDiff.create();
        SDVariable value = sd.placeHolder("x", DataType.DOUBLE, -1, 2);
        for (int i = 0; i < 3000; i++) {
            value = i % 2 == 0 ? sd.math().sin("v" + i, value) : sd.math().abs("v" + i, value);
        }
        Path model = SavedModels.save(sd, folder, "long.fb");

        Run run = Run.of("inspect", "--model", model);

        assertThat(run.out())
                .containsPattern("sin +1,500  smooth")
                .contains("1,500 with kinks or steps")
                .contains("not counted for more than 1,000 operations");
        assertThat(run.out().lines().count()).isLessThan(30);
    }
}
