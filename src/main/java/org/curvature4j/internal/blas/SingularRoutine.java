package org.curvature4j.internal.blas;

import org.jspecify.annotations.Nullable;

/** Matrices of any shape, one after another; used by one thread. */
public interface SingularRoutine extends AutoCloseable {
    /**
     * @param matrices row-major, the matrix from {@code start} on, finite; not modified
     * @param values takes the singular values, descending, from {@code valueStart} on
     * @param left takes [m, k] from its start, or null without vectors
     * @param right takes [k, n], the transpose of the right vectors, or null
     * @return whether the iteration converged
     */
    boolean decompose(
            double[] matrices,
            int start,
            double[] values,
            int valueStart,
            double @Nullable [] left,
            double @Nullable [] right);

    /**
     * Factors a square matrix' transpose with row exchanges.
     *
     * @param factors takes, column by column, U from the diagonal up and L, whose diagonal is 1, below it
     * @param pivots takes of each step the row that it exchanged its own with, counted from 1
     */
    void factor(double[] matrices, int start, double[] factors, int[] pivots);

    /** Frees native memory, if there is any. */
    @Override
    default void close() {}
}
