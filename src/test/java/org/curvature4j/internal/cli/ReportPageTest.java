package org.curvature4j.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.curvature4j.browser.Browser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page in a browser: that what is on the screen is what was computed, and that it does what it says. */
class ReportPageTest {
    private static final String CHART = "const chart = echarts.getInstanceByDom(document.querySelector('.chart'));";

    @TempDir
    private static Path folder;

    private static JsonObject json = new JsonObject();
    private static Browser browser;

    @BeforeAll
    static void open() throws IOException {
        browser = Browser.open(1280, false);
        Path page = folder.resolve("page.html");
        Run run = Run.of("spectrum", "--model", "two-two-one", "--random", 1, "--seed", 7, "--json", "--report", page);
        assertThat(run.code()).as(run.err()).isZero();
        json = run.json();
        browser.visit(page.toUri());
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    private static double[] eigenvalues() {
        return Browser.numbers(json.getAsJsonObject("matrix").get("eigenvalues"));
    }

    private static double[] column(String table, int column) {
        return Browser.numbers(browser.run(
                "const table = [...document.querySelectorAll('table')]"
                        + ".find(each => each.caption.textContent.startsWith(arguments[0]));"
                        + "return [...table.tBodies[0].rows].map(row => Number(row.cells[arguments[1]].textContent))",
                table,
                column));
    }

    @Test
    void showsTheNumbersOfTheJson() {
        double[] drawn = Browser.numbers(
                browser.run(
                        CHART + "return chart.getOption().series"
                                + ".filter(series => series.type === 'scatter').flatMap(series => series.data.map(point => point[3]))"));

        assertThat(DoubleStream.of(drawn).sorted())
                .containsExactly(Arrays.stream(eigenvalues()).sorted().boxed().toArray(Double[]::new));
        assertThat(DoubleStream.of(column("matrix.eigenvalues", 1)).sorted())
                .containsExactly(Arrays.stream(eigenvalues()).sorted().boxed().toArray(Double[]::new));
        JsonElement text = browser.run("return JSON.parse(document.getElementById('json-text').textContent)");
        assertThat(text).isEqualTo(json);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void sortsATableByTheKeyboard() {
        String head =
                "[...document.querySelectorAll('th button')].find(each => each.textContent === 'matrix.eigenvalues')";
        browser.run(head + ".focus()");
        browser.press(Browser.ENTER, Browser.ENTER);

        assertThat(browser.run("return " + head + ".parentElement.getAttribute('aria-sort')")
                        .getAsString())
                .isEqualTo("descending");
        double[] sorted = column("matrix.eigenvalues", 1);
        assertThat(sorted).hasSize(11).isSortedAccordingTo((a, b) -> Double.compare(b, a));
        browser.press(Browser.ENTER);
        assertThat(column("matrix.eigenvalues", 1)).isSorted();
    }

    @Test
    void switchesASeriesOffAndOn() {
        String key = "document.querySelector('.key button')";
        String shown = CHART + "return Object.values(chart.getOption().legend[0].selected)[0]";
        browser.run(key + ".focus()");

        browser.press(Browser.SPACE);
        assertThat(browser.run("return " + key + ".getAttribute('aria-pressed')")
                        .getAsString())
                .isEqualTo("false");
        assertThat(browser.run(shown).getAsBoolean()).isFalse();
        browser.press(Browser.SPACE);
        assertThat(browser.run(shown).getAsBoolean()).isTrue();
    }

    @Test
    void zoomsByItsButtonsAndBack() {
        String extent = CHART + "return chart.getModel().getComponent('yAxis', 0).axis.scale.getExtent()";
        double[] all = Browser.numbers(browser.run(extent));

        browser.run("document.querySelector('[aria-label=\"Zoom in\"]').click()");
        double[] part = Browser.numbers(browser.run(extent));
        assertThat(part[1] - part[0]).isLessThan(0.7 * (all[1] - all[0]));
        browser.run("document.querySelector('[aria-label=\"Show all\"]').click()");
        assertThat(Browser.numbers(browser.run(extent))).containsExactly(all);
    }

    @Test
    void nothingCanBeFetched() {
        JsonElement refused = browser.run(
                "return new Promise(done => {"
                        + "document.addEventListener('securitypolicyviolation', event => done(event.violatedDirective));"
                        + "const image = new Image(); image.src = 'https://localhost/x.png'; setTimeout(() => done('none'), 3000); })");

        assertThat(refused.getAsString()).isEqualTo("img-src");
        browser.complaints();
    }
}
