package org.curvature4j.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeatMapPlotTest {

    private static final Color MOST_NEGATIVE = new Color(ColorMap.DIVERGING.rgb(0));
    private static final Color ZERO = new Color(ColorMap.DIVERGING.rgb(0.5));
    private static final Color MOST_POSITIVE = new Color(ColorMap.DIVERGING.rgb(1));

    @ParameterizedTest
    @ValueSource(ints = {3, 12, 13, 40, 41, 120})
    void putsRowOneAtTheTopAndZeroInTheMiddleOfTheScale(int n) {
        double[][] matrix = new double[n][n];
        matrix[0][n - 1] = 4;
        matrix[n - 1][0] = -4;
        matrix[1][1] = 2;
        Drawing drawing = Drawing.of(HeatMapPlot.of(matrix, List.of(), "H", "", Scale.LINEAR));
        assertThat(cell(drawing, 0, n - 1)).isEqualTo(MOST_POSITIVE);
        assertThat(cell(drawing, n - 1, 0)).isEqualTo(MOST_NEGATIVE);
        assertThat(cell(drawing, 0, 0)).isEqualTo(ZERO);
        assertThat(cell(drawing, 1, 1)).isEqualTo(new Color(ColorMap.DIVERGING.rgb(0.75)));
        assertThat(cell(drawing, n - 1, n - 1)).isEqualTo(ZERO);
    }

    @Test
    void drawsManyDifferentCellsInTheirColours() {
        int n = 201;
        double[][] matrix = Samples.matrix(n, 1e-9);
        Drawing drawing = Drawing.of(HeatMapPlot.of(matrix));
        Axis scale = drawing.areas().get(0).vertical();
        assertThat(scale.start()).isGreaterThan(scale.end());
        double largest = Checks.largestMagnitude(matrix[0]);
        for (int[] place : new int[][] {{0, 0}, {0, 200}, {200, 0}, {17, 93}, {93, 17}, {150, 150}}) {
            double value = matrix[place[0]][place[1]];
            Color expected = new Color(ColorMap.DIVERGING.rgb((value + largest) / (2 * largest)));
            assertThat(drawing.at(0, place[1] + 1, place[0] + 1)).isEqualTo(expected);
        }
    }

    @Test
    void showsItsScaleInAColourBar() {
        Drawing drawing = Drawing.of(HeatMapPlot.of(Samples.matrix(5, 1)));
        var plot = drawing.areas().get(0).bounds();
        double middle = plot.getMaxX() + 22;
        assertThat(drawing.pixel(middle, plot.y + 1.5)).isEqualTo(MOST_POSITIVE);
        assertThat(drawing.pixel(middle, plot.getMaxY() - 1.5)).isEqualTo(MOST_NEGATIVE);
        Color centre = drawing.pixel(middle, plot.getCenterY());
        assertThat(centre.getRed()).isBetween(240, 255);
        assertThat(centre.getGreen()).isBetween(240, 255);
    }

    @Test
    void turnsLogarithmicWhereMostEntriesWouldLookLikeZero() {
        double[][] matrix = {{100, 0.01, 0.02}, {0.01, -0.001, 0}, {0.02, 0, -0.5}};
        Drawing linear = Drawing.of(HeatMapPlot.of(matrix, List.of(), "H", "", Scale.LINEAR));
        Drawing automatic = Drawing.of(HeatMapPlot.of(matrix));
        assertThat(cell(linear, 0, 1).getBlue()).isBetween(245, 248);
        assertThat(cell(automatic, 0, 1).getGreen()).isLessThan(230);
        assertThat(cell(automatic, 1, 2)).isEqualTo(ZERO);
        assertThat(cell(automatic, 2, 2).getRed())
                .isGreaterThan(cell(automatic, 2, 2).getBlue() + 50);
    }

    @Test
    void namesBlocksAndDrawsLinesBetweenThem() {
        List<ParameterBlock> blocks = List.of(new ParameterBlock("W", 2), new ParameterBlock("b", 1));
        Drawing drawing = Drawing.of(HeatMapPlot.of(new double[3][3], blocks, "Hessian", "caption", Scale.AUTOMATIC));
        assertThat(drawing.areas().get(0).horizontal().ticks())
                .containsExactlyInAnyOrder(new Axis.Tick(1.5, "W"), new Axis.Tick(3, "b"));
        assertThat(drawing.at(0, 2.5, 1.2)).isNotEqualTo(ZERO).isNotEqualTo(Theme.GRID);
        assertThat(drawing.at(0, 1.2, 2.5)).isNotEqualTo(ZERO).isNotEqualTo(Theme.GRID);
        assertThat(drawing.at(0, 1.5, 1.2)).isEqualTo(Theme.GRID);
    }

    @Test
    void refusesWhatIsNoHessian() {
        assertThatThrownBy(() -> HeatMapPlot.of(new double[0][0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("matrix: expected at least one number");
        assertThatThrownBy(() -> HeatMapPlot.of(new double[][] {{1, 2}, {3}}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected 2 numbers in each of its 2 rows, got 1 in row 1");
        assertThatThrownBy(() -> HeatMapPlot.of(new double[][] {{1, 2}, {3, Double.POSITIVE_INFINITY}}))
                .hasMessageContaining("matrix row 1")
                .hasMessageContaining("got Infinity at index 1");
        List<ParameterBlock> tooFew = List.of(new ParameterBlock("W", 1));
        assertThatThrownBy(() -> HeatMapPlot.of(new double[2][2], tooFew, "", "", Scale.LINEAR))
                .hasMessageContaining("blocks: expected sizes that add up to 2, got 1");
        assertThatThrownBy(() -> new ParameterBlock("W", 0)).hasMessageContaining("block W");
    }

    /** The colour near a cell's upper left corner, clear of the number in its middle and the lines around it. */
    private static Color cell(Drawing drawing, int row, int column) {
        return drawing.at(0, column + 1 - 0.3, row + 1 - 0.3);
    }
}
