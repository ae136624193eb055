package org.curvature4j.plot;

import java.awt.Color;
import java.awt.Dimension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.internal.text.Arguments;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.plot.Legend.Entry;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The gradient's norm, on a logarithmic axis, against iterations: a line that bends down is convergence faster than
 * linear. Where one method takes many times the iterations of the others, a second panel shows all of it on logarithmic
 * axes, and the first its beginning.
 */
public final class ConvergencePlot {
    private static final Dimension SINGLE = new Dimension(900, 620);
    private static final Dimension PAIR = new Dimension(1240, 620);
    private static final int MOST_CURVES = 4;
    private static final List<Color> COLORS = List.of(Theme.NEAR_ZERO, Theme.POSITIVE, Theme.NEGATIVE, Theme.SADDLE);
    private static final List<Marker> MARKERS =
            List.of(SeriesMarkers.CIRCLE, SeriesMarkers.DIAMOND, SeriesMarkers.SQUARE, SeriesMarkers.TRIANGLE_UP);

    /** Times the iterations of the others from which on a method gets the second panel. */
    private static final int MANY = 3;

    /** Curves with more points have no markers, nor has a logarithmic axis of iterations, where they'd hide each other. */
    private static final int MOST_MARKERS = 80;

    private ConvergencePlot() {}

    /**
     * Draws the methods together.
     *
     * @param runs one to four
     * @param title heading of the figure
     * @param caption second line; may be empty
     * @throws IllegalArgumentException if there are no runs, or more than four
     */
    public static Figure of(List<Convergence> runs, String title, String caption) {
        Arguments.requireGiven("runs", runs);
        Arguments.refuseIf(runs.isEmpty() || runs.size() > MOST_CURVES, "runs", "1 to " + MOST_CURVES, runs.size());
        int[] lengths = runs.stream().mapToInt(Convergence::iterations).sorted().toArray();
        int longest = Math.max(1, lengths[lengths.length - 1]);
        int others = lengths.length == 1 ? longest : Math.max(4, lengths[lengths.length - 2]);
        boolean pair = longest > MANY * others;
        int shown = pair ? others * 5 / 4 : longest;
        Axis norms = normAxis(runs);
        List<PlotPanel> panels = new ArrayList<>();
        double margin = 0.02 * shown;
        Axis first = Axis.linear("iterations", -margin, shown + margin, 8).whole();
        panels.add(panel(pair ? "The first " + shown : "", first, norms, curves(runs, norms, shown, 0)));
        if (pair) {
            panels.add(panel("All", countAxis(longest), norms, curves(runs, norms, longest, 1)));
        }
        Legend legend = new Legend(IntStream.range(0, runs.size())
                .mapToObj(i -> entry(runs.get(i), i, shown))
                .toList());
        return new Figure(title, caption, legend, List.of(panels), pair ? PAIR : SINGLE);
    }

    /** By what the first panel shows of the run: its markers, or where it has too many points for these its line. */
    private static Entry entry(Convergence run, int number, int shown) {
        return hasMarkers(inside(run, shown))
                ? Entry.marker(label(run), COLORS.get(number), MARKERS.get(number))
                : Entry.line(label(run), COLORS.get(number), Theme.CURVE);
    }

    /** How many points of a run, its start among them, a panel of so many iterations has. */
    private static int inside(Convergence run, int most) {
        return Math.min(run.gradientNorms().length, most + 1);
    }

    private static boolean hasMarkers(int points) {
        return points <= MOST_MARKERS;
    }

    private static String label(Convergence run) {
        return run.name() + ": " + Numbers.grouped(run.iterations())
                + (run.iterations() == 1 ? " iteration" : " iterations");
    }

    private static PlotPanel panel(String title, Axis horizontal, Axis vertical, List<Layer> layers) {
        return new PlotPanel(title, horizontal, vertical, layers, null, PlotPanel.Look.CHART, 0);
    }

    /**
     * @param most iterations shown
     * @param from the number of the start, 1 where the axis is logarithmic
     */
    private static List<Layer> curves(List<Convergence> runs, Axis norms, int most, int from) {
        List<Layer> layers = new ArrayList<>();
        for (int k = 0; k < runs.size(); k++) {
            double[] all = runs.get(k).gradientNorms();
            // One point beyond the panel, so that the line leaves it.
            int count = Math.min(all.length, most + 2);
            double[] x = new double[count];
            double[] y = new double[count];
            for (int i = 0; i < count; i++) {
                x[i] = i + from;
                y[i] = Math.max(all[i], norms.start());
            }
            layers.add(new SeriesLayer(1).line(x, y, COLORS.get(k), Theme.CURVE));
            int inside = inside(runs.get(k), most);
            if (hasMarkers(inside) && from == 0) {
                layers.add(new SeriesLayer(8)
                        .points(Arrays.copyOf(x, inside), Arrays.copyOf(y, inside), COLORS.get(k), MARKERS.get(k)));
            }
        }
        return layers;
    }

    /** From the smallest norm that isn't 0 to the largest; a norm of 0 is drawn at the lower end. */
    private static Axis normAxis(List<Convergence> runs) {
        double[] norms = runs.stream()
                .flatMapToDouble(run -> Arrays.stream(run.gradientNorms()))
                .filter(norm -> norm >= Scale.SMALLEST)
                .toArray();
        double low = Arrays.stream(norms).min().orElse(0.1);
        double high = Arrays.stream(norms).max().orElse(1);
        int bottom = (int) Math.floor(Math.log10(low)) - 1;
        int top = Math.max(bottom + 2, (int) Math.ceil(Math.log10(high)));
        return powers("norm of the gradient", bottom, top, Math.pow(10, bottom), 1.5 * Math.pow(10, top), 12);
    }

    private static Axis countAxis(int most) {
        int top = (int) Math.ceil(Math.log10(most + 1.0));
        return powers("iterations + 1 (logarithmic)", 0, top, 0.9, 1.3 * (most + 1), 8);
    }

    private static Axis powers(String title, int bottom, int top, double start, double end, int aboutTicks) {
        int step = Math.max(1, (top - bottom + aboutTicks - 1) / aboutTicks);
        List<Axis.Tick> ticks = new ArrayList<>();
        for (int power = top; power >= bottom; power -= step) {
            double at = Math.pow(10, power);
            if (at <= end) {
                ticks.add(new Axis.Tick(
                        at,
                        power >= 0 && bottom == 0
                                ? Numbers.plain(java.math.BigDecimal.TEN.pow(power))
                                : Decimals.powerOfTen(power)));
            }
        }
        return new Axis(title, start, end, List.copyOf(ticks), new AxisScale.Logarithmic());
    }
}
