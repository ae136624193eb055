package org.curvature4j.spectrum;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.curvature4j.internal.text.Arguments;

/**
 * How many eigenvalues lie where, over the whole range of float64, in fixed memory (256 KiB): eight bins of equal width
 * between a power of two and the next, for each sign, and one for zero. A value lies within 1/16 of its bin's middle,
 * relatively; below 2.2e-308 bins stay as wide as they are there.
 *
 * <p>The bins don't depend on the data and counting commutes: any order of adding and merging gives the same histogram.
 * Used by one thread at a time.
 */
public final class EigenvalueHistogram {

    /**
     * A range of eigenvalues and how many fell into it. The edge nearer to zero belongs to the bin, the other doesn't;
     * the bin of zero has 0 for both.
     *
     * @param lower the lower edge
     * @param upper the upper edge; infinite for the outermost bin, as -infinity is for a lower one
     * @param count how many, more than 0
     */
    public record Bin(double lower, double upper, long count) {}

    /** Bits of a float64 below its sign, its exponent and the leading three bits of its fraction, which name the bin. */
    private static final int SHIFT = 52 - 3;

    /** Bins of one sign: all finite magnitudes. Those of negative numbers come before the one of zero. */
    static final int BINS = 0x7ff << 3;

    /** Of both signs, and the one of zero in their middle. */
    static final int PLACES = 2 * BINS + 1;

    private final long[] counts = new long[PLACES];

    /**
     * Counts a number.
     *
     * @throws IllegalArgumentException if it is NaN or infinite
     */
    public void add(double value) {
        Arguments.refuseIf(!Double.isFinite(value), "histogram", "a finite number", value);
        counts[place(value)]++;
    }

    /** The place of a finite number's bin among all. */
    static int place(double value) {
        long bits = Double.doubleToRawLongBits(value);
        int away = value == 0 ? 0 : (int) ((bits & Long.MAX_VALUE) >>> SHIFT) + 1;
        int sign = (int) (bits >> 63);
        return BINS + (away ^ sign) - sign;
    }

    /** Counts the first numbers of an array, as {@link #add(double)} does. */
    void addAll(double[] values, int count) {
        for (int i = 0; i < count; i++) {
            add(values[i]);
        }
    }

    /** Counts what another one has counted. */
    public void merge(EigenvalueHistogram other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
    }

    /** Counts what an array has counted, of the bins in their order. */
    void addAll(long[] others, int from) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += others[from + i];
        }
    }

    /** How many numbers were counted. */
    public long total() {
        return Arrays.stream(counts).sum();
    }

    /** The bins that aren't empty, ascending. */
    public List<Bin> bins() {
        List<Bin> bins = new ArrayList<>();
        for (int place = -BINS; place <= BINS; place++) {
            if (count(place) > 0) {
                bins.add(new Bin(edge(place, place > 0 ? 0 : 1), edge(place, place > 0 ? 1 : 0), count(place)));
            }
        }
        return bins;
    }

    /** The count of a bin: 0 for that of zero, 1 and -1 for its neighbours, up to {@link #BINS}. */
    long count(int place) {
        return counts[BINS + place];
    }

    /** Adds to the count of a bin. */
    void add(int place, long count) {
        counts[BINS + place] += count;
    }

    /** The edge of a bin, the nearer one to zero with 0, the farther one with 1. */
    private static double edge(int place, int farther) {
        if (place == 0) {
            return 0;
        }
        double magnitude = Double.longBitsToDouble((Math.abs((long) place) - 1 + farther) << SHIFT);
        return place < 0 ? 0.0 - magnitude : magnitude;
    }

    @Override
    public String toString() {
        return "histogram of " + total() + " eigenvalues in " + bins().size() + " bins";
    }
}
