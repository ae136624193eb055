package org.curvature4j.plot;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.internal.text.Arguments;
import org.curvature4j.internal.text.Numbers;

/**
 * Heat map of a matrix, row 0 at the top: orange for negative, white for zero, purple for positive entries, the scale
 * symmetric about zero. Small matrices carry their numbers in the cells.
 */
public final class HeatMapPlot {

    private static final Dimension SIZE = new Dimension(860, 800);
    private static final int MOST_WITH_GRID = 40;
    private static final int MOST_WITH_NUMBERS = 12;

    /** The share of the largest entry that still looks different from zero. */
    private static final double VISIBLE = 0.02;

    /** Entries smaller than the largest by more than this are drawn near zero on a logarithmic scale. */
    private static final double LOGARITHMIC_RANGE = 1e5;

    /** Luminance on which white and the ink have the same contrast: sqrt(1.05 * (0.016 + 0.05)) - 0.05. */
    private static final double PAPER_ON_DARKER = 0.213;

    private HeatMapPlot() {}

    /** {@link #of(double[][], List, String, String, Scale)}, titled "Hessian", rows and columns numbered from 0. */
    public static Figure of(double[][] matrix) {
        return of(matrix, List.of(), "Hessian", "", Scale.AUTOMATIC);
    }

    /**
     * Draws a square matrix of second derivatives.
     *
     * @param matrix n rows of n finite numbers
     * @param blocks named stretches of the parameters whose sizes add up to n, drawn as labels and lines between the
     *     blocks, a label left out where a larger block's takes its place; empty, or a single one, to number rows and columns from 0
     * @param title heading of the figure
     * @param caption second line; may be empty
     * @param scale division of the colour bar
     * @throws IllegalArgumentException if the matrix is empty, not square or not finite, or the sizes don't add up to n
     */
    public static Figure of(double[][] matrix, List<ParameterBlock> blocks, String title, String caption, Scale scale) {
        Arguments.requireGiven("matrix", matrix);
        Arguments.requireGiven("blocks", blocks);
        Arguments.requireGiven("scale", scale);
        int n = matrix.length;
        double[] flat = flattened(matrix);
        int named = blocks.stream().mapToInt(ParameterBlock::size).sum();
        if (!blocks.isEmpty() && named != n) {
            throw new IllegalArgumentException("blocks: expected sizes that add up to " + n + ", got " + named
                    + " (one block for each variable that the Hessian is taken by)");
        }
        ColorBar bar = new ColorBar(ColorMap.DIVERGING, valueAxis(flat, scale));
        int[] colors = new int[n * n];
        for (int i = 0; i < colors.length; i++) {
            colors[i] = bar.rgb(flat[i]);
        }
        List<Layer> layers = new ArrayList<>();
        layers.add(new CellLayer(n, n, colors, new Mark.Cells(numbers(n), numbers(n), flat, false)));
        if (n <= MOST_WITH_GRID) {
            layers.add(new Decoration(new LinesLayer(every(n), n, Theme.GRID)::paint));
        }
        if (n <= MOST_WITH_NUMBERS) {
            layers.add(new Decoration((g, area) -> paintNumbers(g, area, n, flat, bar)));
        }
        layers.add(new LinesLayer(boundaries(blocks), n, Theme.INK));
        Axis columns = axis(blocks, n);
        Axis rows = columns.reversed();
        PlotPanel.Look look = blocks.size() <= 1 ? PlotPanel.Look.MAP : PlotPanel.Look.BLOCKS;
        PlotPanel panel = new PlotPanel("", columns, rows, layers, bar, look, 1);
        return new Figure(title, caption, Legend.NONE, List.of(List.of(panel)), SIZE);
    }

    private static Axis valueAxis(double[] values, Scale scale) {
        double[] sizes = Arrays.stream(values)
                .map(Math::abs)
                .filter(size -> size > 0)
                .sorted()
                .toArray();
        double range = sizes.length == 0 ? 1 : sizes[sizes.length - 1];
        if (scale.isLogarithmic(sizes, VISIBLE)) {
            int exponent = (int) Math.floor(Math.log10(Math.max(sizes[0], range / LOGARITHMIC_RANGE)));
            return Axis.symmetricLog("second derivative", -range, range, exponent, 9);
        }
        return Axis.linear("second derivative", -range, range, 9);
    }

    private static double[] flattened(double[][] matrix) {
        int n = matrix.length;
        double[] flat = new double[n * n];
        for (int row = 0; row < n; row++) {
            if (matrix[row].length != n) {
                throw new IllegalArgumentException("matrix: expected " + n + " numbers in each of its " + n
                        + " rows, got " + matrix[row].length + " in row " + row + " (a Hessian is square)");
            }
            System.arraycopy(Checks.finite("matrix row " + row, matrix[row]), 0, flat, row * n, n);
        }
        return Checks.finite("matrix", flat);
    }

    private static Axis axis(List<ParameterBlock> blocks, int n) {
        String title = blocks.size() == 1 ? "component of " + blocks.get(0).name() : "parameter";
        Axis numbered = Axis.counting(title, n, 12, 0.5);
        if (blocks.size() <= 1) {
            return numbered;
        }
        record Place(ParameterBlock block, double middle) {}
        List<Place> places = new ArrayList<>();
        int before = 0;
        for (ParameterBlock block : blocks) {
            places.add(new Place(block, before + (block.size() + 1) / 2.0));
            before += block.size();
        }
        // Where labels would overlap the first one stays: the largest block's.
        return numbered.named(places.stream()
                .sorted(Comparator.comparing((Place place) -> -place.block.size()))
                .map(place -> new Axis.Tick(place.middle, place.block.name()))
                .toList());
    }

    private static double[] numbers(int n) {
        return IntStream.rangeClosed(1, n).asDoubleStream().toArray();
    }

    private static List<Double> every(int n) {
        List<Double> lines = new ArrayList<>();
        for (int i = 1; i < n; i++) {
            lines.add(i + 0.5);
        }
        return lines;
    }

    private static List<Double> boundaries(List<ParameterBlock> blocks) {
        List<Double> lines = new ArrayList<>();
        double at = 0.5;
        for (ParameterBlock block : blocks) {
            at += block.size();
            lines.add(at);
        }
        return lines.isEmpty() ? lines : lines.subList(0, lines.size() - 1);
    }

    private static void paintNumbers(Graphics2D g, PlotArea area, int n, double[] flat, ColorBar bar) {
        for (int row = 0; row < n; row++) {
            for (int column = 0; column < n; column++) {
                double value = flat[row * n + column];
                Color behind = new Color(bar.rgb(value));
                g.setColor(luminance(behind) < PAPER_ON_DARKER ? Theme.PAPER : Theme.INK);
                String text = Numbers.compact(value, 2);
                Text.draw(g, text, Theme.CELL, Text.Align.CENTER, area.x(column + 1), area.y(row + 1));
            }
        }
    }

    /** Relative luminance as WCAG 2 defines it, with its transfer curve taken as a power of 2.2. */
    private static double luminance(Color color) {
        float[] part = color.getRGBColorComponents(null);
        return 0.2126 * Math.pow(part[0], 2.2) + 0.7152 * Math.pow(part[1], 2.2) + 0.0722 * Math.pow(part[2], 2.2);
    }
}
