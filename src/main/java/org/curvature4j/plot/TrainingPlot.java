package org.curvature4j.plot;

import java.awt.Dimension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.curvature4j.internal.text.Arguments;
import org.curvature4j.plot.Legend.Entry;

/** How the loss fell while a net was trained: a curve for the data trained on, and a dashed one for data held out. */
public final class TrainingPlot {
    private static final Dimension SIZE = new Dimension(820, 540);
    private static final double MARGIN = 0.05;

    private TrainingPlot() {}

    /**
     * Draws the losses; index 0 is the start.
     *
     * @param train after each epoch, finite
     * @param heldOut the same, as many; or none
     * @param title heading of the figure
     * @param caption second line; may be empty
     * @throws IllegalArgumentException if there are none, or not as many
     */
    public static Figure of(double[] train, double[] heldOut, String title, String caption) {
        Checks.finite("losses", train);
        Arguments.requireGiven("held-out losses", heldOut);
        if (heldOut.length > 0 && heldOut.length != train.length) {
            throw new IllegalArgumentException(
                    "held-out losses: expected " + train.length + " or none, got " + heldOut.length);
        }
        double[] epochs = new double[train.length];
        Arrays.setAll(epochs, i -> i);
        double last = Math.max(1, train.length - 1);
        Axis horizontal = Axis.linear("epoch", -0.02 * last, 1.02 * last, 10).whole();
        List<Layer> layers = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        layers.add(new SeriesLayer(0).line(epochs, train, Theme.POSITIVE, Theme.CURVE));
        entries.add(Entry.line("data trained on", Theme.POSITIVE, Theme.CURVE));
        if (heldOut.length > 0) {
            layers.add(new DashedCurve(epochs, heldOut, Theme.NEGATIVE));
            entries.add(Entry.line("data held out", Theme.NEGATIVE, Theme.DASHED_CURVE));
        }
        PlotPanel panel = new PlotPanel("", horizontal, losses(train, heldOut), layers, null, PlotPanel.Look.CHART, 0);
        return new Figure(title, caption, new Legend(entries), List.of(List.of(panel)), SIZE);
    }

    /** From 0, which no loss here is below. */
    private static Axis losses(double[] train, double[] heldOut) {
        double high = DoubleStream.concat(Arrays.stream(train), Arrays.stream(heldOut))
                .filter(Checks::isDrawable)
                .max()
                .orElse(1);
        double top = high > 0 ? high : 1;
        return Axis.linear("mean loss", -MARGIN * top, (1 + MARGIN) * top, 8);
    }
}
