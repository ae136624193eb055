package org.curvature4j.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LeadingPlotTest {
    private static final LeadingEigenvalues ONE =
            new LeadingEigenvalues("one", new double[] {2, 1, 0.05}, new double[] {1.5, 0.5, 0.02});
    private static final LeadingEigenvalues OTHER =
            new LeadingEigenvalues("other", new double[] {20, 1, 0.5}, new double[] {10, 0.2, 0.1});

    @Test
    void drawsBothMatricesOnOneLogarithmicAxis() {
        Drawing drawing = Drawing.of(LeadingPlot.of(List.of(ONE, OTHER), "H", "G", 2, "two", "Title", "caption"));
        List<LeadingEigenvalues> panels = List.of(ONE, OTHER);
        for (int panel = 0; panel < 2; panel++) {
            for (int k = 0; k < 3; k++) {
                assertThat(drawing.at(panel, k + 1, panels.get(panel).first()[k]))
                        .isEqualTo(Theme.POSITIVE);
                assertThat(drawing.at(panel, k + 1, panels.get(panel).second()[k]))
                        .isEqualTo(Theme.NEGATIVE);
            }
            PlotArea area = drawing.areas().get(panel);
            assertThat(area.vertical()).isEqualTo(drawing.areas().get(0).vertical());
            assertThat(area.y(0.1) - area.y(1)).isCloseTo(area.y(1) - area.y(10), within(1e-6));
        }
        assertThat(drawing.count(Theme.QUIET_INK, drawing.areas().get(0).bounds()))
                .isGreaterThan(100);
        assertThat(drawing.figure().title()).isEqualTo("Title");
    }

    @Test
    void drawsNoLineUnlessAskedTo() {
        Drawing drawing = Drawing.of(LeadingPlot.of(List.of(ONE), "H", "G", 0, "", "Title", ""));
        assertThat(drawing.count(Theme.QUIET_INK, drawing.areas().get(0).bounds()))
                .isZero();
    }

    @Test
    void refusesWhatHasNoPlaceOnTheAxis() {
        double[] one = {1};
        assertThatThrownBy(() -> new LeadingEigenvalues("p", new double[] {0}, one))
                .hasMessage("p, first: expected positive numbers for a logarithmic axis, got 0.0");
        assertThatThrownBy(() -> new LeadingEigenvalues("p", one, new double[] {Double.NaN}))
                .hasMessageStartingWith("p, second: expected finite numbers");
        assertThatThrownBy(() -> new LeadingEigenvalues("p", one, new double[] {2, 1}))
                .hasMessage("p: expected as many eigenvalues of both matrices, got 1 and 2");
        assertThatThrownBy(() -> LeadingPlot.of(List.of(), "", "", 0, "", "", ""))
                .hasMessageStartingWith("panels: expected 1 to 3, got 0");
    }
}
