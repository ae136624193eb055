package org.curvature4j.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.curvature4j.io.DataFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HtmlReportTest {
    private static final String HOSTILE = "</script><img src=x onerror=\"alert('1')\"><!--";

    private static final Pattern SCRIPT = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL);

    private record Row(String name, int size) {}

    @TempDir
    private Path folder;

    private static List<String> figures() {
        return Samples.figures().keySet().stream().sorted().toList();
    }

    private static Figure figure(double... eigenvalues) {
        return SpectrumPlot.of(eigenvalues, 0);
    }

    /** The JSON of a script element that holds data. */
    private static String data(String html, String id) {
        String start = "<script type=\"application/json\" id=\"" + id + "\">";
        int from = html.indexOf(start) + start.length();
        return html.substring(from, html.indexOf("</script>", from));
    }

    private static JsonObject chart(HtmlReport report) {
        return JsonParser.parseString(data(report.html(), "charts"))
                .getAsJsonArray()
                .get(0)
                .getAsJsonObject();
    }

    private static JsonArray marks(JsonObject chart) {
        return chart.getAsJsonArray("rows")
                .get(0)
                .getAsJsonArray()
                .get(0)
                .getAsJsonObject()
                .getAsJsonArray("marks");
    }

    @Test
    void noTextBecomesMarkup() {
        String html = HtmlReport.titled(HOSTILE)
                .text(HOSTILE, HOSTILE)
                .figure(SpectrumPlot.of(new double[] {1}, 0, HOSTILE, HOSTILE, Scale.LINEAR))
                .results(Map.of(HOSTILE, List.of(Map.of(HOSTILE, HOSTILE)), "plain", HOSTILE))
                .origin(HOSTILE, HOSTILE)
                .html();

        assertThat(SCRIPT.matcher(html).replaceAll("")).doesNotContain("<img", "<!--");
        assertThat(html.split("</script>", -1)).hasSize(html.split("<script", -1).length);
        JsonObject results = JsonParser.parseString(data(html, "results")).getAsJsonObject();
        assertThat(results.get("plain").getAsString()).isEqualTo(HOSTILE);
        assertThat(results.has(HOSTILE)).isTrue();
        assertThat(JsonParser.parseString(data(html, "charts"))
                        .getAsJsonArray()
                        .get(0)
                        .getAsJsonObject()
                        .get("title")
                        .getAsString())
                .isEqualTo(HOSTILE);
    }

    @Test
    void mayRunItsOwnScriptsAndFetchNothing() throws GeneralSecurityException {
        String html = HtmlReport.titled("t").figure(figure(1, 2)).html();
        String policy = html.replaceAll("(?s).*Content-Security-Policy\" content=\"([^\"]*)\".*", "$1");

        assertThat(policy).startsWith("default-src 'none'; style-src 'sha256-").doesNotContain("unsafe", "http", "*");
        List<String> scripts =
                SCRIPT.matcher(html).results().map(match -> match.group(1)).toList();
        assertThat(scripts).hasSize(2);
        for (String script : scripts) {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            assertThat(policy).contains("'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
        }
        String own = html.replace(scripts.get(0), "");
        assertThat(own)
                .doesNotContainPattern("\\b(src|href|action)\\s*=|url\\(|@import|fetch\\(|XMLHttpRequest|WebSocket");
        assertThat(Pattern.compile("https?://\\S+")
                        .matcher(own)
                        .results()
                        .map(MatchResult::group)
                        .filter(address -> !address.startsWith("http://www.w3.org/2000/svg")))
                .isEmpty();
    }

    @Test
    void needsTheLibraryOnlyForFigures() {
        String bare =
                HtmlReport.titled("t").text("a", "b").results(Map.of("x", 1)).html();

        assertThat(bare.length()).isLessThan(60_000);
        assertThat(HtmlReport.titled("t").figure(figure(1)).html()).contains("Apache Software Foundation");
    }

    @Test
    void isTheSameForTheSameParts() {
        HtmlReport report =
                HtmlReport.titled("t").figure(figure(1, 2)).origin("a", "b").results(Map.of("x", 1.5));

        assertThat(report.html()).isEqualTo(report.html());
    }

    @Test
    void showsWhatIsNoNumber() {
        String html = HtmlReport.titled("t")
                .results(Map.of(
                        "values", new double[] {Double.NaN, Double.POSITIVE_INFINITY, 1, Double.NEGATIVE_INFINITY}))
                .html();

        assertThat(html)
                .contains("<td class=\"number\">NaN</td>", "<td class=\"number\">Infinity</td>")
                .contains("<td class=\"number\">-Infinity</td>");
    }

    @Test
    void tablesAreMadeOfWhateverTheResultsHold() {
        String html = HtmlReport.titled("t")
                .results(new TreeMap<>(Map.of(
                        "a", new double[] {1, 2, 3},
                        "b", new double[] {4, 5, 6},
                        "rows", List.of(new Row("W", 3), new Row("b", 1)),
                        "matrix", new double[][] {{1, 2}, {3, 4}},
                        "nested", Map.of("value", 0.5))))
                .html();

        assertThat(html)
                .contains("<td class=\"number\">0</td><td class=\"number\">1.0</td><td class=\"number\">4.0</td>")
                .contains("<td>W</td><td class=\"number\">3</td>")
                .contains("<td class=\"number\">1</td><td class=\"number\">3.0</td><td class=\"number\">4.0</td>")
                .contains("<td>nested.value</td><td class=\"number\">0.5</td>");
    }

    @Test
    void wordsInAListAreTextAndNoTable() {
        String html = HtmlReport.titled("t")
                .results(new TreeMap<>(Map.of(
                        "many", List.of("a", "b", "c", "d", "e"),
                        "two", List.of("f", "g"),
                        "rows", List.of(Map.of("name", "n", "words", List.of("h", "i", "j", "k", "l"))))))
                .html();

        assertThat(html)
                .contains("<td>many</td><td>a, b, c, d, e</td>", "<td>two</td><td>f, g</td>", "<td>h, i, j, k, l</td>")
                .doesNotContain(">many</th>", "two[0]", "rows[0].words");
    }

    /** Names of rows stand beside their numbers. */
    @Test
    void wordsOfNumbersStandBesideThem() {
        String html = HtmlReport.titled("t")
                .results(new TreeMap<>(Map.of("names", List.of("a", "b", "c"), "numbers", new double[] {1, 2, 3})))
                .html();

        assertThat(html).contains("<td>b</td><td class=\"number\">2.0</td>");
    }

    @Test
    void takesWhatIsNestedDeeplyAndWhatIsNothing() {
        Object deep = 7;
        for (int i = 0; i < 200; i++) {
            deep = Map.of("a", deep);
        }
        String html = HtmlReport.titled("t")
                .results(Map.of("deep", deep, "holes", Arrays.asList(1, null, "x"), "none", List.of()))
                .html();

        assertThat(html)
                .contains(".a.a</td><td class=\"number\">7</td>", "<td>none</td><td>none</td>", "<td>null</td>");
    }

    @Test
    void longTablesSayThatTheyAreCut() {
        String html =
                HtmlReport.titled("t").results(Map.of("x", new double[501])).html();

        assertThat(html).contains("the first 500 of 501 rows; the JSON has all");
    }

    @ParameterizedTest
    @MethodSource("figures")
    void everyFigureBecomesAChartWithMarks(String name) {
        JsonObject chart =
                chart(HtmlReport.titled(name).figure(Samples.figures().get(name)));

        chart.getAsJsonArray("rows").forEach(row -> row.getAsJsonArray()
                .forEach(panel -> assertThat(panel.getAsJsonObject().getAsJsonArray("marks"))
                        .isNotEmpty()));
    }

    @Test
    void marksHoldTheNumbersThemselves() {
        double[] values = {-2, 0.1 + 0.2, 1e-300};
        JsonArray marks = marks(chart(HtmlReport.titled("t").figure(figure(values))));

        double[] found = marks.asList().stream()
                .map(mark -> mark.getAsJsonObject())
                .filter(mark -> mark.get("kind").getAsString().equals("points"))
                .flatMapToDouble(
                        mark -> mark.getAsJsonArray("y").asList().stream().mapToDouble(y -> y.getAsDouble()))
                .toArray();
        assertThat(found).containsExactlyInAnyOrder(values);
    }

    @Test
    void thinnedCurvesKeepTheirPeaksAndAreToldOf() {
        double[] places = Samples.evenly(0, 1, 50_000);
        double[] density = new double[places.length];
        Arrays.fill(density, 1);
        density[31_237] = 7;
        JsonObject chart =
                chart(HtmlReport.titled("t").figure(DensityPlot.of(places, density, new double[0], "", "t", "")));

        JsonArray shown = marks(chart).get(0).getAsJsonObject().getAsJsonArray("y");
        assertThat(shown.size()).isLessThanOrEqualTo(5 * Thinning.MOST_POINTS / 4);
        assertThat(shown.asList().stream().mapToDouble(y -> y.getAsDouble()).max())
                .hasValue(7);
        assertThat(chart.getAsJsonArray("notes").get(0).getAsString()).startsWith("50,000 points are thinned to ");
    }

    @Test
    void thinnedMapsAreToldOf() {
        JsonObject chart = chart(HtmlReport.titled("t").figure(SaddleMapPlot.of(Samples.monkeySaddle(601), "f")));

        assertThat(marks(chart).get(0).getAsJsonObject().getAsJsonArray("values"))
                .hasSize(201 * 201);
        assertThat(chart.getAsJsonArray("notes").get(0).getAsString())
                .isEqualTo("601 by 601 cells are thinned to 201 by 201: one of each 3 by 3 is kept, as it is");
    }

    @Test
    void manyCellsTakeFewBytesAndKeepSevenDigits() {
        EigenvalueGrid grid = Samples.monkeySaddle(201);
        HtmlReport report = HtmlReport.titled("t").figure(SaddleMapPlot.of(grid, "f"));
        JsonObject sizes = chart(report)
                .getAsJsonArray("rows")
                .get(0)
                .getAsJsonArray()
                .get(1)
                .getAsJsonObject()
                .getAsJsonArray("marks")
                .get(0)
                .getAsJsonObject();

        ByteBuffer floats = ByteBuffer.wrap(
                        Base64.getDecoder().decode(sizes.get("float32").getAsString()))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 201 * 201; i++) {
            double exact = grid.magnitude(i % 201, i / 201);
            assertThat(floats.getFloat(4 * i)).isCloseTo((float) exact, within((float) (1e-7 * exact)));
        }
        assertThat(data(report.html(), "charts").length()).isLessThan(400_000);
    }

    @Test
    void appearsCompleteOrNotAtAll() {
        Path file = folder.resolve("page.html");
        HtmlReport report = HtmlReport.titled("t").text("a", "b");
        report.save(file);

        assertThat(file).hasContent(report.html());
        Path missing = folder.resolve("none").resolve("page.html");
        assertThatThrownBy(() -> report.save(missing)).isInstanceOf(DataFileException.class);
        assertThat(Files.exists(missing)).isFalse();
    }
}
