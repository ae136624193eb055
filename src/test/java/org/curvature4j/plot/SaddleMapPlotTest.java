package org.curvature4j.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Rectangle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.curvature4j.plot.EigenvalueGrid.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SaddleMapPlotTest {

    @ParameterizedTest
    @ValueSource(ints = {41, 201})
    void showsTheMonkeySaddlesFlatPointInTheMidstOfSaddles(int side) {
        Drawing drawing = Drawing.of(SaddleMapPlot.of(Samples.monkeySaddle(side), "f"));
        double step = 4.0 / (side - 1);
        assertThat(drawing.at(0, 0, 0)).isEqualTo(Theme.NEAR_ZERO);
        assertThat(drawing.at(0, 0.4 * step, -0.4 * step)).isEqualTo(Theme.NEAR_ZERO);
        for (double[] place : new double[][] {{step, 0}, {0, -step}, {-2, -2}, {2, 2}, {-1, 1.5}, {0.6 * step, 0}}) {
            assertThat(drawing.at(0, place[0], place[1])).isEqualTo(Theme.SADDLE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {41, 201})
    void showsTheMagnitudeBesideIt(int side) {
        Drawing drawing = Drawing.of(SaddleMapPlot.of(Samples.monkeySaddle(side), "f"));
        double largest = 6 * Math.hypot(2, 2);
        for (double[] place : new double[][] {{0, 0}, {1, 0}, {0, -1}, {-1.5, 1}, {2, 2}, {-2, -2}}) {
            double share = 6 * Math.hypot(place[0], place[1]) / largest;
            assertThat(drawing.at(1, place[0], place[1])).isEqualTo(new Color(ColorMap.SEQUENTIAL.rgb(share)));
        }
    }

    @Test
    void coloursEveryShapeAndPutsYUpwards() {
        // Rows from y = -1 up; the third column would be missed if x and y were exchanged.
        double[][] points = {
            {1, 2}, {-1, -2}, {-1, 1},
            {0, 0}, {0, 3}, {-3, 0}
        };
        Shape[] expected = {Shape.CONVEX, Shape.CONCAVE, Shape.SADDLE, Shape.FLAT, Shape.VALLEY, Shape.RIDGE};
        EigenvalueGrid grid = grid(new double[] {0, 1, 2}, new double[] {-1, 1}, points);
        Drawing drawing = Drawing.of(SaddleMapPlot.of(grid, "f"));
        for (int i = 0; i < expected.length; i++) {
            assertThat(grid.shape(i % 3, i / 3)).isEqualTo(expected[i]);
            assertThat(drawing.at(0, i % 3 + 0.05, i / 3 * 2 - 1)).isEqualTo(SaddleMapPlot.color(expected[i]));
            assertThat(drawing.inHeader(SaddleMapPlot.color(expected[i]))).isGreaterThan(200);
        }
    }

    /** Viewers smooth every edge: where two cells overlap by less than a pixel, the paper shines through. */
    @ParameterizedTest
    @ValueSource(ints = {3, 41, 201, 601})
    void leavesNoSeamsBetweenTheCellsOfAVectorFile(int side) throws Exception {
        double[] axis = new double[side];
        Arrays.setAll(axis, i -> i);
        double[] eigenvalues = new double[2 * side * side];
        Arrays.fill(eigenvalues, -1);
        Figure figure = SaddleMapPlot.of(new EigenvalueGrid(axis, axis, eigenvalues, 1e-9), "f");
        String svg = new String(FigureEncoder.svg(figure), StandardCharsets.UTF_8);

        Rectangle bounds = Drawing.of(figure).areas().get(0).bounds();
        double before = Double.NaN;
        int cells = 0;
        String place = "<rect height=\"([^\"]+)\" style=\"fill:rgb[^>]* x=\"" + bounds.x + "(?:\\.0)?\" y=\"([^\"]+)\"";
        Matcher cell = Pattern.compile(place).matcher(svg);
        while (cell.find()) {
            double top = Double.parseDouble(cell.group(2));
            if (cells > 0) {
                assertThat(before).isGreaterThanOrEqualTo(Math.min(top + 1, bounds.getMaxY()));
            }
            before = top + Double.parseDouble(cell.group(1));
            cells++;
        }
        assertThat(cells).isEqualTo(side);
    }

    @Test
    void explainsTheFourMainShapesEvenWhereTheyDoNotOccur() {
        Drawing drawing = Drawing.of(SaddleMapPlot.of(Samples.monkeySaddle(41), "f"));
        for (Shape shape : List.of(Shape.CONVEX, Shape.CONCAVE, Shape.SADDLE, Shape.FLAT)) {
            assertThat(drawing.inHeader(SaddleMapPlot.color(shape))).isGreaterThan(200);
        }
        assertThat(drawing.inHeader(Theme.VALLEY)).isZero();
        assertThat(drawing.inHeader(Theme.RIDGE)).isZero();
    }

    @Test
    void circlesARareKindOfPoint() {
        Drawing drawing = Drawing.of(SaddleMapPlot.of(Samples.monkeySaddle(201), "f"));
        PlotArea area = drawing.areas().get(0);
        int dark = 0;
        for (int x = 3; x < 14; x++) {
            Color color = drawing.pixel(area.x(0) + x, area.y(0));
            dark += color.getRed() < 100 ? 1 : 0;
        }
        assertThat(dark).isBetween(1, 3);
    }

    @Test
    void keepsEqualUnitsOnBothAxesWhereThereIsRoom() {
        double[][] points = new double[6][1];
        var plot = Drawing.of(SaddleMapPlot.of(grid(new double[] {0, 1, 2}, new double[] {0, 1.5}, points), "f"))
                .areas()
                .get(0)
                .bounds();
        assertThat((double) plot.width / plot.height).isBetween(1.30, 1.36);
    }

    private static EigenvalueGrid grid(double[] x, double[] y, double[][] eigenvalues) {
        List<Double> all = new ArrayList<>();
        for (double[] point : eigenvalues) {
            for (double value : point) {
                all.add(value);
            }
        }
        return new EigenvalueGrid(x, y, all.stream().mapToDouble(value -> value).toArray(), 1e-9);
    }
}
