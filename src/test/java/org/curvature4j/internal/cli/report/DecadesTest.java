package org.curvature4j.internal.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.curvature4j.spectrum.EigenvalueHistogram;
import org.junit.jupiter.api.Test;

class DecadesTest {
    private static String lines(double... values) {
        EigenvalueHistogram histogram = new EigenvalueHistogram();
        for (double value : values) {
            histogram.add(value);
        }
        return Decades.of(histogram).replaceAll(" +", " ");
    }

    @Test
    void countsByPowersOfTenWithTheirSign() {
        assertThat(lines(-3, -2, 0, 1e-12, 0.05, 5, 6, 7, 8).lines())
                .containsExactly(
                        "-1e1 to -1e0 2 " + "#".repeat(20),
                        "below 1e-5 2 " + "#".repeat(20),
                        "1e-2 to 1e-1 1 " + "#".repeat(10),
                        "1e0 to 1e1 4 " + "#".repeat(40));
    }

    @Test
    void takesExtremes() {
        assertThat(lines(0, -0.0)).isEqualTo("all zero");
        assertThat(lines(Double.MAX_VALUE)).startsWith("1e308 to 1e309 1 #");
        assertThat(lines(Double.MIN_VALUE)).contains(" 1 #");
    }
}
