package org.curvature4j.plot;

import java.awt.Color;
import java.awt.Dimension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.curvature4j.internal.text.Arguments;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.plot.EigenvalueGrid.Shape;
import org.curvature4j.plot.Legend.Entry;

/**
 * Map of a plane by the Hessian's eigenvalues: on the left their signs (saddle, convex, concave, flat), on the right
 * the largest magnitude. Each point of the grid is the middle of one cell.
 */
public final class SaddleMapPlot {

    private static final Dimension SIZE = new Dimension(1240, 680);

    /** A kind of point so rare that its cells are circled, lest they be overlooked. */
    private static final int RARE = 12;

    /** Beyond this ratio of the sides a plot with equal units on both axes would waste its room. */
    private static final double MOST_UNEQUAL = 2;

    private SaddleMapPlot() {}

    /**
     * Draws the two maps side by side.
     *
     * @param grid points and eigenvalues
     * @param function what the Hessian is of, for the title, for instance {@code f(x, y) = x^3 - 3 x y^2}
     */
    public static Figure of(EigenvalueGrid grid, String function) {
        Arguments.requireGiven("grid", grid);
        Arguments.requireGiven("function", function);
        int columns = grid.x().length;
        int rows = grid.y().length;
        Axis x = axis("x", grid.x());
        Axis y = axis("y", grid.y());
        double aspect = aspect(grid.x(), grid.y());
        Map<Shape, Integer> counts = new EnumMap<>(Shape.class);
        ColorBar bar = magnitudeBar(grid);
        int[] signs = new int[columns * rows];
        int[] sizes = new int[columns * rows];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                // Cells run from the top down, the grid's y upwards.
                int cell = (rows - 1 - row) * columns + column;
                Shape shape = grid.shape(column, row);
                counts.merge(shape, 1, Integer::sum);
                signs[cell] = color(shape).getRGB();
                sizes[cell] = bar.rgb(grid.magnitude(column, row));
            }
        }
        Layer rings = rings(grid, counts);
        PlotPanel left = new PlotPanel(
                "Signs of the eigenvalues",
                x,
                y,
                List.of(new CellLayer(columns, rows, signs, kinds(grid)), rings),
                null,
                PlotPanel.Look.MAP,
                aspect);
        PlotPanel right = new PlotPanel(
                "Largest magnitude of an eigenvalue",
                x,
                y,
                List.of(new CellLayer(columns, rows, sizes, sizes(grid))),
                bar,
                PlotPanel.Look.MAP,
                aspect);
        String title = "Curvature of " + function;
        String caption = columns + " by " + rows + " points, " + grid.count() + " eigenvalues of the Hessian at each";
        return new Figure(title, caption, legend(counts, grid.tolerance()), List.of(List.of(left, right)), SIZE);
    }

    private static Mark kinds(EigenvalueGrid grid) {
        int columns = grid.x().length;
        List<Shape> shapes = List.of(Shape.values());
        int[] kinds = new int[columns * grid.y().length];
        Arrays.setAll(kinds, i -> shapes.indexOf(grid.shape(i % columns, i / columns)));
        return new Mark.Kinds(
                grid.x(),
                grid.y(),
                kinds,
                shapes.stream().map(SaddleMapPlot::color).toList());
    }

    private static Mark sizes(EigenvalueGrid grid) {
        int columns = grid.x().length;
        double[] sizes = new double[columns * grid.y().length];
        Arrays.setAll(sizes, i -> grid.magnitude(i % columns, i / columns));
        return new Mark.Cells(grid.x(), grid.y(), sizes, false);
    }

    static Color color(Shape shape) {
        return switch (shape) {
            case CONVEX -> Theme.POSITIVE;
            case CONCAVE -> Theme.NEGATIVE;
            case SADDLE -> Theme.SADDLE;
            case FLAT -> Theme.NEAR_ZERO;
            case VALLEY -> Theme.VALLEY;
            case RIDGE -> Theme.RIDGE;
        };
    }

    /** The four main shapes always, the two half-flat ones where they occur. */
    private static Legend legend(Map<Shape, Integer> counts, double tolerance) {
        List<Entry> entries = new ArrayList<>();
        for (Shape shape : Shape.values()) {
            int count = counts.getOrDefault(shape, 0);
            String meaning =
                    switch (shape) {
                        case CONVEX -> "convex";
                        case CONCAVE -> "concave";
                        case SADDLE -> "saddle";
                        case FLAT -> "flat (all within ±" + Numbers.compact(tolerance, 3) + ")";
                        case VALLEY -> "valley";
                        case RIDGE -> "ridge";
                    };
            if (count > 0 || shape.compareTo(Shape.FLAT) <= 0) {
                String ringed = count > 0 && count <= RARE ? ", circled" : "";
                String points = ": " + Numbers.grouped(count);
                entries.add(Entry.swatch(meaning + points + ringed, color(shape)));
            }
        }
        return new Legend(entries);
    }

    private static Layer rings(EigenvalueGrid grid, Map<Shape, Integer> counts) {
        DoubleStream.Builder x = DoubleStream.builder();
        DoubleStream.Builder y = DoubleStream.builder();
        for (int row = 0; row < grid.y().length; row++) {
            for (int column = 0; column < grid.x().length; column++) {
                if (counts.getOrDefault(grid.shape(column, row), 0) <= RARE) {
                    x.add(grid.x()[column]);
                    y.add(grid.y()[row]);
                }
            }
        }
        return new RingLayer(x.build().toArray(), y.build().toArray(), grid.x().length);
    }

    private static ColorBar magnitudeBar(EigenvalueGrid grid) {
        double largest = Checks.largestMagnitude(grid.eigenvalues());
        return new ColorBar(ColorMap.SEQUENTIAL, Axis.linear("largest |eigenvalue|", 0, largest == 0 ? 1 : largest, 8));
    }

    /** Width over height of a map with equal units on both axes, unless it would be too long. */
    static double aspect(double[] x, double[] y) {
        double width = x[x.length - 1] - x[0];
        double height = y[y.length - 1] - y[0];
        return Math.max(1 / MOST_UNEQUAL, Math.min(MOST_UNEQUAL, width / height));
    }

    /** From half a step before the first point to half a step after the last. */
    static Axis axis(String title, double[] points) {
        double half = (points[points.length - 1] - points[0]) / (points.length - 1) / 2;
        return Axis.linear(title, points[0] - half, points[points.length - 1] + half, 8);
    }
}
