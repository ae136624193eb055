package org.curvature4j.spectrum;

import java.util.List;
import java.util.Optional;
import org.curvature4j.internal.blas.SingularRoutine;
import org.curvature4j.internal.blas.SymmetricRoutine;

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

    /** A general matrix. */
    interface GeneralRoutine {
        /**
         * @param matrix finite n x n entries, row-major, n at least 1, far from overflow; not modified
         * @return its pairs; empty if the iteration failed
         */
        Optional<ComplexPairs> solve(double[] matrix, int n);
    }
}
