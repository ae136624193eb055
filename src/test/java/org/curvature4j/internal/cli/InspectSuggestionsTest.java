package org.curvature4j.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.curvature4j.io.Npy;
import org.curvature4j.io.RandomPoints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What inspect says to ask next can be asked, and is what makes sense for the model. */
class InspectSuggestionsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tanh",
                "two-two-one",
                "chain-rule",
                "quadratic",
                "monkey-saddle",
                "rosenbrock",
                "mlp:4-8-1",
                "mlp:64-5-10",
                "mlp:3-2-1:relu",
                "examples/net.onnx",
                "examples/net.fb"
            })
    void commandsForModelsThatShipRunAsPrinted(String model) {
        JsonObject json = Run.of("inspect", "--model", model, "--json").json();

        List<JsonElement> commands = json.getAsJsonArray("commands").asList();
        assertThat(commands).isNotEmpty();
        for (JsonElement command : commands) {
            Run run = Run.of(words(command.getAsJsonObject()).toArray());
            assertThat(run.code()).as(command + "\n" + run.err()).isZero();
        }
    }

    @Test
    void feedsInputsBesideTheFirst() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 3);
        SDVariable scale = sd.placeHolder("the scale", DataType.DOUBLE, -1, 3);
        SDVariable shift = sd.placeHolder("shift", DataType.DOUBLE, 1, 3);
        sd.math().tanh("y", x.mul(scale).add(shift));
        JsonObject json = Run.of("inspect", "--model", SavedModels.save(sd, folder, "three.fb"), "--json")
                .json();

        List<JsonElement> commands = json.getAsJsonArray("commands").asList();
        assertThat(commands).hasSize(3);
        for (JsonElement command : commands) {
            List<Object> words = words(command.getAsJsonObject());
            assertThat(words).contains("--input", "--feed");
            Run run = Run.of(words.toArray());
            assertThat(run.code()).as(words + "\n" + run.err()).isZero();
        }
    }

    @Test
    void noTwoFilesThatAreFedHaveTheSameName() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 3);
        SDVariable first = sd.placeHolder("a b", DataType.DOUBLE, 1, 3);
        SDVariable second = sd.placeHolder("a_b", DataType.DOUBLE, 1, 3);
        SDVariable third = sd.placeHolder("J", DataType.DOUBLE, 1, 3);
        sd.math().tanh("y", x.mul(first).add(second).mul(third));
        JsonObject json = Run.of("inspect", "--model", SavedModels.save(sd, folder, "same.fb"), "--json")
                .json();

        JsonObject jacobian = json.getAsJsonArray("commands").get(0).getAsJsonObject();
        assertThat(jacobian.get("command").getAsString()).contains("--out J.npy");
        List<String> files = jacobian.getAsJsonArray("words").asList().stream()
                .map(JsonElement::getAsString)
                .filter(word -> word.matches(".*=.*npy"))
                .map(word -> word.replaceAll(".*=", ""))
                .toList();
        assertThat(files)
                .hasSize(3)
                .doesNotHaveDuplicates()
                .contains("a_b.npy", "a_b-2.npy")
                .doesNotContain("J.npy");
        assertThat(jacobian.getAsJsonObject("needs").keySet()).isEqualTo(Set.copyOf(files));
    }

    /** One number for all rows is no function of a point, whatever is fed. */
    @Test
    void suggestsNothingThatIsNoFunctionOfAPoint() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 3);
        x.mul(sd.placeHolder("scale", DataType.DOUBLE, -1, 3)).sum("y");

        assertThat(commands("--model", SavedModels.save(sd, folder, "sum.fb"))).isEmpty();
    }

    /** Without the program's name; files are in this test's folder, and made if they are needed. */
    private List<Object> words(JsonObject command) {
        JsonObject needs = command.getAsJsonObject("needs");
        List<Object> words = new ArrayList<>();
        for (JsonElement element : command.getAsJsonArray("words")
                .asList()
                .subList(1, command.getAsJsonArray("words").size())) {
            String word = element.getAsString();
            String file = word.replaceAll(".*=", "");
            if (!file.equals(word) && needs.has(file)) {
                words.add(word.substring(0, word.length() - file.length()) + row(file));
            } else if (needs.has(word)) {
                String holds = needs.get(word).getAsString();
                int columns = Integer.parseInt(holds.replaceAll(".*\\[N, (\\d+)].*", "$1"));
                words.add(rows(word, columns));
            } else {
                words.add(word.endsWith(".npy") ? folder.resolve(word) : word);
            }
        }
        return words;
    }

    private Path row(String name) {
        Path file = folder.resolve(name);
        Npy.write(file, RandomPoints.of(1, 1, 3).readRows(0, 1));
        return file;
    }

    private Path rows(String name, int columns) {
        Path file = folder.resolve(name);
        INDArray array = RandomPoints.of(1, 20, columns).readRows(0, 20);
        Npy.write(file, array);
        return file;
    }

    @Test
    void namesInAShellsQuotes() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 3);
        sd.math().tanh("it's $HOME", x);
        sd.math().exp("e", x);
        Path model = SavedModels.save(sd, folder, "a b.fb");

        assertThat(commands("--model", model))
                .isNotEmpty()
                .allMatch(command -> command.startsWith("curvature ") && command.contains("a b.fb'"));
        assertThat(commands("--model", model, "--output", "it's $HOME"))
                .anyMatch(command -> command.contains("--output 'it'\\''s $HOME'"));
    }

    @Test
    void asksForParametersWhereThereIsNothingElse() {
        Path model = SavedModels.save(SavedModels.rosenbrock(1, 2), folder, "r.fb");

        assertThat(commands("--model", model)).containsExactly("curvature spectrum --model " + model + " --wrt params");
        assertThat(Run.of("spectrum", "--model", model, "--wrt", "params").code())
                .isZero();
    }

    @Test
    void asksNoCurvatureOfWhatHasNone() {
        assertThat(commands("--model", "mlp:3-2-1:relu"))
                .noneMatch(
                        command -> command.startsWith("curvature hessian") || command.startsWith("curvature spectrum"))
                .anyMatch(command -> command.startsWith("curvature sensitivity"));
    }

    @Test
    void takesTheDigitsWhereTheyFit() {
        assertThat(commands("--model", "mlp:64-5-10"))
                .contains("curvature lanczos --model mlp:64-5-10 --loss cross-entropy --data digits");
    }

    private static List<String> commands(Object... options) {
        Object[] words = Stream.concat(Stream.of("inspect", "--json"), Stream.of(options))
                .toArray();
        return Run.of(words).json().getAsJsonArray("commands").asList().stream()
                .map(command -> command.getAsJsonObject().get("command").getAsString())
                .toList();
    }
}
