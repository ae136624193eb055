package org.curvature4j.internal.cli.report;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.stream.RowSink;
import org.jspecify.annotations.Nullable;

/** Looks at results on their way to a file: the smallest and largest, and which aren't finite. Thread-safe. */
public final class Range implements RowSink {
    private final RowSink sink;
    private final long length;
    private double smallest = Double.POSITIVE_INFINITY;
    private double largest = Double.NEGATIVE_INFINITY;
    private long notFinite;
    private long firstNotFinite = Long.MAX_VALUE;

    /**
     * Begins, or goes on.
     *
     * @param length numbers a row
     * @param state as {@link #state} gave it, or null
     */
    public Range(RowSink sink, long length, long @Nullable [] state) {
        this.sink = sink;
        this.length = length;
        if (state != null) {
            if (state.length != 4 || state[2] < 0) {
                throw new IllegalArgumentException("journal: expected the range of the numbers so far, got "
                        + Arrays.toString(state) + " (delete it to begin anew)");
            }
            smallest = Double.longBitsToDouble(state[0]);
            largest = Double.longBitsToDouble(state[1]);
            notFinite = state[2];
            firstNotFinite = state[3];
        }
    }

    /** All that is known, to go on from. */
    public synchronized long[] state() {
        return new long[] {
            Double.doubleToLongBits(smallest), Double.doubleToLongBits(largest), notFinite, firstNotFinite
        };
    }

    /** That of two ranges of results, from theirs. */
    public static long[] joined(long[] one, long[] other) {
        RowSink nowhere = (first, count, rows) -> {};
        Range all = new Range(nowhere, 0, one);
        Range more = new Range(nowhere, 0, other);
        all.merge(more.smallest, more.largest, more.notFinite, more.firstNotFinite);
        return all.state();
    }

    @Override
    public void write(long first, int count, double[] rows) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        long bad = 0;
        long firstBad = Long.MAX_VALUE;
        for (int row = 0; row < count; row++) {
            boolean finite = true;
            int end = (int) ((row + 1) * length);
            for (int i = (int) (row * length); i < end; i++) {
                double value = rows[i];
                if (Double.isFinite(value)) {
                    low = Math.min(low, value);
                    high = Math.max(high, value);
                } else {
                    finite = false;
                }
            }
            if (!finite) {
                bad++;
                firstBad = Math.min(firstBad, first + row);
            }
        }
        sink.write(first, count, rows);
        merge(low, high, bad, firstBad);
    }

    private synchronized void merge(double low, double high, long bad, long firstBad) {
        smallest = Math.min(smallest, low);
        largest = Math.max(largest, high);
        notFinite += bad;
        firstNotFinite = Math.min(firstNotFinite, firstBad);
    }

    /** The range in words, to stand behind a shape: {@code , from -1 to 2}; empty where there are no finite numbers. */
    public synchronized String words() {
        return smallest > largest ? "" : ", from " + Numbers.brief(smallest) + " to " + Numbers.brief(largest);
    }

    /** Whether all results so far are. */
    public synchronized boolean isFinite() {
        return notFinite == 0;
    }

    /** Adds what isn't finite, if anything is. */
    public synchronized void describe(Report report) {
        if (notFinite > 0) {
            report.line(
                    "attention",
                    Words.count(notFinite, "result") + " with NaN or infinity, the first at point " + firstNotFinite);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        if (smallest <= largest) {
            fields.put("smallest", smallest);
            fields.put("largest", largest);
        }
        fields.put("notFinite", notFinite);
        report.field("values", fields);
    }
}
