package org.curvature4j.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.junit.jupiter.api.Test;

/**
 * The cells of the tutorial, run in order, give what it shows. Text is the same but for numbers' rounding; pictures are there,
 * of the same size. Cells for the kernel itself, which load libraries, aren't run: that they name what the build is tested
 * with is checked.
 */
class TutorialNotebookTest {
    private static final Path FILE = Path.of("examples/tutorial.ipynb");
    private static final String HOW = "examples/tutorial.ipynb: write it anew with"
            + " ./mvnw test -Dtest=TutorialNotebookTest -Dtest.jvm.extra=-Ddocs.write=true";
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");
    /** Numbers are printed to four digits and more; what is near zero is rounding. */
    private static final double RELATIVE = 2e-4;

    private static final double NEAR_ZERO = 1e-8;

    @Test
    void cellsGiveWhatTheNotebookShows() throws Exception {
        Notebook notebook = Notebook.read(FILE);
        boolean write = Boolean.getBoolean("docs.write");
        try (CellKernel kernel = CellKernel.started()) {
            int count = 0;
            for (JsonObject cell : notebook.cells()) {
                if (!Notebook.isCode(cell)) {
                    continue;
                }
                JsonArray outputs = Notebook.isMagic(cell) ? new JsonArray() : run(kernel, cell, ++count);
                if (write) {
                    Notebook.set(cell, Notebook.isMagic(cell) ? 0 : count, outputs);
                } else {
                    requireSame(cell, outputs);
                }
            }
            assertThat(count).isGreaterThan(10);
        }
        if (write) {
            notebook.write();
        }
    }

    private static JsonArray run(CellKernel kernel, JsonObject cell, int count) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = System.out;
        DisplayData given;
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            given = kernel.eval(Notebook.source(cell));
        } finally {
            System.setOut(out);
        }
        return Notebook.outputs(count, printed.toString(StandardCharsets.UTF_8), given);
    }

    private static void requireSame(JsonObject cell, JsonArray outputs) throws IOException {
        List<String> shown = texts(cell.getAsJsonArray("outputs"));
        List<String> given = texts(outputs);
        assertThat(skeleton(given)).as(HOW).isEqualTo(skeleton(shown));
        List<Double> shownNumbers = numbers(shown);
        List<Double> givenNumbers = numbers(given);
        for (int i = 0; i < givenNumbers.size(); i++) {
            double expected = shownNumbers.get(i);
            double got = givenNumbers.get(i);
            assertThat(Math.abs(got - expected))
                    .as("%s: %s in place of %s, of%n%s", HOW, got, expected, Notebook.source(cell))
                    .isLessThanOrEqualTo(NEAR_ZERO + RELATIVE * Math.max(Math.abs(expected), Math.abs(got)));
        }
    }

    /** All that outputs say, in order; of a picture its size. */
    private static List<String> texts(JsonArray outputs) throws IOException {
        List<String> texts = new ArrayList<>();
        for (JsonElement each : outputs) {
            JsonObject output = each.getAsJsonObject();
            if (output.has("text")) {
                texts.add(Notebook.text(output.get("text")));
                continue;
            }
            JsonObject data = output.getAsJsonObject("data");
            for (String format : data.keySet()) {
                String value = Notebook.text(data.get(format));
                texts.add(format + ": " + (format.equals(MimeBundle.PNG) ? size(value) : value));
            }
        }
        return texts;
    }

    private static String size(String base64) throws IOException {
        BufferedImage picture =
                ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
        return picture.getWidth() + " by " + picture.getHeight();
    }

    private static List<String> skeleton(List<String> texts) {
        return texts.stream().map(text -> NUMBER.matcher(text).replaceAll("#")).toList();
    }

    private static List<Double> numbers(List<String> texts) {
        return texts.stream()
                .flatMap(text -> NUMBER.matcher(text).results())
                .map(number -> Double.valueOf(number.group()))
                .toList();
    }

    @Test
    void isANotebookOfFormatFourFive() throws IOException {
        Notebook notebook = Notebook.read(FILE);

        assertThat(notebook.content().get("nbformat").getAsInt()).isEqualTo(4);
        assertThat(notebook.content().get("nbformat_minor").getAsInt()).isEqualTo(5);
        assertThat(notebook.content().getAsJsonObject("metadata").has("kernelspec"))
                .isTrue();
        assertThat(notebook.cells().stream().map(cell -> cell.get("id").getAsString()))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[a-zA-Z0-9_-]{1,64}"));
        assertThat(notebook.cells()).allSatisfy(cell -> {
            assertThat(cell.has("metadata")).isTrue();
            assertThat(cell.keySet().containsAll(List.of("outputs", "execution_count")))
                    .isEqualTo(Notebook.isCode(cell));
        });
        assertThat(Files.size(FILE)).as("bytes").isLessThan(300_000);
    }

    /** In this order, as the first of two on the class path counts: ND4J's library names an older OpenBLAS. */
    @Test
    void loadsWhatProjectsDependOn() throws IOException {
        List<String> loaded = Notebook.read(FILE).cells().stream()
                .filter(cell -> Notebook.isCode(cell) && Notebook.isMagic(cell))
                .flatMap(cell -> Notebook.source(cell).lines())
                .toList();
        String install = Files.readString(Path.of("docs/install.md")).replace("\r\n", "\n");

        assertThat(loaded).hasSize(5).allMatch(line -> line.startsWith("%maven "));
        for (String line : loaded.subList(0, 4)) {
            Matcher part =
                    Pattern.compile("%maven (.*?):(.*?)(?::jar:(.*))?:(.*?)").matcher(line);
            assertThat(part.matches()).as(line).isTrue();
            assertThat(install)
                    .contains("<groupId>" + part.group(1) + "</groupId>\n  <artifactId>" + part.group(2)
                            + "</artifactId>\n  <version>" + part.group(4) + "</version>");
        }
        assertThat(loaded.get(0)).contains("curvature4j");
        assertThat(loaded.get(3)).contains("nd4j-native");
    }
}
