package org.curvature4j.internal.blas;

import org.jspecify.annotations.Nullable;

/** Symmetric matrices, one after another; used by one thread. */
public interface SymmetricRoutine extends AutoCloseable {
    /**
     * @param matrices an order x order matrix from {@code start} on, finite, symmetric to the last bit and far from
     *     overflow; not modified
     * @param values takes the eigenvalues, ascending, from {@code valueStart} on
     * @param vectors takes one vector after the other, in the order of the values, from {@code start} on; null
     *     exactly when made for values only
     * @return whether the iteration converged
     */
    boolean solve(double[] matrices, int start, double[] values, int valueStart, double @Nullable [] vectors);

    /** Frees native memory, if there is any. */
    @Override
    default void close() {}
}
