package org.curvature4j.spectrum;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Eigenvalues of many tridiagonal matrices, one a lane, by QR steps with Wilkinson's shift (Parlett, The Symmetric
 * Eigenvalue Problem, chapter 8). Each lane shrinks from the last row up, at its own pace; lanes that have nothing left
 * keep step with the others and do no harm.
 */
final class LaneQr {

    /** Steps a row until a matrix counts as one that doesn't converge, as in LAPACK; two and a half are usual. */
    static final int MOST_SWEEPS = 30;

    /**
     * An entry beside the diagonal is dropped when its square is at most this: 2^-56, of matrices whose largest entry
     * is between 1 and 2, moves an eigenvalue by at most a sixteenth of rounding ...
     */
    static final double NEGLIGIBLE_SQUARE = 0x1p-112;

    /** ... or this times the product of its neighbours on the diagonal, as in LAPACK. */
    static final double NEGLIGIBLE_RATIO = 0x1p-106;

    private final int order;
    private final LaneSweep sweep;
    private final @Nullable LaneVectors vectors;
    private LaneTridiagonal current;
    private LaneTridiagonal next;
    private final int[] active;
    private final double[] shift;
    private final double[] upper;
    private final double[] lower;
    private final double[] beside;
    private final double[] excess;
    private final double[] distance;

    /** The eigenvalues of each lane in any order, filled by {@link #run}; where there are vectors, in the order of those. */
    final double[][] values;

    LaneQr(int order, int lanes, @Nullable LaneVectors vectors) {
        this.order = order;
        this.vectors = vectors;
        sweep = new LaneSweep(order, lanes, vectors != null);
        current = new LaneTridiagonal(order, lanes);
        next = new LaneTridiagonal(order, lanes);
        active = new int[lanes];
        shift = new double[lanes];
        upper = new double[lanes];
        lower = new double[lanes];
        beside = new double[lanes];
        excess = new double[lanes];
        distance = new double[lanes];
        values = new double[order][lanes];
    }

    /** Where to put the matrices. They get lost. */
    LaneTridiagonal matrices() {
        return current;
    }

    /**
     * Solves the first lanes.
     *
     * @return the first lane that doesn't converge, or -1 if all do
     */
    int run(int lanes) {
        Arrays.fill(active, 0, lanes, order - 1);
        for (int sweeps = 0; sweeps <= MOST_SWEEPS * order; sweeps++) {
            int last = deflate(lanes);
            if (last == 0) {
                return -1;
            }
            sweep.run(current, next, shift, active, last, lanes);
            if (vectors != null) {
                vectors.rotate(sweep, last, lanes);
            }
            LaneTridiagonal swept = next;
            next = current;
            current = swept;
        }
        int stuck = 0;
        while (active[stuck] == 0) {
            stuck++;
        }
        return stuck;
    }

    /** Takes off what has converged and chooses shifts; returns the largest last row that is still active. */
    private int deflate(int lanes) {
        for (int lane = 0; lane < lanes; lane++) {
            int k = Math.max(1, active[lane]);
            upper[lane] = current.diagonal[k - 1][lane];
            lower[lane] = current.diagonal[k][lane];
            beside[lane] = current.squares[k - 1][lane];
        }
        Lanes.excess(excess, beside, upper, lower, NEGLIGIBLE_SQUARE, NEGLIGIBLE_RATIO, lanes);
        Lanes.distance(distance, beside, upper, lower, lanes);
        int last = 0;
        for (int lane = 0; lane < lanes; lane++) {
            if (excess[lane] > 0) {
                shift[lane] = lower[lane] - Math.copySign(distance[lane], upper[lane] - lower[lane]);
            } else if (active[lane] > 0) {
                deflate(lane, active[lane]);
            }
            last = Math.max(last, active[lane]);
        }
        return last;
    }

    private void deflate(int lane, int converged) {
        double[][] diagonal = current.diagonal;
        int k = converged;
        while (k > 0 && isNegligible(current.squares[k - 1][lane], diagonal[k - 1][lane], diagonal[k][lane])) {
            // Adding 0 turns -0.0 into 0.0: sorted with and without vectors, all come out in the same order.
            values[k][lane] = diagonal[k][lane] + 0.0;
            diagonal[k][lane] = 0;
            current.squares[k - 1][lane] = 0;
            k--;
        }
        active[lane] = k;
        if (k == 0) {
            values[0][lane] = diagonal[0][lane] + 0.0;
            diagonal[0][lane] = 0;
            // With zeros all over, any shift but 0 keeps pivots away from 0.
            shift[lane] = 1;
        } else {
            double square = current.squares[k - 1][lane];
            double half = 0.5 * (diagonal[k - 1][lane] - diagonal[k][lane]);
            double distance = square / (Math.abs(half) + Math.sqrt(half * half + square));
            shift[lane] = diagonal[k][lane] - Math.copySign(distance, half);
        }
    }

    private static boolean isNegligible(double square, double upper, double lower) {
        return square <= NEGLIGIBLE_SQUARE || square <= NEGLIGIBLE_RATIO * Math.abs(upper * lower);
    }
}
