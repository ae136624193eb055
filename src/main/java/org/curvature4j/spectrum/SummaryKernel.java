package org.curvature4j.spectrum;

import org.curvature4j.internal.gpu.ptx.Threads;

/**
 * What {@link SpectraSummary} does with a tile of spectra, on the device where these are. Counts are made in several copies,
 * by turns of the blocks, so that threads seldom wait for one another; whole numbers add up to the same in any order.
 */
final class SummaryKernel {

    /** Threads of a block; a power of two, for its extremes are found by halving. */
    static final int BLOCK = 256;

    static final int COPIES = 32;

    /** Numbers of a copy: how many matrices can't be told of, the classes, the bins. */
    static final int UNSOLVED = 0;

    static final int FIRST_CLASS = 1;
    static final int FIRST_BIN = FIRST_CLASS + ClassKernel.CLASSES;
    static final int WIDTH = FIRST_BIN + EigenvalueHistogram.PLACES;

    /** Of a block: the smallest eigenvalue negated, the largest and the worst condition, each before its matrix. */
    static final int EXTREMES = 6;

    private SummaryKernel() {}

    /**
     * Adds a spectrum a thread.
     *
     * @param spectra in planes, as {@link EigenvalueKernel} leaves them
     * @param tolerance magnitude up to which an eigenvalue counts as zero; negative for a multiple of the error bound
     * @param multiple that one
     * @param counts {@link #COPIES} of {@link #WIDTH} numbers
     * @param extremes takes {@link #EXTREMES} numbers a block, NaN and anything where there is none; matrices are counted
     *     from the tile's first
     */
    static void run(
            double[] spectra,
            long stride,
            long count,
            double tolerance,
            double multiple,
            long[] counts,
            double[] extremes,
            int order) {
        double[] shared = Threads.shared(EXTREMES * BLOCK);
        int thread = Threads.inBlock();
        long index = Threads.index();
        shared[thread] = Double.NaN;
        shared[2 * BLOCK + thread] = Double.NaN;
        shared[4 * BLOCK + thread] = Double.NaN;
        if (index < count) {
            int at = (int) index;
            double errorBound = spectra[order * (int) stride + at];
            long[] copy = Threads.from(counts, Threads.block() % COPIES * WIDTH);
            if (errorBound >= 0) {
                double zero = tolerance >= 0 ? tolerance : multiple * errorBound;
                count(spectra, (int) stride, at, order, zero, errorBound, copy);
                shared[thread] = -spectra[at];
                shared[BLOCK + thread] = at;
                shared[2 * BLOCK + thread] = spectra[(order - 1) * (int) stride + at];
                shared[3 * BLOCK + thread] = at;
                shared[4 * BLOCK + thread] = condition(spectra, at, (int) stride, order, zero + errorBound);
                shared[5 * BLOCK + thread] = at;
            } else {
                Threads.add(copy, UNSOLVED, 1);
            }
        }
        for (int half = BLOCK / 2; half > 0; half /= 2) {
            Threads.barrier();
            if (thread < half) {
                for (int which = 0; which < EXTREMES; which += 2) {
                    take(shared, which * BLOCK + thread, which * BLOCK + thread + half);
                }
            }
        }
        if (thread == 0) {
            for (int which = 0; which < EXTREMES; which++) {
                extremes[(int) Threads.block() * EXTREMES + which] = shared[which * BLOCK];
            }
        }
    }

    /** Puts the sums of all copies into the first, a place a thread. */
    static void merge(long[] counts) {
        int place = (int) Threads.index();
        if (place < WIDTH) {
            long sum = 0;
            for (int copy = 0; copy < COPIES; copy++) {
                sum += counts[copy * WIDTH + place];
            }
            counts[place] = sum;
        }
    }

    private static void count(
            double[] spectra, int stride, int at, int order, double tolerance, double errorBound, long[] counts) {
        Threads.add(counts, FIRST_CLASS + ClassKernel.of(spectra, at, stride, order, tolerance, errorBound), 1);
        for (int k = 0; k < order; k++) {
            Threads.add(counts, FIRST_BIN + EigenvalueHistogram.place(spectra[k * stride + at]), 1);
        }
    }

    /** The condition among what surely isn't zero; NaN where that is nothing. */
    static double condition(double[] values, int start, int stride, int order, double sure) {
        double high = Math.max(Math.abs(values[start]), Math.abs(values[start + (order - 1) * stride]));
        return high > sure ? high / least(values, start, stride, order, high, sure) : Double.NaN;
    }

    /** The least magnitude above a limit, if it is below another number; else that number. */
    static double least(double[] values, int start, int stride, int order, double high, double sure) {
        double low = high;
        for (int k = 0; k < order; k++) {
            double magnitude = Math.abs(values[start + k * stride]);
            if (magnitude > sure && magnitude < low) {
                low = magnitude;
            }
        }
        return low;
    }

    /** The larger one of two extremes to the first, of a tie the one that comes first; NaN is none. */
    private static void take(double[] extremes, int first, int second) {
        double mine = extremes[first];
        double other = extremes[second];
        boolean none = Double.isNaN(mine);
        if (other > mine
                || (none && !Double.isNaN(other))
                || (other == mine && extremes[BLOCK + second] < extremes[BLOCK + first])) {
            extremes[first] = other;
            extremes[BLOCK + first] = extremes[BLOCK + second];
        }
    }
}
