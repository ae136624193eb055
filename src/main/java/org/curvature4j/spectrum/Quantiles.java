package org.curvature4j.spectrum;

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
