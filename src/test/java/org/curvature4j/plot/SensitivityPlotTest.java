package org.curvature4j.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SensitivityPlotTest {
    @Test
    void drawsABarForEachInput() {
        Drawing drawing =
                Drawing.of(SensitivityPlot.of(List.of("weights[3]", "bias", "x"), new double[] {4, 2, 0}, "y"));
        assertThat(drawing.at(0, 3.9, 0)).isEqualTo(Theme.POSITIVE);
        assertThat(drawing.at(0, 1.9, 1)).isEqualTo(Theme.POSITIVE);
        assertThat(drawing.at(0, 2.2, 1.2)).isNotEqualTo(Theme.POSITIVE);
        assertThat(drawing.at(0, 0.3, 2)).isNotEqualTo(Theme.POSITIVE);
        assertThat(drawing.figure().title()).isEqualTo("Sensitivity to inputs");
    }

    @Test
    void tellsHowManyAreLeftOut() {
        List<String> names =
                IntStream.range(0, 100).mapToObj(i -> "x[" + i + "]").toList();
        double[] norms = IntStream.range(0, 100).mapToDouble(i -> 1.0 / (i + 1)).toArray();
        assertThat(SensitivityPlot.of(names, norms, "net").subtitle()).isEqualTo("net; the first 30 of 100");
    }

    @Test
    void refusals() {
        assertThatThrownBy(() -> SensitivityPlot.of(List.of("a"), new double[] {1, 2}, ""))
                .hasMessage("names: expected one for each of 2 norms, got 1");
        assertThatThrownBy(() -> SensitivityPlot.of(List.of("a"), new double[] {-1}, ""))
                .hasMessageContaining("at least 0");
        assertThatThrownBy(() -> SensitivityPlot.of(List.of(), new double[0], ""))
                .hasMessageContaining("at least one");
    }
}
