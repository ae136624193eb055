package org.curvature4j.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.curvature4j.internal.text.Arguments;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.plot.Legend.Entry;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Stem plot of a spectrum: one stem from zero to each eigenvalue, in the order given; positive, negative and near-zero
 * ones differ in colour and marker.
 */
public final class SpectrumPlot {

    /** The heading of the figure. */
    public static final String TITLE = "Hessian eigenvalues (spectrum)";

    private static final Dimension SIZE = new Dimension(960, 600);
    private static final double HEADROOM = 1.08;

    /** The share of the longest stem at which a stem is about half a pixel long. */
    private static final double VISIBLE = 1e-3;

    private SpectrumPlot() {}

    private enum Kind {
        POSITIVE("positive"),
        NEGATIVE("negative"),
        NEAR_ZERO("near zero");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        Color color() {
            return switch (this) {
                case POSITIVE -> Theme.POSITIVE;
                case NEGATIVE -> Theme.NEGATIVE;
                case NEAR_ZERO -> Theme.NEAR_ZERO;
            };
        }

        Marker marker() {
            return switch (this) {
                case POSITIVE -> SeriesMarkers.TRIANGLE_UP;
                case NEGATIVE -> SeriesMarkers.TRIANGLE_DOWN;
                case NEAR_ZERO -> SeriesMarkers.DIAMOND;
            };
        }

        static Kind of(double eigenvalue, double tolerance) {
            if (Math.abs(eigenvalue) <= tolerance) {
                return NEAR_ZERO;
            }
            return eigenvalue > 0 ? POSITIVE : NEGATIVE;
        }
    }

    /** {@link #of(double[], double, String, Scale)} without a caption, the axis chosen by the values. */
    public static Figure of(double[] eigenvalues, double tolerance) {
        return of(eigenvalues, tolerance, "", Scale.AUTOMATIC);
    }

    /**
     * Draws a spectrum.
     *
     * @param eigenvalues any number from one up, all finite; direction 0 is the first
     * @param tolerance magnitude up to which an eigenvalue counts as near zero, in the units of the eigenvalues
     * @param caption what the spectrum is of, for the line below the title; may be empty
     * @param scale division of the vertical axis
     * @throws IllegalArgumentException if there is no eigenvalue, one isn't finite, or the tolerance is negative
     */
    public static Figure of(double[] eigenvalues, double tolerance, String caption, Scale scale) {
        return of(eigenvalues, tolerance, TITLE, caption, scale);
    }

    /**
     * As {@link #of(double[], double, String, Scale)}, of another matrix than a Hessian.
     *
     * @param title heading of the figure
     */
    public static Figure of(double[] eigenvalues, double tolerance, String title, String caption, Scale scale) {
        double[] values = Checks.finite("eigenvalues", eigenvalues);
        Checks.tolerance(tolerance);
        Arguments.requireGiven("scale", scale);
        int count = values.length;
        Axis horizontal = Axis.counting("direction", count, 12, 0.5 + 0.02 * count);
        Axis vertical = verticalAxis(values, tolerance, scale);
        SeriesLayer stems = new SeriesLayer(count <= 60 ? 11 : count <= 250 ? 7 : 5);
        BasicStroke stroke = new BasicStroke(count <= 60 ? 2.4f : count <= 250 ? 1.4f : 0.7f);
        List<Entry> legend = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            int members = addStems(stems, values, tolerance, kind, stroke);
            String limit =
                    kind == Kind.NEAR_ZERO && tolerance > 0 ? " (up to ±" + Numbers.compact(tolerance, 3) + ")" : "";
            legend.add(Entry.marker(kind.label + limit + ": " + members, kind.color(), kind.marker()));
        }
        SeriesLayer zero = new SeriesLayer(1)
                .line(
                        new double[] {horizontal.start(), horizontal.end()},
                        new double[] {0, 0},
                        Theme.FRAME,
                        Theme.ZERO_LINE);
        PlotPanel panel = new PlotPanel("", horizontal, vertical, List.of(zero, stems), null, PlotPanel.Look.CHART, 0);
        return new Figure(title, caption, new Legend(legend), List.of(List.of(panel)), SIZE);
    }

    /** Adds the stems and markers of one kind; returns how many there are. */
    private static int addStems(SeriesLayer layer, double[] values, double tolerance, Kind kind, BasicStroke stroke) {
        double[] directions = new double[values.length];
        double[] heights = new double[values.length];
        int members = 0;
        for (int i = 0; i < values.length; i++) {
            if (Kind.of(values[i], tolerance) == kind) {
                directions[members] = i + 1;
                heights[members++] = values[i];
            }
        }
        double[] stemX = new double[3 * members];
        double[] stemY = new double[3 * members];
        for (int i = 0; i < members; i++) {
            Arrays.fill(stemX, 3 * i, 3 * i + 3, directions[i]);
            stemY[3 * i + 1] = heights[i];
            stemY[3 * i + 2] = Double.NaN; // lifts the pen
        }
        layer.line(stemX, stemY, kind.color(), stroke);
        layer.points(Arrays.copyOf(directions, members), Arrays.copyOf(heights, members), kind.color(), kind.marker());
        return members;
    }

    private static Axis verticalAxis(double[] values, double tolerance, Scale scale) {
        double high = Math.max(0, Arrays.stream(values).max().orElse(0));
        double low = Math.min(0, Arrays.stream(values).min().orElse(0));
        if (high == low) {
            return Axis.linear("curvature", -1, 1, 8);
        }
        double[] sizes = Arrays.stream(values)
                .map(Math::abs)
                .filter(size -> size > tolerance && size > 0)
                .sorted()
                .toArray();
        if (scale.isLogarithmic(sizes, VISIBLE)) {
            int exponent = (int) Math.floor(Math.log10(sizes[0]));
            double linear = Math.pow(10, exponent);
            double start = low < 0 ? 3 * low : -linear / 2;
            double end = high > 0 ? 3 * high : linear / 2;
            return Axis.symmetricLog("curvature", start, end, exponent, 9);
        }
        double margin = (HEADROOM - 1) * (high / 2 - low / 2);
        return Axis.linear("curvature", low - margin, high + margin, 8);
    }
}
