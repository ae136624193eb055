package org.curvature4j.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import onnx.Onnx.TensorProto;
import org.curvature4j.io.Npy;
import org.curvature4j.io.RandomPoints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;

/** What inspect says of ONNX models that others than this project made as they are. */
class InspectOnnxTest {
    @TempDir
    Path folder;

    private static List<String> names(JsonObject json, String field) {
        return json.getAsJsonArray(field).asList().stream()
                .map(name -> name.getAsString())
                .toList();
    }

    private Path branching() {
        return new OnnxGraphs()
                .input("x", -1, 3)
                .weights("W", 3, 2)
                .node("MatMul", "x", "W", "hidden")
                .node("Tanh", "hidden", "y")
                .outputs("hidden", "y")
                .write(folder, "two.onnx");
    }

    @Test
    void namesEveryOutputThatTheFileDeclares() {
        Path model = branching();

        JsonObject json = Run.of("inspect", "--model", model, "--json").json();

        assertThat(names(json, "outputs")).containsExactlyInAnyOrder("y", "hidden");
        assertThat(json.getAsJsonArray("derivatives").asList())
                .extracting(one -> one.getAsJsonObject().get("output").getAsString())
                .contains("y", "hidden");
        assertThat(Run.of("inspect", "--model", model, "--output", "z").err()).contains("hidden", "y");
    }

    @Test
    void whatANodeGivesBesideIsNoOutputUnlessDeclared() {
        OnnxGraphs graph = new OnnxGraphs()
                .input("x", -1, 3)
                .weights("s", 3)
                .node("LayerNormalization", "x", "s", "normal")
                .and("mean")
                .and("deviation")
                .node("Tanh", "normal", "y");
        Path one = graph.outputs("y").write(folder, "one.onnx");

        assertThat(names(Run.of("inspect", "--model", one, "--json").json(), "outputs"))
                .containsExactly("y");
        assertThat(Run.of("jacobian", "--model", one, "--random", 1).out()).contains("Jacobian of 'y'");

        Path two = graph.outputs("mean").write(folder, "two.onnx");
        assertThat(names(Run.of("inspect", "--model", two, "--json").json(), "outputs"))
                .containsExactlyInAnyOrder("y", "mean");
        Run unsaid = Run.of("jacobian", "--model", two, "--random", 1);
        assertThat(unsaid.err()).contains("--output: expected one of [mean, y], got none");
    }

    @Test
    void whatComesBeforeAnOperatorWithoutARuleIsToldAndPossible() {
        Path model = new OnnxGraphs()
                .input("x", -1, 3)
                .node("Softmax", "x", "p")
                .node("Multinomial", "p", "drawn")
                .node("Tanh", "p", "other")
                .outputs("drawn", "other")
                .write(folder, "drawn.onnx");

        Run run = Run.of("inspect", "--model", model);

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .containsPattern("Multinomial +1  unsupported -> drawn")
                .contains("Multinomial: random: it gives another value at every run")
                .contains("1 of 3 operations unsupported")
                .contains("what comes before what is unsupported, by --output: other, p");
        assertThat(Run.of("jacobian", "--model", model, "--output", "p", "--random", 2)
                        .code())
                .isZero();
        Run behind = Run.of("jacobian", "--model", model, "--output", "drawn", "--random", 2);
        assertThat(behind.code()).isEqualTo(1);
        assertThat(behind.err()).contains("drawn.onnx", "Multinomial -> drawn: random");
    }

    @Test
    void whatARuleRefusesIsNotCalledSupported() {
        Path model = new OnnxGraphs()
                .input("x", -1, 3)
                .node("Tanh", "x", "h")
                .node("Concat", "h", "h", "y")
                .with("axis", 7)
                .outputs("y")
                .write(folder, "axis.onnx");

        Run run = Run.of("inspect", "--model", model);

        assertThat(run.out())
                .doesNotContain("all supported")
                .containsPattern("Concat +1  smooth, refused -> y")
                .contains("1 of 2 operations refused as it stands")
                .containsPattern("notes +Concat -> 'y' of 'h'")
                .contains("what comes before what is refused, by --output: h");
        assertThat(Run.of("inspect", "--model", model, "--json")
                        .json()
                        .get("supported")
                        .getAsBoolean())
                .isFalse();
    }

