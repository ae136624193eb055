package org.curvature4j.plot;

import java.awt.Dimension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.curvature4j.internal.text.Arguments;
import org.curvature4j.plot.Legend.Entry;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The largest eigenvalues of two matrices by their number, on a logarithmic axis, on which a gap is a ratio; a column for
 * each of several cases, with the same vertical axis.
 */
public final class LeadingPlot {
    private static final int COLUMN_WIDTH = 560;
    private static final int HEIGHT = 600;
    private static final int MOST_COLUMNS = 3;

    private LeadingPlot() {}

    /**
     * Draws panels side by side.
     *
     * @param panels one to three
     * @param first what the one matrix is called
     * @param second what the other is called
     * @param mark a line behind this many eigenvalues; 0 for none
     * @param marked what the line means
     * @param title heading of the figure
     * @param caption second line; may be empty
     * @throws IllegalArgumentException if there are no panels, or more than three
     */
    public static Figure of(
            List<LeadingEigenvalues> panels,
            String first,
            String second,
            int mark,
            String marked,
            String title,
            String caption) {
        Arguments.requireGiven("panels", panels);
        Arguments.requireGiven("first", first);
        Arguments.requireGiven("second", second);
        Arguments.requireGiven("marked", marked);
        if (panels.isEmpty() || panels.size() > MOST_COLUMNS) {
            throw new IllegalArgumentException(
                    "panels: expected 1 to " + MOST_COLUMNS + ", got " + panels.size() + " (each is a column)");
        }
        Axis vertical = verticalAxis(panels);
        List<PlotPanel> row =
                panels.stream().map(panel -> panel(panel, vertical, mark)).toList();
        List<Entry> entries = new ArrayList<>(List.of(
                Entry.marker(first, Theme.POSITIVE, SeriesMarkers.CIRCLE),
                Entry.marker(second, Theme.NEGATIVE, SeriesMarkers.DIAMOND)));
        if (mark > 0) {
            entries.add(Entry.line(marked, Theme.QUIET_INK, Theme.DASHED_CURVE));
        }
        Dimension size = new Dimension(COLUMN_WIDTH * panels.size() + 2 * Theme.EDGE, HEIGHT);
        return new Figure(title, caption, new Legend(entries), List.of(row), size);
    }

    private static PlotPanel panel(LeadingEigenvalues panel, Axis vertical, int mark) {
        double[] numbers = new double[panel.first().length];
        Arrays.setAll(numbers, i -> i + 1);
        List<Layer> layers = new ArrayList<>();
        if (mark > 0) {
            double place = mark + 0.5;
            layers.add(new DashedCurve(
                    new double[] {place, place}, new double[] {vertical.start(), vertical.end()}, Theme.QUIET_INK));
        }
        layers.add(new SeriesLayer(10).points(numbers, panel.second(), Theme.NEGATIVE, SeriesMarkers.DIAMOND));
        layers.add(new SeriesLayer(9).points(numbers, panel.first(), Theme.POSITIVE, SeriesMarkers.CIRCLE));
        Axis horizontal = Axis.counting("number of the eigenvalue", numbers.length, 10, 0.8);
        return new PlotPanel(panel.name(), horizontal, vertical, layers, null, PlotPanel.Look.CHART, 0);
    }

    private static Axis verticalAxis(List<LeadingEigenvalues> panels) {
        double[] all = panels.stream()
                .flatMapToDouble(
                        panel -> DoubleStream.concat(DoubleStream.of(panel.first()), DoubleStream.of(panel.second())))
                .sorted()
                .toArray();
        double start = Math.pow(10, Math.floor(Math.log10(all[0])));
        double end = Math.max(2 * all[all.length - 1], 10 * start);
        return Axis.logarithmic("eigenvalue", start, end, 8);
    }
}
