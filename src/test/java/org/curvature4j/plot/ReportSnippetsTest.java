package org.curvature4j.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.curvature4j.spectrum.Spectrum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;

/** The code that docs/reports.md shows, run. */
class ReportSnippetsTest {
    @TempDir
    private Path folder;

    @Test
    void pageOfResults() {
        Spectrum spectrum = Spectrum.of(Nd4j.createFromArray(new double[][] {{2, 1}, {1, -3}}));
        // snippet: page-of-results
        Figure figure = SpectrumPlot.of(spectrum.eigenvalues(), spectrum.tolerance());
        HtmlReport.titled("Two-two-one at its start")
                .text("meaning", spectrum.report())
                .figure(figure)
                .results(Map.of("eigenvalues", spectrum.eigenvalues()))
                .origin("points", "standard normal, seed 7")
                .save(folder.resolve("spectrum.html")); // or html(), as a string
        // end
        assertThat(folder.resolve("spectrum.html"))
                .content()
                .contains("Two-two-one at its start", "eigenvalues", "seed 7");
    }
}
