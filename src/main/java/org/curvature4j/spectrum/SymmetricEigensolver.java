package org.curvature4j.spectrum;

import org.jspecify.annotations.Nullable;

/**
 * Solves blocks of small symmetric eigenproblems of one order: by formula, across the batch, or by LAPACK.
 *
 * <p>An implementation may assume finite, exactly symmetric matrices whose largest entry lies far from overflow and
 * underflow ({@link SymmetricBlockSolver} sees to that), owes backward-stable results, and must treat each matrix alone:
 * the bits of a result never depend on a matrix's place in the block. Used by one thread at a time.
 */
interface SymmetricEigensolver extends AutoCloseable {

    /**
     * Solves the first {@code count} matrices.
     *
     * @param count how many matrices
     * @param matrices each order x order, one after the other; not modified
     * @param largest the largest magnitude in each matrix
     * @param values receives the eigenvalues of each matrix, ascending, one matrix after the other
     * @param vectors receives the orthonormal eigenvectors, each one's components contiguous, in the order of the
     *     values, either sign; null exactly when the solver was made for values only
     * @return the index in the block of the first matrix without a result that fits it, or -1 if all were
     */
    int solve(int count, double[] matrices, double[] largest, double[] values, double @Nullable [] vectors);

    /** Releases native memory, if there is any. */
    @Override
    default void close() {}

    /**
     * The best solver here for matrices of this order. Close it.
     *
     * @param order rows of a matrix; it alone decides which solver, so that a matrix has the same bits alone and in a batch
     * @param capacity the most matrices to be solved at once
     */
    static SymmetricEigensolver of(int order, int capacity, boolean vectors) {
        if (order <= 2) {
            return new ClosedForms(order);
        }
        return order <= LaneEigensolver.LARGEST_ORDER
                ? new LaneEigensolver(order, capacity, vectors)
                : new VerifiedEigensolver(order, vectors);
    }
}
