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
    private final double[] half;
    private final double[] beside;
    private final double[] tangents;

    /** @param order 0, 1 or 2 */
    ClosedForms(int order) {
        this.order = order;
        int lanes = order == 2 ? LANES : 0;
        half = new double[lanes];
        beside = new double[lanes];
        tangents = new double[lanes];
    }

    @Override
    public int solve(int count, double[] matrices, double[] largest, double[] values, double @Nullable [] vectors) {
        if (order == 1) {
            System.arraycopy(matrices, 0, values, 0, count);
            if (vectors != null) {
                Arrays.fill(vectors, 0, count, 1);
            }
        } else if (order == 2) {
            for (int first = 0; first < count; first += LANES) {
                solveSome(first, Math.min(LANES, count - first), matrices, values, vectors);
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
        for (int first = 0; first < count; first += LANES) {
            int lanes = Math.min(LANES, count - first);
            if (!gather(first, lanes, matrices)) {
                return false;
            }
            move(first, lanes, matrices, values);
            for (int i = first; i < first + lanes; i++) {
                errorBounds[i] = Precision.DOUBLE.rounding(2, values[2 * i], values[2 * i + 1]);
            }
        }
        return true;
    }

    /** The values of matrices that were gathered. */
    private void move(int first, int lanes, double[] matrices, double[] values) {
        Lanes.tangent(tangents, half, beside, lanes);
        for (int lane = 0; lane < lanes; lane++) {
            int start = 4 * (first + lane);
            double move = beside[lane] * tangents[lane];
            // No zero is negative.
            values[start / 2] = Math.min(matrices[start], matrices[start + 3]) - move + 0.0;
            values[start / 2 + 1] = Math.max(matrices[start], matrices[start + 3]) + move + 0.0;
        }
    }

    /** Lays matrices into the lanes; whether all are ready. */
    private boolean gather(int first, int lanes, double[] matrices) {
        long different = 0;
        long unsafe = 0;
        for (int lane = 0; lane < lanes; lane++) {
            int start = 4 * (first + lane);
            double a = matrices[start];
            double b = matrices[start + 1];
            double c = matrices[start + 3];
            long largest = Math.max(
                    MatrixPreparation.magnitude(b),
                    Math.max(MatrixPreparation.magnitude(a), MatrixPreparation.magnitude(c)));
            different |= Double.doubleToRawLongBits(b) ^ Double.doubleToRawLongBits(matrices[start + 2]);
            unsafe |= MatrixPreparation.unsafe(largest);
            beside[lane] = b;
            half[lane] = 0.5 * Math.abs(a - c);
        }
        return different == 0 && unsafe >= 0;
    }

    private void solveSome(int first, int lanes, double[] matrices, double[] values, double @Nullable [] vectors) {
        gather(first, lanes, matrices);
        move(first, lanes, matrices, values);
        for (int lane = 0; lane < lanes && vectors != null; lane++) {
            int start = 4 * (first + lane);
            rotate(matrices[start] >= matrices[start + 3], tangents[lane], vectors, start);
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
