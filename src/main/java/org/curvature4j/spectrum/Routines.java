package org.curvature4j.spectrum;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decompositions as a library offers them, right or wrong: LAPACK's, or Java's that take their place. Nobody but
 * {@link Solvers} makes them, and none of their results leaves unchecked.
 */
interface Routines {
    /** For symmetric matrices of one order. Close it. */
    SymmetricRoutine symmetric(int order, boolean vectors);

    /** For matrices of one shape. Close it. */
    SingularRoutine singular(int rows, int columns, boolean vectors);

    /** For general matrices, to be tried in this order. */
    List<GeneralRoutine> general();

    /** Symmetric matrices, one after another; used by one thread. */
    interface SymmetricRoutine extends AutoCloseable {
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

    /** Matrices of any shape, one after another; used by one thread. */
    interface SingularRoutine extends AutoCloseable {
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

    /** A general matrix. */
    interface GeneralRoutine {
        /**
         * @param matrix finite n x n entries, row-major, n at least 1, far from overflow; not modified
         * @return its pairs; empty if the iteration failed
         */
        Optional<ComplexPairs> solve(double[] matrix, int n);
    }
}
