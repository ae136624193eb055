package org.curvature4j.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConvergencePlotTest {
    private static Convergence linear(String name, int iterations) {
        double[] norms = new double[iterations + 1];
        Arrays.setAll(norms, i -> Math.pow(10, 2 - 10.0 * i / iterations));
        return new Convergence(name, norms);
    }

    private static final Convergence QUADRATIC =
            new Convergence("Newton", new double[] {100, 10, 1, 1e-1, 1e-2, 1e-4, 1e-8});

    @Test
    void drawsEachPointOfBothPanels() {
        Drawing drawing = Drawing.of(ConvergencePlot.of(List.of(linear("descent", 1000), QUADRATIC), "t", "c"));

        assertThat(drawing.areas()).hasSize(2);
        assertThat(drawing.at(0, 5, 1e-4)).isEqualTo(Theme.POSITIVE);
        assertThat(drawing.at(0, 6, 1e-8)).isEqualTo(Theme.POSITIVE);
        assertThat(drawing.at(1, 6, 1e-4)).isEqualTo(Theme.POSITIVE);
        assertThat(drawing.at(1, 901, 1e-7)).isEqualTo(Theme.NEAR_ZERO);
        assertThat(drawing.areas().get(0).horizontal().end()).isLessThan(20);
        assertThat(drawing.areas().get(1).vertical())
                .isEqualTo(drawing.areas().get(0).vertical());
    }

    /** A key that shows circles says nothing of a line without any. */
    @Test
    void theKeyShowsMarkersWhereTheFirstPanelDoes() {
        Convergence few = linear("b", 40);
        assertThat(ConvergencePlot.of(List.of(linear("a", 100), few), "t", "")
                        .legend()
                        .entries())
                .extracting(Legend.Entry::look)
                .containsExactly(Legend.Look.LINE, Legend.Look.MARKER);
    }

    @Test
    void onePanelIsEnoughForMethodsOfOneKind() {
        Drawing drawing = Drawing.of(ConvergencePlot.of(List.of(linear("a", 10), QUADRATIC), "t", ""));

        assertThat(drawing.areas()).hasSize(1);
        assertThat(drawing.areas().get(0).horizontal().ticks()).allMatch(tick -> tick.at() == Math.rint(tick.at()));
    }

    @Test
    void aNormOfZeroLiesAtTheLowerEnd() {
        Drawing drawing =
                Drawing.of(ConvergencePlot.of(List.of(new Convergence("a", new double[] {1, 1e-3, 0})), "t", ""));

        assertThat(drawing.areas().get(0).vertical().start()).isLessThan(1e-3).isPositive();
        Drawing.of(ConvergencePlot.of(List.of(new Convergence("a", new double[] {0})), "t", ""));
    }

    @Test
    void refusesWhatIsNoNorm() {
        assertThatThrownBy(() -> new Convergence("a", new double[] {1, Double.NaN}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("convergence of a: expected finite norms");
        assertThatThrownBy(() -> new Convergence("a", new double[0])).hasMessageContaining("at least the start");
        assertThatThrownBy(() -> ConvergencePlot.of(List.of(), "t", "")).hasMessageContaining("expected 1 to 4");
    }
}
