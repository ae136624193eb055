package org.curvature4j.plot;

import java.awt.Dimension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.curvature4j.internal.text.Arguments;
import org.curvature4j.plot.Legend.Entry;

/**
 * The density of a spectrum as a curve over the eigenvalues, on a logarithmic axis, so that a bulk and a few outliers show
 * in one figure; below it a rug of single eigenvalues or Ritz values.
 */
public final class DensityPlot {

    /** The heading of the figure unless another is given. */
    public static final String TITLE = "Spectral density";

    private static final Dimension SIZE = new Dimension(960, 600);

    /** Decades of the vertical axis at most: what is ten million times rarer than the peak is left out. */
    private static final int MOST_DECADES = 7;

    private static final double MARGIN = 0.02;

    private DensityPlot() {}

    /**
     * Draws a density.
     *
     * @param places ascending, at least 2, in units of the eigenvalues
     * @param density at each place, at least 0 and somewhere above
     * @param marks single eigenvalues or Ritz values, for the rug; may be empty
     * @param marked what these are, for the legend, such as "eigenvalues"
     * @param title heading of the figure
     * @param caption what the spectrum is of, for the line below the title; may be empty
     * @throws IllegalArgumentException if there are fewer or more densities than places, one is negative or all are 0, or
     *     a number isn't finite
     */
    public static Figure of(
            double[] places, double[] density, double[] marks, String marked, String title, String caption) {
        double[] x = Checks.ascending("places", places);
        double[] y = Checks.finite("density", density);
        Arguments.requireGiven("marks", marks);
        Arguments.requireGiven("marked", marked);
        Arguments.refuseIf(x.length != y.length, "density", x.length + " numbers, one for each place", y.length);
        double largest = Arrays.stream(y).max().orElseThrow();
        double smallest = Arrays.stream(y).min().orElseThrow();
        if (smallest < 0 || largest < Scale.SMALLEST) {
            throw new IllegalArgumentException("density: expected numbers of at least 0, somewhere above, got "
                    + (smallest < 0 ? smallest : largest));
        }
        double[] rug = marks.length == 0 ? marks : Checks.finite("marks", marks);
        Axis vertical = verticalAxis(y, largest);
        Axis horizontal = horizontalAxis(x, rug);
        List<Layer> layers = new ArrayList<>();
        // Below the axis' start a curve would be a vertical line to wherever it returns: it lies on the start instead.
        double[] shown =
                Arrays.stream(y).map(value -> Math.max(value, vertical.start())).toArray();
        layers.add(new SeriesLayer(0).line(x, shown, Theme.POSITIVE, Theme.CURVE));
        layers.add(new RugLayer(rug, Theme.NEGATIVE));
        List<Entry> legend = new ArrayList<>();
        legend.add(Entry.line("density", Theme.POSITIVE, Theme.CURVE));
        if (rug.length > 0) {
            legend.add(Entry.upright(marked + ": " + rug.length, Theme.NEGATIVE, RugLayer.STROKE));
        }
        PlotPanel panel = new PlotPanel("", horizontal, vertical, layers, null, PlotPanel.Look.CHART, 0);
        return new Figure(title, caption, new Legend(legend), List.of(List.of(panel)), SIZE);
    }

    private static Axis verticalAxis(double[] density, double largest) {
        double least = Arrays.stream(density)
                .filter(value -> value >= largest * Math.pow(10, -MOST_DECADES) && value >= Scale.SMALLEST)
                .min()
                .orElse(largest);
        double start = Math.pow(10, Math.floor(Math.log10(least)));
        return Axis.logarithmic(
                "density (share of the eigenvalues per unit)", start, Math.max(2 * largest, 10 * start), 8);
    }

    private static Axis horizontalAxis(double[] places, double[] marks) {
        double low = Math.min(places[0], Arrays.stream(marks).min().orElse(places[0]));
        double last = places[places.length - 1];
        double high = Math.max(last, Arrays.stream(marks).max().orElse(last));
        double margin = MARGIN * (high / 2 - low / 2);
        return Axis.linear("eigenvalue", low - margin, high + margin, 10);
    }
}
