package org.curvature4j.spectrum;

import java.util.Arrays;

/**
 * Quantiles of any number of numbers in a megabyte or two: counts of equal sign, power of two and leading six bits behind
 * it, so that a quantile is right to 1 part in 128; the extremes are kept exactly.
 */
final class Quantiles {
    private static final int SHIFT = 46;
    private static final int BINS = 1 << 18;
    private static final int POSITIVE = BINS / 2;

    private final long[] counts = new long[BINS];
    private long size;
    private double smallest = Double.POSITIVE_INFINITY;
    private double largest = Double.NEGATIVE_INFINITY;

    /** @param number not NaN; infinities are numbers like others */
    void add(double number) {
        int magnitude = (int) ((Double.doubleToRawLongBits(number) & Long.MAX_VALUE) >>> SHIFT);
        counts[number < 0 ? POSITIVE - 1 - magnitude : POSITIVE + magnitude]++;
        size++;
        smallest = Math.min(smallest, number);
        largest = Math.max(largest, number);
    }

    /** Adds all that other ones were made of. */
    void merge(Quantiles other) {
        for (int bin = 0; bin < BINS; bin++) {
            counts[bin] += other.counts[bin];
        }
        size += other.size;
        smallest = Math.min(smallest, other.smallest);
        largest = Math.max(largest, other.largest);
    }

    /** Adds all that these know: the extremes, and of each bin that isn't empty its place and count. */
    void writeTo(StateWriter state) {
        state.addAll(smallest, largest);
        state.add(Arrays.stream(counts).filter(count -> count > 0).count());
        for (int bin = 0; bin < BINS; bin++) {
            if (counts[bin] > 0) {
                state.add(bin);
                state.add(counts[bin]);
            }
        }
    }

    /** What {@link #writeTo} wrote. */
    static Quantiles read(StateReader state) {
        Quantiles quantiles = new Quantiles();
        quantiles.smallest = state.nextDouble();
        quantiles.largest = state.nextDouble();
        long previous = -1;
        for (long left = state.count(); left > 0; left--) {
            long bin = state.next(previous + 1, BINS - 1L);
            quantiles.counts[(int) bin] = state.next(1, Long.MAX_VALUE);
            quantiles.size += quantiles.counts[(int) bin];
            previous = bin;
        }
        return quantiles;
    }

    double smallest() {
        return smallest;
    }

    double largest() {
        return largest;
    }

    /** The lower median; NaN of none. */
    double median() {
        long rest = (size + 1) / 2;
        int bin = -1;
        while (rest > 0) {
            rest -= counts[++bin];
        }
        if (bin < 0) {
            return Double.NaN;
        }
        double middle = bin < POSITIVE ? -middle(POSITIVE - 1 - bin) : middle(bin - POSITIVE);
        return Math.max(smallest, Math.min(largest, middle));
    }

    private static double middle(int magnitude) {
        long start = (long) magnitude << SHIFT;
        boolean exact = magnitude == 0 || magnitude >= Double.doubleToRawLongBits(Double.POSITIVE_INFINITY) >>> SHIFT;
        return Double.longBitsToDouble(exact ? start : start | 1L << (SHIFT - 1));
    }
}
