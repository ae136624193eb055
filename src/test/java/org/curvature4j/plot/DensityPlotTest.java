package org.curvature4j.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Rectangle;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DensityPlotTest {
    private static final double[] PLACES = Samples.evenly(-4, 4, 401);
    private static final double[] NORMAL =
            Arrays.stream(PLACES).map(x -> Math.exp(-x * x / 2)).toArray();
    private static final double[] NONE = {};

    @Test
    void drawsTheDensityOnALogarithmicAxis() {
        Drawing drawing = Drawing.of(DensityPlot.of(PLACES, NORMAL, NONE, "", "Title", "caption"));
        for (double x : new double[] {-3.5, -2, -0.1, 1, 3}) {
            assertThat(drawing.at(0, x, Math.exp(-x * x / 2))).isEqualTo(Theme.POSITIVE);
        }
        PlotArea area = drawing.areas().get(0);
        assertThat(area.y(1e-3) - area.y(1e-2)).isCloseTo(area.y(1e-2) - area.y(1e-1), within(1e-6));
        assertThat(area.vertical().ticks()).extracting(Axis.Tick::label).contains("10⁻³", "10⁰");
        assertThat(drawing.figure().title()).isEqualTo("Title");
    }

    @Test
    void marksEigenvaluesAlongTheBottom() {
        Drawing drawing = Drawing.of(
                DensityPlot.of(PLACES, NORMAL, new double[] {-1, 0.5, 6}, "eigenvalues", DensityPlot.TITLE, ""));
        PlotArea area = drawing.areas().get(0);
        for (double value : new double[] {-1, 0.5, 6}) {
            assertThat(drawing.pixel(area.x(value), area.bounds().getMaxY() - 8))
                    .isEqualTo(Theme.NEGATIVE);
        }
        Rectangle between = new Rectangle(
                (int) area.x(-0.8), (int) area.bounds().getMaxY() - 20, (int) (area.x(0.3) - area.x(-0.8)), 20);
        assertThat(drawing.count(Theme.NEGATIVE, between)).isZero();
        assertThat(drawing.inHeader(Theme.NEGATIVE)).isGreaterThan(20);
    }

    @Test
    void liesOnTheBottomWhereThereIsNothing() {
        double[] density = {0, 1e-300, 1e-3, 1, 0, 0, 0.5, 0};
        Drawing drawing = Drawing.of(DensityPlot.of(Samples.evenly(0, 7, 8), density, NONE, "", DensityPlot.TITLE, ""));
        PlotArea area = drawing.areas().get(0);
        assertThat(area.vertical().start()).isEqualTo(1e-3);
        assertThat(drawing.pixel(area.x(4.5), area.bounds().getMaxY() - 1)).isEqualTo(Theme.POSITIVE);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-150, 1e-12, 1e12, 1e150})
    void drawsSpectraOfAnySize(double scale) {
        double[] places = Arrays.stream(PLACES).map(x -> x * scale).toArray();
        double[] density = Arrays.stream(NORMAL).map(y -> y / scale).toArray();
        Drawing drawing = Drawing.of(DensityPlot.of(places, density, NONE, "", DensityPlot.TITLE, ""));
        assertThat(drawing.at(0, scale, Math.exp(-0.5) / scale)).isEqualTo(Theme.POSITIVE);
        assertThat(drawing.areas().get(0).vertical().ticks()).hasSizeBetween(3, 12);
    }

    @Test
    void refusesWhatIsNoDensity() {
        double[] two = {0, 1};
        assertThatThrownBy(() -> DensityPlot.of(two, new double[] {1}, NONE, "", "", ""))
                .hasMessage("density: expected 2 numbers, one for each place, got 1");
        assertThatThrownBy(() -> DensityPlot.of(two, new double[] {1, -1}, NONE, "", "", ""))
                .hasMessageContaining("got -1.0");
        assertThatThrownBy(() -> DensityPlot.of(two, new double[] {0, 0}, NONE, "", "", ""))
                .hasMessageContaining("somewhere above, got 0.0");
        assertThatThrownBy(() -> DensityPlot.of(two, two, new double[] {Double.NaN}, "", "", ""))
                .hasMessageContaining("marks: expected finite numbers");
        assertThatThrownBy(() -> DensityPlot.of(new double[] {1, 1}, two, NONE, "", "", ""))
                .hasMessageContaining("places: expected ascending");
    }
}
