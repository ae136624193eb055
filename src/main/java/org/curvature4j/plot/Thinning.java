package org.curvature4j.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.curvature4j.internal.text.Numbers;

/** What a page leaves out of data that would make it too large, and what it says of that. */
final class Thinning {
    /** Points of a curve, of unconnected points or of a rug that a page takes. */
    static final int MOST_POINTS = 4_000;

    /** Points of a curve in many pieces, such as stems and lines of equal value. */
    static final int MOST_POINTS_IN_PIECES = 60_000;

    /** From so many points a piece on, on average, a curve is thinned as a whole. */
    private static final int SHORT_PIECE = 8;

    /** Cells a side that a page takes. */
    static final int MOST_SIDE = 256;

    private final List<String> notes = new ArrayList<>();

    /** What was left out, a sentence each; empty where nothing was. */
    List<String> notes() {
        return notes;
    }

    /**
     * The points to keep of so many: all, or in stretches of equal number the first, the lowest, the highest and the last,
     * so that no peak is lost.
     *
     * @param y their heights; what isn't finite is kept as the gap that it is
     */
    int[] points(double[] y) {
        long gaps = DoubleStream.of(y).filter(Double::isNaN).count();
        boolean pieces = gaps * SHORT_PIECE > y.length;
        if (y.length <= (pieces ? MOST_POINTS_IN_PIECES : MOST_POINTS)) {
            return IntStream.range(0, y.length).toArray();
        }
        return pieces ? pieces(y) : stretches(y);
    }

    /** One piece of so many in a row, each up to the gap behind it. */
    private int[] pieces(double[] y) {
        int each = (y.length + MOST_POINTS_IN_PIECES - 1) / MOST_POINTS_IN_PIECES;
        IntStream.Builder kept = IntStream.builder();
        int piece = 0;
        for (int i = 0; i < y.length; i++) {
            if (piece % each == 0) {
                kept.add(i);
            }
            piece += Double.isNaN(y[i]) ? 1 : 0;
        }
        note("lines in many pieces are thinned: one piece of " + each + " is kept");
        return kept.build().toArray();
    }

    private int[] stretches(double[] y) {
        int stretches = MOST_POINTS / 4;
        IntStream.Builder kept = IntStream.builder();
        for (int stretch = 0; stretch < stretches; stretch++) {
            int from = (int) ((long) stretch * y.length / stretches);
            int to = (int) ((long) (stretch + 1) * y.length / stretches);
            int low = from;
            int high = from;
            int gap = from;
            for (int i = from; i < to; i++) {
                low = !(y[low] <= y[i]) && !Double.isNaN(y[i]) ? i : low;
                high = !(y[high] >= y[i]) && !Double.isNaN(y[i]) ? i : high;
                gap = Double.isNaN(y[i]) ? i : gap;
            }
            kept.add(from).add(low).add(high).add(gap).add(to - 1);
        }
        int[] indices = kept.build().sorted().distinct().toArray();
        note(Numbers.grouped(y.length) + " points are thinned to " + Numbers.grouped(indices.length)
                + ": of each stretch the lowest and the highest are kept");
        return indices;
    }

    /** How many cells become one along a side of so many. */
    static int step(int side) {
        return (side + MOST_SIDE - 1) / MOST_SIDE;
    }

    /** The cells to keep along a side of so many: every so many-th from half a step on. */
    static int[] every(int side) {
        int step = step(side);
        return IntStream.range(0, (side + step - 1) / step)
                .map(i -> Math.min(side - 1, i * step + step / 2))
                .toArray();
    }

    /** Tells of cells that were left out, if they were. */
    void cells(int columns, int rows) {
        if (step(columns) > 1 || step(rows) > 1) {
            note(Numbers.grouped(columns) + " by " + Numbers.grouped(rows) + " cells are thinned to "
                    + every(columns).length + " by " + every(rows).length + ": one of each "
                    + step(columns) + " by " + step(rows) + " is kept, as it is");
        }
    }

    private void note(String sentence) {
        if (!notes.contains(sentence)) {
            notes.add(sentence);
        }
    }
}
