package org.curvature4j.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
                .containsPattern("tanh +smooth -> tanh")
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

        assertThat(run.out()).containsPattern("relu +kinks -> relu").contains("1 with kinks or steps");
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
        assertThat(words.out()).containsPattern("unsupported -> noise").contains("1 of 3 operations unsupported");

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
}
