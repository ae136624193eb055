package org.curvature4j.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpectrumPlotTest {

    private static final double[] MIXED = {-2, -0.5, -1e-13, 0, 1e-13, 0.7, 3};

    @Test
    void hasTheTutorialsTitles() {
        Drawing drawing = Drawing.of(SpectrumPlot.of(MIXED, 1e-9));
        assertThat(drawing.figure().title()).isEqualTo("Hessian eigenvalues (spectrum)");
        assertThat(drawing.areas().get(0).horizontal().title()).isEqualTo("direction");
        assertThat(drawing.areas().get(0).vertical().title()).isEqualTo("curvature");
    }

    @Test
    void drawsAStemFromZeroToEachEigenvalueInTheColourOfItsSign() {
        Drawing drawing = Drawing.of(SpectrumPlot.of(MIXED, 1e-9));
        for (int i = 0; i < MIXED.length; i++) {
            if (Math.abs(MIXED[i]) <= 1e-9) {
                assertThat(drawing.at(0, i + 1, 0)).isEqualTo(Theme.NEAR_ZERO);
                assertThat(drawing.at(0, i + 1, 0.4)).isEqualTo(Theme.GRID);
                continue;
            }
            var color = MIXED[i] > 0 ? Theme.POSITIVE : Theme.NEGATIVE;
            for (double share : new double[] {0.1, 0.5, 0.9, 1}) {
                assertThat(drawing.at(0, i + 1, share * MIXED[i])).isEqualTo(color);
            }
            assertThat(drawing.at(0, i + 1, -0.2 * MIXED[i])).isEqualTo(Theme.GRID);
        }
        assertThat(drawing.at(0, 1.5, 0)).isEqualTo(Theme.FRAME);
    }

    @Test
    void explainsItsColoursInALegend() {
        Drawing drawing = Drawing.of(SpectrumPlot.of(MIXED, 1e-9));
        assertThat(drawing.inHeader(Theme.POSITIVE)).isGreaterThan(50);
        assertThat(drawing.inHeader(Theme.NEGATIVE)).isGreaterThan(50);
        assertThat(drawing.inHeader(Theme.NEAR_ZERO)).isGreaterThan(50);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 60, 61, 1000, 3000})
    void drawsAnyNumberOfEigenvalues(int count) {
        double[] values = new double[count];
        Arrays.setAll(values, i -> i % 2 == 0 ? 1 : -2);
        Drawing drawing = Drawing.of(SpectrumPlot.of(values, 0));
        assertThat(drawing.at(0, 1, 1)).isEqualTo(Theme.POSITIVE);
        assertThat(drawing.at(0, count, values[count - 1])).isEqualTo(count % 2 == 1 ? Theme.POSITIVE : Theme.NEGATIVE);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-150, 1e-15, 1, 1e15, 1e150})
    void drawsTheSamePictureAtEveryScale(double scale) {
        Drawing drawing = Drawing.of(SpectrumPlot.of(new double[] {-2 * scale, scale}, 0));
        assertThat(drawing.at(0, 1, -scale)).isEqualTo(Theme.NEGATIVE);
        assertThat(drawing.at(0, 2, scale / 2)).isEqualTo(Theme.POSITIVE);
        assertThat(drawing.areas().get(0).vertical().ticks())
                .extracting(Axis.Tick::label)
                .contains("-2", "-1.5", "1")
                .allSatisfy(label -> assertThat(label).hasSizeLessThan(6));
    }

    @Test
    void turnsLogarithmicWhereMostStemsWouldBeTooShort() {
        double[] wide = {-1e4, -1e-3, 1e-4, 1e-2, 0.1, 1e5};
        assertThat(verticalTitle(SpectrumPlot.of(wide, 0))).contains("logarithmic, linear within");
        assertThat(verticalTitle(SpectrumPlot.of(wide, 0, "", Scale.LINEAR))).doesNotContain("logarithmic");
        assertThat(verticalTitle(SpectrumPlot.of(MIXED, 1e-9, "", Scale.SYMMETRIC_LOG)))
                .contains("logarithmic");
        Drawing drawing = Drawing.of(SpectrumPlot.of(wide, 0));
        assertThat(drawing.at(0, 3, 0.5e-4)).isEqualTo(Theme.POSITIVE);
    }

    @Test
    void staysLinearForManyZerosBesideAFewEigenvalues() {
        double[] flat = {-1, -1e-17, 0, 1e-17, 1e-18, 2};
        assertThat(verticalTitle(SpectrumPlot.of(flat, 1e-12))).isEqualTo("curvature");
    }

    @Test
    void refusesWhatCannotBeDrawn() {
        assertThatThrownBy(() -> SpectrumPlot.of(new double[0], 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("eigenvalues: expected at least one number, got none");
        assertThatThrownBy(() -> SpectrumPlot.of(new double[] {1, Double.NaN}, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got NaN at index 1");
        assertThatThrownBy(() -> SpectrumPlot.of(new double[] {1, 1e301}, 0)).hasMessageContaining("1.0E301");
        assertThatThrownBy(() -> SpectrumPlot.of(MIXED, -1)).hasMessageContaining("tolerance: expected");
        assertThatThrownBy(() -> SpectrumPlot.of(MIXED, Double.NaN)).hasMessageContaining("got NaN");
    }

    private static String verticalTitle(Figure figure) {
        return Drawing.of(figure).areas().get(0).vertical().title();
    }
}
