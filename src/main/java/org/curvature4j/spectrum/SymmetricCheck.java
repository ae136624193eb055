package org.curvature4j.spectrum;

import org.jspecify.annotations.Nullable;

/**
 * Whether eigenvalues and vectors fit their symmetric matrix A of n rows, at a small part of the cost of finding them.
 *
 * <p>Backward-stable results are those of a matrix A + E with |E| at most p(n) eps |A|, p modest (LAPACK Users' Guide, third
 * edition, section 4.7); with |A| the Frobenius norm and c n for p, c = {@value #FACTOR}, follow
 *
 * <ul>
 *   <li>the sum of the values is the trace to sqrt(n) |E|, the sum of their squares |A|^2 to 2 |A| |E|;
 *   <li>with vectors V and values L, (A + s) x = V (L + s) V'x to |E| |x| and s |V V' - 1| |x|, for a probe x. The shift s
 *       = |A| makes vectors count whose values are 0, so that this holds only of a full set of orthonormal vectors.
 * </ul>
 *
 * Used by one thread.
 */
final class SymmetricCheck {
    /** LAPACK's own tests of these routines allow 30 to 50; see the table of what was measured in docs/linear-algebra.md. */
    private static final double FACTOR = 4;

    private final int n;
    private final double[] probe;
    private final double probeNorm;
    private final double[] difference;

    SymmetricCheck(int order) {
        n = order;
        probe = CheckVector.ofLength(order);
        probeNorm = CheckVector.norm(probe);
        difference = new double[order];
    }

    /**
     * What is off, over what rounding explains: above 1, or NaN, for a result that is wrong.
     *
     * @param matrices the matrix from {@code start} on, its largest entry far from overflow and underflow
     * @param vectors one after the other from {@code start} on, or null
     * @param epsilon of the arithmetic that found the result
     */
    double excess(
            double[] matrices,
            int start,
            double[] values,
            int valueStart,
            double @Nullable [] vectors,
            double epsilon) {
        double trace = 0;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            if (i > 0 && !(values[valueStart + i] >= values[valueStart + i - 1])) {
                return Double.NaN;
            }
            trace += matrices[start + i * n + i];
            sum += values[valueStart + i];
        }
        double squares = CheckVector.dot(matrices, start, matrices, start, n * n);
        double valueSquares = CheckVector.dot(values, valueStart, values, valueStart, n);
        if (squares == 0 && valueSquares != 0) {
            return Double.NaN;
        }
        double norm = squares == 0 ? 1 : Math.sqrt(squares);
        double allowed = FACTOR * n * epsilon * norm;
        double excess = Math.max(
                Math.abs(sum - trace) / (Math.sqrt(n) * allowed),
                Math.abs(valueSquares - squares) / (2 * norm * allowed));
        return vectors == null
                ? excess
                : Math.max(excess, probed(matrices, start, values, valueStart, vectors, norm) / (allowed * probeNorm));
    }

    /** The norm of (A + s) x - V (L + s) V'x. */
    private double probed(
            double[] matrices, int start, double[] values, int valueStart, double[] vectors, double shift) {
        for (int i = 0; i < n; i++) {
            difference[i] = CheckVector.dot(matrices, start + i * n, probe, 0, n) + shift * probe[i];
        }
        for (int k = 0; k < n; k++) {
            int row = start + k * n;
            double factor = (values[valueStart + k] + shift) * CheckVector.dot(vectors, row, probe, 0, n);
            CheckVector.add(difference, -factor, vectors, row);
        }
        return CheckVector.norm(difference);
    }
}