    @Test
    void whatNeedsAValueIsNotCalledSupported() {
        Path model = new OnnxGraphs()
                .input("x", -1, 4)
                .input("sizes", TensorProto.DataType.INT64, 2)
                .node("Tanh", "x", "h")
                .node("Reshape", "h", "sizes", "r")
                .node("Exp", "r", "y")
                .outputs("y")
                .write(folder, "reshaped.onnx");

        Run run = Run.of("inspect", "--model", model);

        assertThat(run.code()).isZero();
        assertThat(run.out())
                .doesNotContain("all supported")
                .contains("2 of 3 operations not judged: needs the value of 'sizes'")
                .containsPattern("Reshape +1  smooth, not judged -> r")
                .contains("what comes before what can't be judged yet, by --output: h");
        JsonObject json = Run.of("inspect", "--model", model, "--json").json();
        assertThat(json.get("notJudged").getAsLong()).isEqualTo(2);
        assertThat(json.get("supported").getAsBoolean()).isTrue();
    }

    @Test
    void takesShapesForFreeSizes() {
        Path model = new OnnxGraphs()
                .input("x", -1, -1, 2)
                .node("Tanh", "x", "y")
                .outputs("y")
                .write(folder, "free.onnx");

        assertThat(Run.of("inspect", "--model", model).out())
                .contains("1 of 1 operation not judged: needs the sizes of 'x' (--shape NAME=SIZES)")
                .contains("nothing yet");
        Run closed = Run.of("inspect", "--model", model, "--shape", "x=1,3,2");
        assertThat(closed.out())
                .contains("x [1, 3, 2] float64", "1 operation, all supported, all smooth", "6 numbers a point")
                .contains("--shape x=1,3,2 --random 1000");
        assertThat(Run.of("jacobian", "--model", model, "--shape", "x=1,3,2", "--random", 2)
                        .code())
                .isZero();
    }

    @Test
    void refusesShapesThatDoNotFit() {
        Path model = branching();

        assertThat(Run.of("inspect", "--model", model, "--shape", "x=2,4").err())
                .contains("--shape: expected sizes of 'x' that fit [-1, 3] (-1 is any size), got [2, 4]");
        assertThat(Run.of("inspect", "--model", model, "--shape", "z=2,3").err())
                .contains("--shape: expected one of the placeholders [x], got 'z'");
        assertThat(Run.of("inspect", "--model", model, "--shape", "x=two").code())
                .isEqualTo(2);
    }

    @Test
    void suggestsTheBatchThatAModelTakes() {
        Path model = new OnnxGraphs()
                .input("x", 4, 3)
                .weights("W", 3, 2)
                .node("MatMul", "x", "W", "y")
                .outputs("y")
                .write(folder, "four.onnx");

        Run run = Run.of("inspect", "--model", model);

        assertThat(run.out())
                .contains("lanczos --model " + model + " --loss squared-error --data X.npy --batch 4 --targets Y.npy")
                .contains("X.npy: examples, a row each, [N, 3], N a multiple of 4");
        Path features = folder.resolve("X.npy");
        Path targets = folder.resolve("Y.npy");
        Npy.write(features, RandomPoints.of(1, 8, 3).readRows(0, 8));
        Npy.write(targets, Nd4j.ones(8, 2));
        Run asked = Run.of(
                "lanczos",
                "--model",
                model,
                "--loss",
                "squared-error",
                "--data",
                features,
                "--batch",
                4,
                "--targets",
                targets);
        assertThat(asked.code()).as(asked.err()).isZero();
    }
}
