package org.curvature4j.plot;

import java.awt.Dimension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.curvature4j.internal.text.Arguments;

/** Horizontal bars, the longest at the top: how strongly each input moves the outputs. */
public final class SensitivityPlot {
    /** The heading of the figure. */
    public static final String TITLE = "Sensitivity to inputs";

    /** More bars than these would be too thin for their names; the rest is counted below the title. */
    private static final int MOST_BARS = 30;

    private static final int WIDTH = 960;
    private static final int BAR_ROOM = 22;
    private static final int OTHER_ROOM = 190;
    private static final double HEADROOM = 1.04;

    private SensitivityPlot() {}

    /**
     * Draws a ranking.
     *
     * @param names of the inputs or blocks, most sensitive first
     * @param norms their sensitivities in the same order, finite and not negative
     * @param caption what they are of, for the line below the title; may be empty
     * @throws IllegalArgumentException if there is none, or names and norms don't go together
     */
    public static Figure of(List<String> names, double[] norms, String caption) {
        Arguments.requireGiven("names", names);
        Arguments.requireGiven("caption", caption);
        double[] lengths = Checks.finite("norms", norms);
        Arguments.refuseIf(
                names.size() != lengths.length, "names", "one for each of " + lengths.length + " norms", names.size());
        for (double length : lengths) {
            if (length < 0) {
                throw new IllegalArgumentException("norms: expected numbers of at least 0, got " + length);
            }
        }
        int bars = Math.min(MOST_BARS, lengths.length);
        double longest = Checks.largestMagnitude(lengths);
        Axis horizontal = Axis.linear("root mean square of |dy / dx|", 0, longest == 0 ? 1 : HEADROOM * longest, 8);
        List<Axis.Tick> ticks = new ArrayList<>();
        for (int i = 0; i < bars; i++) {
            ticks.add(new Axis.Tick(i, names.get(i)));
        }
        Axis vertical = new Axis("", bars - 0.4, -0.6, List.copyOf(ticks), new AxisScale.Named());
        String rest = bars == lengths.length ? "" : "the first " + bars + " of " + lengths.length;
        String line = caption.isEmpty() || rest.isEmpty() ? caption + rest : caption + "; " + rest;
        PlotPanel panel = new PlotPanel(
                "",
                horizontal,
                vertical,
                List.of(new BarLayer(Arrays.copyOf(lengths, bars), Theme.POSITIVE)),
                null,
                PlotPanel.Look.CHART,
                0);
        Dimension size = new Dimension(WIDTH, OTHER_ROOM + BAR_ROOM * Math.max(6, bars));
        return new Figure(TITLE, line, Legend.NONE, List.of(List.of(panel)), size);
    }
}
