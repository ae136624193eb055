package org.curvature4j.plot;

import java.awt.Dimension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.curvature4j.internal.text.Arguments;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.plot.Legend.Entry;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * How steep or flat a landscape is along eigenvectors: a column for each direction, the function above and its
 * directional derivative below, each with the quadratic model of the point. All columns share their vertical axes, so
 * that a flat direction looks flat.
 */
public final class SlicePlot {

    private static final int COLUMN_WIDTH = 560;
    private static final int HEIGHT = 820;
    private static final int MOST_COLUMNS = 3;
    private static final double MARGIN = 0.08;

    private SlicePlot() {}

    /** {@link #of(List, String, String)} of two directions, titled "Fastest and flattest direction". */
    public static Figure of(Slice fastest, Slice flattest, String caption) {
        Arguments.requireGiven("fastest", fastest);
        Arguments.requireGiven("flattest", flattest);
        return of(List.of(fastest, flattest), "Fastest and flattest direction", caption);
    }

    /**
     * Draws slices side by side.
     *
     * @param slices one to three
     * @param title heading of the figure
     * @param caption second line; may be empty
     * @throws IllegalArgumentException if there are no slices, or more than three
     */
    public static Figure of(List<Slice> slices, String title, String caption) {
        Arguments.requireGiven("slices", slices);
        if (slices.isEmpty() || slices.size() > MOST_COLUMNS) {
            throw new IllegalArgumentException(
                    "slices: expected 1 to " + MOST_COLUMNS + ", got " + slices.size() + " (each is a column)");
        }
        Axis values = verticalAxis("function", slices, Slice::values, Slice::quadraticModel);
        Axis derivatives = verticalAxis("directional derivative", slices, Slice::derivatives, Slice::linearModel);
        List<PlotPanel> upper = new ArrayList<>();
        List<PlotPanel> lower = new ArrayList<>();
        for (Slice slice : slices) {
            Axis steps = stepAxis(slice);
            String heading = slice.heading() + ", eigenvalue " + Numbers.compact(slice.eigenvalue(), 4);
            List<Layer> function = curves(slice, slice.values(), slice.quadraticModel(), slice.value());
            List<Layer> derivative = curves(slice, slice.derivatives(), slice.linearModel(), slice.slope());
            upper.add(panel(heading, steps, values, function));
            lower.add(panel("", steps, derivatives, derivative));
        }
        Legend legend = new Legend(List.of(
                Entry.line("exact", Theme.POSITIVE, Theme.CURVE),
                Entry.line("quadratic model at the point", Theme.NEGATIVE, Theme.DASHED_CURVE),
                Entry.marker("the point", Theme.INK, SeriesMarkers.CIRCLE)));
        Dimension size = new Dimension(COLUMN_WIDTH * Math.max(slices.size(), 1) + 2 * Theme.EDGE, HEIGHT);
        return new Figure(title, caption, legend, List.of(upper, lower), size);
    }

    private static PlotPanel panel(String title, Axis horizontal, Axis vertical, List<Layer> layers) {
        return new PlotPanel(title, horizontal, vertical, layers, null, PlotPanel.Look.CHART, 0);
    }

    private static List<Layer> curves(Slice slice, double[] exact, double[] model, double atPoint) {
        return List.of(
                new SeriesLayer(0).line(slice.steps(), exact, Theme.POSITIVE, Theme.CURVE),
                new DashedCurve(slice.steps(), model, Theme.NEGATIVE),
                new SeriesLayer(10).points(new double[] {0}, new double[] {atPoint}, Theme.INK, SeriesMarkers.CIRCLE));
    }

    private static Axis stepAxis(Slice slice) {
        double first = slice.steps()[0];
        double last = slice.steps()[slice.steps().length - 1];
        double margin = 0.02 * (last - first);
        return Axis.linear("step along the unit eigenvector", first - margin, last + margin, 6);
    }

    /** Holds every exact curve, and of the models what lies within as much again above and below. */
    private static Axis verticalAxis(
            String title, List<Slice> slices, Function<Slice, double[]> exact, Function<Slice, double[]> model) {
        double[] shown = finite(slices, exact);
        double[] modelled = finite(slices, model);
        double low = Arrays.stream(shown).min().orElse(0);
        double high = Arrays.stream(shown).max().orElse(0);
        double span = high - low;
        double modelLow = Arrays.stream(modelled).min().orElse(low);
        double modelHigh = Arrays.stream(modelled).max().orElse(high);
        double bottom = Math.min(low, Math.max(modelLow, low - span / 2));
        double top = Math.max(high, Math.min(modelHigh, high + span / 2));
        // A constant gets an axis of its own size, so that its rounding errors don't fill the plot.
        double least = 1e-9 * Math.max(Math.abs(bottom), Math.abs(top));
        if (top - bottom <= least) {
            double half = top == 0 ? 1 : Math.abs(top) / 2;
            return Axis.linear(title, bottom - half, top + half, 6);
        }
        double margin = MARGIN * (top - bottom);
        return Axis.linear(title, bottom - margin, top + margin, 6);
    }

    private static double[] finite(List<Slice> slices, Function<Slice, double[]> part) {
        return slices.stream()
                .flatMapToDouble(slice -> DoubleStream.of(part.apply(slice)))
                .filter(Checks::isDrawable)
                .toArray();
    }
}
