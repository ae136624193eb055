package org.curvature4j.spectrum;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Matrices of at most two rows, by formula.
 *
 * <p>Of [a b; b c] the eigenvalues are max(a, c) + b t and min(a, c) - b t, with t the tangent of the Jacobi rotation,
 * t = b / (d + sqrt(d^2 + b^2)) and d = |a - c| / 2 (Golub and Van Loan, Matrix Computations, fourth edition, section
 * 8.5.2). Nothing cancels in b t, so that small entries beside the diagonal count to their last bit, and a diagonal
 * matrix gives back its diagonal.
 */
final class ClosedForms implements SymmetricEigensolver {

    /** Matrices of two rows whose roots and quotients are taken by vector instructions at a time. */
    private static final int LANES = 256;

    private final int order;
    private final double[] first;
    private final double[] beside;
    private final double[] last;
    private final double[] tangents;
    private final double[] low;
    private final double[] high;
    private final double[] bounds;
    private final double[] largest;
    private final double[] unsafe;

    /** @param order 0, 1 or 2 */
    ClosedForms(int order) {
        this.order = order;
        int lanes = order == 2 ? LANES : 0;
        first = new double[lanes];
        beside = new double[lanes];
        last = new double[lanes];
        tangents = new double[lanes];
        low = new double[lanes];
        high = new double[lanes];
        bounds = new double[lanes];
        largest = new double[lanes];
        unsafe = new double[lanes];
    }

    @Override
    public int solve(int count, double[] matrices, double[] magnitudes, double[] values, double @Nullable [] vectors) {
        if (order == 1) {
            System.arraycopy(matrices, 0, values, 0, count);
            if (vectors != null) {
                Arrays.fill(vectors, 0, count, 1);
            }
        } else if (order == 2) {
            for (int from = 0; from < count; from += LANES) {
                solveSome(from, Math.min(LANES, count - from), matrices, values, vectors);
            }
        }
        return -1;
    }

    /**
     * The eigenvalues of matrices of two rows where all are ready as {@link MatrixPreparation#largestIfReady} has it: nearly
     * all are, and what is true of all is found faster than what is true of each.
     *
     * @return whether they are; if not, what was written has no meaning
     */
    boolean solveReady(int count, double[] matrices, double[] values, double[] errorBounds) {
        Arrays.fill(largest, 0);
        Arrays.fill(unsafe, 0);
        long different = 0;
        for (int from = 0; from < count; from += LANES) {
            int lanes = Math.min(LANES, count - from);
            different |= gather(from, lanes, matrices);
            Lanes.scales(largest, unsafe, first, beside, last, lanes);
            move(from, lanes, values);
            Lanes.rounding(bounds, low, high, lanes);
            System.arraycopy(bounds, 0, errorBounds, from, lanes);
        }
        double most = 0;
        double worst = 0;
        for (int lane = 0; lane < LANES; lane++) {
            most = Math.max(most, largest[lane]);
            worst = Math.max(worst, unsafe[lane]);
        }
        return different == 0 && worst == 0 && most <= MatrixPreparation.SAFE_MOST;
    }

    /** Lays matrices into the lanes; 0 if all are symmetric to the last bit. */
    private long gather(int from, int lanes, double[] matrices) {
        long different = 0;
        for (int lane = 0; lane < lanes; lane++) {
            int start = 4 * (from + lane);
            double above = matrices[start + 1];
            first[lane] = matrices[start];
            beside[lane] = above;
            last[lane] = matrices[start + 3];
            different |= Double.doubleToRawLongBits(above) ^ Double.doubleToRawLongBits(matrices[start + 2]);
        }
        return different;
    }

    /** The values of matrices that were gathered. */
    private void move(int from, int lanes, double[] values) {
        Lanes.tangent(tangents, first, last, beside, lanes);
        Lanes.moved(low, high, first, last, beside, tangents, lanes);
        for (int lane = 0; lane < lanes; lane++) {
            int start = 2 * (from + lane);
            values[start] = low[lane];
            values[start + 1] = high[lane];
        }
    }

    private void solveSome(int from, int lanes, double[] matrices, double[] values, double @Nullable [] vectors) {
        gather(from, lanes, matrices);
        move(from, lanes, values);
        for (int lane = 0; lane < lanes && vectors != null; lane++) {
            rotate(first[lane] >= last[lane], tangents[lane], vectors, 4 * (from + lane));
        }
    }

    /** The eigenvalues of one matrix, row after row, in place of its diagonal; as above, for a device. */
    static void solve(double[] matrix) {
        double a = matrix[0];
        double b = matrix[2];
        double c = matrix[3];
        double half = 0.5 * Math.abs(a - c);
        double divisor = half + Math.sqrt(half * half + b * b);
        double move = b * (b / Math.max(Math.max(divisor, Math.abs(b)), Double.MIN_NORMAL));
        matrix[0] = Math.min(a, c) - move;
        matrix[3] = Math.max(a, c) + move;
    }

    /** Puts the vector of the smaller value first. */
    private static void rotate(boolean firstIsLarger, double tangent, double[] vectors, int start) {
        double cosine = 1 / Math.sqrt(1 + tangent * tangent);
        double sine = cosine * tangent;
        vectors[start] = firstIsLarger ? -sine : cosine;
        vectors[start + 1] = firstIsLarger ? cosine : -sine;
        vectors[start + 2] = firstIsLarger ? cosine : sine;
        vectors[start + 3] = firstIsLarger ? sine : cosine;
    }
}
