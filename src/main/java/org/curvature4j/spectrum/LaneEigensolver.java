package org.curvature4j.spectrum;

import org.jspecify.annotations.Nullable;

/**
 * Many small matrices at once: arithmetic goes across the batch, one matrix a lane of the processor's vector
 * instructions, and needs neither a call nor a copy a matrix.
 *
 * <p>Householder tridiagonalisation and QR with shifts. Eigenvalues are those of the square-root-free iteration with or
 * without vectors, to the last bit: the vectors follow its rotations. A matrix is first multiplied by the power of two
 * that brings its largest entry between 1 and 2, so that constants of the iteration don't depend on its scale.
 */
final class LaneEigensolver implements SymmetricEigensolver {

    /**
     * The largest order that is solved this way. Measured against dsyevd, one thread of an AMD EPYC with AVX-512, random
     * matrices: 4 to 5 times as fast at orders 3 to 11, 3 times at 32 (with vectors 2.3 times), at 48 still 2.7 and 1.5
     * times. But until HotSpot has compiled the loops, LAPACK is faster, the more so the larger the matrix.
     */
    static final int LARGEST_ORDER = 32;

    /** Matrices solved at once, enough for the ends of loops not to matter, few enough for a core's cache. */
    static final int MOST_LANES = 64;

    private final int order;
    private final int capacity;
    private final LaneHouseholder householder;
    private final @Nullable LaneVectors vectors;
    private final LaneQr qr;
    private final int[] exponents;
    private final int[] places;

    /**
     * @param order rows of a matrix, at least 3
     * @param count the most matrices that will be solved at once
     */
    LaneEigensolver(int order, int count, boolean vectors) {
        this.order = order;
        int lanes = Math.max(1, Math.min(MOST_LANES, count));
        capacity = lanes;
        householder = new LaneHouseholder(order, lanes);
        this.vectors = vectors ? new LaneVectors(order, lanes) : null;
        qr = new LaneQr(order, lanes, this.vectors);
        exponents = new int[lanes];
        places = new int[order];
    }

    @Override
    public int solve(int count, double[] matrices, double[] largest, double[] values, double @Nullable [] vectorsOut) {
        int blocks = (count + capacity - 1) / capacity;
        int most = blocks == 0 ? 0 : (count + blocks - 1) / blocks;
        for (int first = 0; first < count; first += most) {
            int lanes = Math.min(most, count - first);
            int stuck = solveLanes(lanes, matrices, largest, first);
            if (stuck >= 0) {
                return first + stuck;
            }
            if (vectors != null && vectorsOut != null) {
                for (int lane = 0; lane < lanes; lane++) {
                    sortPlaces(lane);
                    store(lane, first + lane, values, vectors, vectorsOut);
                }
            } else {
                store(lanes, first, values);
            }
        }
        return -1;
    }

    private int solveLanes(int lanes, double[] matrices, double[] largest, int first) {
        int size = order * order;
        for (int lane = 0; lane < lanes; lane++) {
            // The power of two that brings the largest entry between 1 and 2.
            int exponent = largest[first + lane] == 0 ? 0 : Math.getExponent(largest[first + lane]);
            exponents[lane] = exponent;
            householder.load(lane, matrices, (first + lane) * size, power(-exponent));
        }
        householder.reduce(qr.matrices(), lanes);
        if (vectors != null) {
            vectors.start(householder, lanes);
        }
        return qr.run(lanes);
    }

    /** Two to a power in the range of normal numbers. */
    private static double power(int exponent) {
        return Double.longBitsToDouble((long) (exponent + Double.MAX_EXPONENT) << 52);
    }

    /** Sorts all lanes by exchanges of neighbours, without a branch, and hands the values on. */
    private void store(int lanes, int first, double[] target) {
        double[][] rows = qr.values;
        for (int i = 1; i < order; i++) {
            for (int j = i; j > 0; j--) {
                Lanes.order(rows[j - 1], rows[j], lanes);
            }
        }
        for (int lane = 0; lane < lanes; lane++) {
            double scale = power(exponents[lane]);
            int start = (first + lane) * order;
            for (int k = 0; k < order; k++) {
                target[start + k] = rows[k][lane] * scale;
            }
        }
    }

    /** Insertion: values come out of the iteration nearly in order. */
    private void sortPlaces(int lane) {
        double[][] rows = qr.values;
        for (int k = 0; k < order; k++) {
            double value = rows[k][lane];
            int place = k;
            while (place > 0 && rows[places[place - 1]][lane] > value) {
                places[place] = places[place - 1];
                place--;
            }
            places[place] = k;
        }
    }

    private void store(int lane, int index, double[] values, LaneVectors from, double[] target) {
        double scale = power(exponents[lane]);
        for (int k = 0; k < order; k++) {
            int start = (index * order + k) * order;
            values[index * order + k] = qr.values[places[k]][lane] * scale;
            for (int row = 0; row < order; row++) {
                target[start + row] = from.component(row, places[k])[lane];
            }
        }
    }
}
