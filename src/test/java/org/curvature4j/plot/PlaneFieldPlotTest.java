package org.curvature4j.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;

class PlaneFieldPlotTest {
    private static final double[] X = Samples.evenly(-2, 2, 41);
    private static final double[] Y = Samples.evenly(-1, 3, 41);

    private static PlaneField field(DoubleBinaryOperator function, boolean signed) {
        double[] values = new double[X.length * Y.length];
        Arrays.setAll(values, i -> function.applyAsDouble(X[i % X.length], Y[i / X.length]));
        return new PlaneField("field", "quantity", X, Y, values, signed);
    }

    private static Drawing drawing(PlaneField... fields) {
        return Drawing.of(PlaneFieldPlot.of(List.of(fields), List.of(), "title", ""));
    }

    @Test
    void aSignedFieldPartsItsColoursAtZero() {
        Drawing drawing = drawing(field((x, y) -> x + 0.1 * y, true));
        for (double[] place : new double[][] {{2, 3}, {-2, -1}, {0, 0}, {1, -1}, {-1, 3}}) {
            double share = (place[0] + 0.1 * place[1] + 2.3) / 4.6;
            assertThat(drawing.at(0, place[0], place[1])).isEqualTo(new Color(ColorMap.DIVERGING.rgb(share)));
        }
        assertThat(drawing.at(0, 0, 0)).isEqualTo(new Color(0xF7F7F7));
    }

    @Test
    void aFieldOfSizesGoesFromTheSmallestToTheLargestWithYUpwards() {
        Drawing drawing = drawing(field((x, y) -> 10 + y, false), field((x, y) -> -x, false));
        for (double[] place : new double[][] {{2, 3}, {-2, -1}, {0, 0}, {1, -1}, {-1, 3}}) {
            assertThat(drawing.at(0, place[0], place[1]))
                    .isEqualTo(new Color(ColorMap.SEQUENTIAL.rgb((place[1] + 1) / 4)));
            assertThat(drawing.at(1, place[0], place[1]))
                    .isEqualTo(new Color(ColorMap.SEQUENTIAL.rgb((2 - place[0]) / 4)));
        }
    }

    @Test
    void constantFieldsAreDrawn() {
        assertThat(drawing(field((x, y) -> 7, false)).at(0, 1, 1)).isEqualTo(new Color(ColorMap.SEQUENTIAL.rgb(0.5)));
        assertThat(drawing(field((x, y) -> 0, true)).at(0, 1, 1)).isEqualTo(new Color(0xF7F7F7));
    }

    @Test
    void marksLieWhereTheyBelongAndInTheKey() {
        PlaneMark points = new PlaneMark("points", PlaneMark.Style.POINTS, new double[] {-1, 1.5}, new double[] {2, 0});
        PlaneMark line = new PlaneMark("line", PlaneMark.Style.LINE, new double[] {-2, 2}, new double[] {1, 1});
        PlaneMark dashes =
                new PlaneMark("dashes", PlaneMark.Style.DASHED_LINE, new double[] {0.5, 0.5}, new double[] {-1, 3});
        PlaneField white = field((x, y) -> 0, true);
        Drawing bare = drawing(white);
        Drawing drawing = Drawing.of(PlaneFieldPlot.of(List.of(white), List.of(points, line, dashes), "title", ""));

        for (double[] place : new double[][] {{-1, 2}, {1.5, 0}, {-1.7, 1}, {1.1, 1}}) {
            assertThat(drawing.at(0, place[0], place[1])).isEqualTo(Theme.INK);
        }
        assertThat(drawing.at(0, -1, 0)).isEqualTo(new Color(0xF7F7F7));
        PlotArea area = drawing.areas().get(0);
        int dark = 0;
        for (int y = area.bounds().y; y < area.bounds().getMaxY(); y++) {
            dark += drawing.pixel(area.x(0.5), y).equals(Theme.INK) ? 1 : 0;
        }
        assertThat(dark).isBetween(area.bounds().height / 3, area.bounds().height * 4 / 5);
        assertThat(drawing.inHeader(Theme.INK)).isGreaterThan(bare.inHeader(Theme.INK) + 500);
    }

    @Test
    void whatCannotBeDrawnIsRefused() {
        PlaneField field = field((x, y) -> x, true);
        assertThatThrownBy(() -> drawing())
                .hasMessage("fields: expected 1 or 2, got 0 (each is a column)")
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> drawing(field, field, field)).hasMessageContaining("got 3");
        assertThatThrownBy(() -> new PlaneField("f", "q", X, Y, new double[7], true))
                .hasMessage("values: expected one at each of the 41 * 41 points, got 7");
        assertThatThrownBy(() -> field((x, y) -> Double.NaN, true)).hasMessageStartingWith("values: expected finite");
        assertThatThrownBy(() -> new PlaneField("f", "q", new double[] {0, 1, 3}, Y, new double[123], true))
                .hasMessageStartingWith("x: expected even steps");
        assertThatThrownBy(() -> new PlaneMark("m", PlaneMark.Style.POINTS, new double[] {1, 2}, new double[] {1}))
                .hasMessage("mark m: expected as many y as x, 2, got 1");
        assertThatThrownBy(() -> new PlaneMark("m", PlaneMark.Style.LINE, new double[0], new double[0]))
                .hasMessageStartingWith("mark m: x: expected at least one number");
    }
}
