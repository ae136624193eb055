package org.curvature4j.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.curvature4j.browser.Browser;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Figures of every kind in a browser, light and wide, dark and narrow. */
class FiguresInBrowserTest {
    private static final double[] STEPS = Samples.evenly(-1, 1, 21);

    @TempDir
    private Path folder;

    private static Figure surface() {
        double[] values = new double[STEPS.length * STEPS.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = STEPS[i % 21] * STEPS[i % 21] + 3 * STEPS[i / 21];
        }
        PlaneField field = new PlaneField("", "loss", STEPS, STEPS, values, false);
        return PlaneFieldPlot.smooth(List.of(field), "across", "up", List.of(), "Surface", "");
    }

    @ParameterizedTest
    @CsvSource({"1280, false", "390, true"})
    void drawsTurnsAndTells(int width, boolean dark) throws IOException {
        HtmlReport report = HtmlReport.titled("All").figure(surface());
        Map<String, Figure> others = Samples.figures();
        others.keySet().stream().sorted().map(others::get).forEach(report::figure);
        Path page = folder.resolve("page.html");
        report.save(page);
        try (Browser browser = Browser.open(width, dark)) {
            browser.visit(page.toUri());

            assertThat(browser.complaints()).isEmpty();
            assertThat(browser.run("return document.querySelectorAll('.chart canvas').length")
                            .getAsInt())
                    .isGreaterThanOrEqualTo(others.size() + 2);
            assertThat(browser.run("return document.documentElement.scrollWidth")
                            .getAsInt())
                    .isLessThanOrEqualTo(browser.run("return innerWidth").getAsInt());
            turns(browser);
            tells(browser);
            assertThat(browser.run("document.querySelectorAll('details').forEach(each => each.open = true);"
                                    + "return new Promise(done => setTimeout(() =>"
                                    + " done(document.querySelectorAll('figure table').length), 500))")
                            .getAsInt())
                    .isGreaterThanOrEqualTo(others.size() + 1);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /** The surface, by the keyboard. */
    private static void turns(Browser browser) {
        String picture = "return document.querySelector('.chart.surface canvas').toDataURL()";
        String before = browser.run(picture).getAsString();
        browser.run("document.querySelector('.chart.surface').focus()");
        browser.press(Browser.ARROW_LEFT, Browser.ARROW_LEFT);
        browser.run("return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");

        assertThat(browser.run(picture).getAsString()).isNotEqualTo(before);
    }

    /** The value of the cell under the pointer: the middle one's, 0. */
    private static void tells(Browser browser) {
        browser.run("scrollTo(0, 0); document.querySelector('.chart').scrollIntoView()");
        double[] middle = Browser.numbers(browser.run("const holder = document.querySelector('.chart');"
                + "const at = echarts.getInstanceByDom(holder).convertToPixel({ gridIndex: 0 }, [0.5, 0]);"
                + "const box = holder.getBoundingClientRect(); return [box.left + at[0], box.top + at[1]]"));
        browser.point(middle[0], middle[1]);
        String told = browser.run("return new Promise(done => setTimeout(() => done(echarts.getInstanceByDom("
                        + "document.querySelector('.chart')).getZr().storage.getDisplayList(true)"
                        + ".map(each => each.style && each.style.text).filter(text => text).join('|')), 300))")
                .getAsString();

        assertThat(told).contains("loss: 0.25").contains("across: 0.5").contains("up: 0");
    }
}
