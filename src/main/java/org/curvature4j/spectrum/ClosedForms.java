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

    private final int order;

    /**
     * @param order 0, 1 or 2
     */
    ClosedForms(int order) {
        this.order = order;
    }

    @Override
    public int solve(int count, double[] matrices, double[] largest, double[] values, double @Nullable [] vectors) {
        if (order == 1) {
            System.arraycopy(matrices, 0, values, 0, count);
            if (vectors != null) {
                Arrays.fill(vectors, 0, count, 1);
            }
        } else if (order == 2) {
            for (int i = 0; i < count; i++) {
                double a = matrices[4 * i];
                double b = matrices[4 * i + 1];
                double c = matrices[4 * i + 3];
                double tangent = tangent(0.5 * Math.abs(a - c), b);
                values[2 * i] = Math.min(a, c) - b * tangent;
                values[2 * i + 1] = Math.max(a, c) + b * tangent;
                if (vectors != null) {
                    rotate(a >= c, tangent, vectors, 4 * i);
                }
            }
        }
        return -1;
    }

    private static double tangent(double d, double b) {
        double divisor = d + Math.sqrt(d * d + b * b);
        // It is at least |b|, unless the squares underflow; and 0 only of a multiple of the identity.
        return b / Math.max(Math.max(divisor, Math.abs(b)), Double.MIN_NORMAL);
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

    @Override
    public void close() {
        // Has nothing to release.
    }
}
