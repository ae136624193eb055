package org.curvature4j.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.curvature4j.internal.io.Fingerprint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class ReportOptionTest {
    /** They print what isn't a result: help, and text for shells and for man. */
    private static final Set<String> WITHOUT_RESULTS =
            Set.of("help", "jshell", "generate-completion", "generate-share");

    @TempDir
    private Path folder;

    private static Stream<CommandSpec> commands() {
        return RootCommand.line(List.of()).getSubcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(command -> !WITHOUT_RESULTS.contains(command.name()));
    }

    private static JsonObject json(String html) {
        String start = "<script type=\"application/json\" id=\"results\">";
        int from = html.indexOf(start) + start.length();
        return JsonParser.parseString(html.substring(from, html.indexOf("</script>", from)))
                .getAsJsonObject();
    }

    private String page(Object... words) throws IOException {
        Path file = folder.resolve("page.html");
        Run run = Run.of(
                Stream.concat(Stream.of(words), Stream.of("--report", file)).toArray());
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        return Files.readString(file);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandWithResultsHasIt(CommandSpec command) {
        assertThat(command.findOption("--report")).as(command.name()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hessian --model two-two-one --random 2",
                "jacobian --model tanh --random 3",
                "spectrum --model two-two-one --random 1 --seed 7",
                "spectrum --model two-two-one --random 50",
                "saddle --grid 21",
                "slice --model two-two-one --random 1",
                "newton --function rosenbrock --start -1.2,1 --method newton",
                "sensitivity --model two-two-one --random 5",
                "trace --model examples/net.onnx --loss squared-error --data examples/X.npy --targets examples/Y.npy",
                "lanczos --model examples/net.onnx --loss squared-error --data examples/X.npy --targets examples/Y.npy --count 2",
                "density --model examples/net.onnx --loss squared-error --data examples/X.npy --targets examples/Y.npy",
                "landscape --model examples/net.onnx --loss squared-error --data examples/X.npy --targets examples/Y.npy --grid 5",
                "train --widths 64-4-10 --epochs 1 --rows 60 --out target/report-option.fb",
                "inspect --model two-two-one",
                "models"
            })
    void theJsonInItIsThatOfTheCommand(String line) throws IOException {
        Path file = folder.resolve("page.html");
        Run run = Run.of(Stream.concat(Stream.of(line.split(" ")), Stream.of("--json", "--report", file))
                .toArray());

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(json(Files.readString(file))).isEqualTo(run.json());
        assertThat(run.json().get("report").getAsString()).isEqualTo(file.toString());
    }

    @Test
    void tellsWhatTheTerminalIsToldAndWhereItComesFrom() throws IOException {
        Path points = Files.writeString(folder.resolve("points & more.csv"), "0.5,0.25\n-1,2\n");
        String html = page("hessian", "--model", "rosenbrock", "--points", points, "--seed", 3);

        assertThat(html)
                .contains("<h1>Hessian of &#39;f&#39; by point</h1>", "<dt>model</dt><dd>rosenbrock: ")
                .contains("curvature hessian --model rosenbrock --points &#39;"
                        + points.toString().replace("&", "&amp;"))
                .contains("points &amp; more.csv</dt><dd>" + Fingerprint.of(points))
                .contains(
                        "<dt>seed</dt><dd>3</dd>", "<dt>Curvature4j</dt><dd>", "<dt>ND4J</dt><dd>", "<dt>made at</dt>")
                .contains("<dt>model</dt><dd>rosenbrock sha256:", "<dt>machine</dt><dd>");
    }

    @Test
    void aHostileNameOfAModelStaysText() throws IOException {
        Path model = folder.resolve("<").resolve("script><img src=x onerror=alert(1)>.fb");
        Files.createDirectories(model.getParent());
        Files.copy(Path.of("examples/net.fb"), model);
        String html = page("sensitivity", "--model", model, "--output", "prediction", "--points", "examples/X.npy");

        assertThat(html).contains("&lt;/script&gt;&lt;img src=x").doesNotContain("<img src=x");
        assertThat(json(html).get("model").getAsString()).isEqualTo(model.toString());
    }

    @Test
    void isTheSameApartFromTimes() throws IOException {
        String timed = "\"seconds\": [^,}]*|<dd>[^<]* m?s</dd>|seconds</td><td[^<]*|made at</dt><dd>[^<]*";
        String first =
                page("newton", "--function", "rosenbrock", "--start", "-1.2,1").replaceAll(timed, "");

        assertThat(page("newton", "--function", "rosenbrock", "--start", "-1.2,1")
                        .replaceAll(timed, ""))
                .isEqualTo(first);
    }

    @Test
    void aFigureThatCannotBeDrawnIsToldOf() throws IOException {
        Path points = Files.writeString(folder.resolve("far.csv"), "1e200,1\n");
        assertThat(page("hessian", "--model", "rosenbrock", "--points", points))
                .contains("<dt>no figure</dt>", "Infinity");
    }

    @Test
    void replacesAnOlderPageAndIsRefusedLikeOtherFiles() throws IOException {
        Path file = folder.resolve("page.html");
        Files.writeString(file, "older");
        assertThat(page("models")).startsWith("<!doctype html>");

        Run ending = Run.of("models", "--report", folder.resolve("page.txt"));
        assertThat(ending.code()).isEqualTo(2);
        assertThat(ending.err()).contains("--report", "expected a file name ending in .html, got ");
        Run missing = Run.of("saddle", "--grid", "5", "--report", folder.resolve("no/page.html"));
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.err()).contains("page.html").doesNotContain("\tat ");
        assertThat(folder.resolve("no")).doesNotExist();
    }

    @Test
    void tellsASeedOnlyWhereItDecides() throws IOException {
        Path points = Files.writeString(folder.resolve("at.csv"), "0.5,0.25\n");
        String seed = "<dt>seed</dt>";
        assertThat(page("hessian", "--model", "rosenbrock", "--points", points)).doesNotContain(seed);
        assertThat(page("newton", "--function", "rosenbrock", "--start", "-1.2,1"))
                .doesNotContain(seed);
        assertThat(page("saddle", "--grid", "5")).doesNotContain(seed);
        assertThat(page("inspect", "--model", "two-two-one")).doesNotContain(seed);

        assertThat(page("hessian", "--model", "rosenbrock", "--random", 1)).contains(seed + "<dd>0</dd>");
        assertThat(page("newton", "--function", "rosenbrock")).contains(seed + "<dd>0</dd>");
        assertThat(page("saddle", "--function", "quadratic", "--grid", "5")).contains(seed + "<dd>0</dd>");
        assertThat(page("saddle", "--grid", "5", "--seed", 3)).contains(seed + "<dd>3</dd>");
    }

    /** A page scrolls, and a terminal doesn't. */
    @Test
    void aMatrixIsInOnePiece() throws IOException {
        String html = page("hessian", "--model", "mlp:12-2-1", "--random", 1);

        assertThat(html).containsPattern("x\\[0] .* x\\[11]\\n");
    }

    @Test
    void isEnoughForCommandsThatOnlyDraw() throws IOException {
        assertThat(page("slice", "--model", "two-two-one", "--random", "1")).contains("<figure");
        assertThat(page("saddle", "--grid", "11")).contains("<figure");
    }
}
