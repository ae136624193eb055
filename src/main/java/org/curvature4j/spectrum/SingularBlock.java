package org.curvature4j.spectrum;

import org.curvature4j.internal.blas.Recomputation;
import org.jspecify.annotations.Nullable;

/** Matrices of one shape solved one after another by one thread, with what is asked of their numbers. */
final class SingularBlock implements AutoCloseable {
    private final int rows;
    private final int columns;
    private final Precision precision;
    private final VerifiedSingular solver;

    SingularBlock(int rows, int columns, Precision precision, boolean vectors) {
        this.rows = rows;
        this.columns = columns;
        this.precision = precision;
        this.solver = new VerifiedSingular(rows, columns, vectors);
    }

    /**
     * Solves matrix {@code i} of a block.
     *
     * @param first index of the block's first matrix, for messages
     * @param values takes the singular values, rounded to the precision, at the matrix' place
     * @throws IllegalArgumentException naming a matrix with an entry that isn't finite
     * @throws UnverifiedResultException naming one that neither LAPACK nor Java code decomposes
     */
    void solve(
            double[] matrices,
            int i,
            long first,
            double[] values,
            double @Nullable [] left,
            double @Nullable [] right) {
        int size = rows * columns;
        int count = Math.min(rows, columns);
        for (int k = 0; k < size; k++) {
            if (!Double.isFinite(matrices[i * size + k])) {
                throw new IllegalArgumentException("matrix " + (first + i) + ": expected finite entries, got "
                        + matrices[i * size + k] + " at [" + k / columns + ", " + k % columns + "]");
            }
        }
        if (!solver.decompose(matrices, i * size, values, i * count, left, right)) {
            throw Recomputation.refusal(
                    "matrix " + (first + i), "singular values", "LAPACK's dgesdd and from Java code");
        }
        for (int k = i * count; k < (i + 1) * count; k++) {
            values[k] = precision.round(values[k]);
            if (!Double.isFinite(values[k])) {
                throw new IllegalArgumentException("matrix " + (first + i) + ": expected singular values within "
                        + precision + ", got one that overflows (scale the matrix)");
            }
        }
    }

    /** The logarithm of |det| and the sign of a square matrix of the block. */
    double[] logDeterminant(double[] matrices, int i) {
        return solver.logDeterminant(matrices, i * rows * columns);
    }

    @Override
    public void close() {
        solver.close();
    }
}
