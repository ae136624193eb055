package org.curvature4j.krylov;

import org.curvature4j.internal.text.Arguments;
import org.curvature4j.operator.LinearOperator;
import org.curvature4j.operator.Vectors;

/**
 * Extreme eigenpairs of symmetric operators by the Lanczos method, and the tridiagonal matrices it makes.
 *
 * <p>Vectors are orthogonalised against all before them, or where only values are wanted as often as those need it (Simon:
 * The Lanczos algorithm with partial reorthogonalization, Math. Comp. 42 (1984) 115-142), so that no eigenvalue comes up as a copy of itself. Memory is
 * bounded by thick restarts (Wu, Simon: Thick-restart Lanczos method for large symmetric eigenvalue problems, SIAM J.
 * Matrix Anal. Appl. 22 (2000) 602-616). A single run sees one vector of each eigenspace; hence a search goes on, when it
 * has its pairs, from random vectors orthogonal to all of them, until such a run finds nothing that belongs among them.
 */
public final class Lanczos {

    private Lanczos() {}

    /**
     * Finds eigenpairs. A search whose products are used up isn't an error: the result says what has converged.
     *
     * @param operator symmetric, of n rows
     * @throws IllegalArgumentException if the operator isn't symmetric or has fewer rows than pairs are wanted, if a
     *     product isn't finite, or the start vector has another length, only zeros or a number that isn't finite
     */
    public static Eigenpairs eigenpairs(LinearOperator operator, LanczosOptions options) {
        int n = operator.columns();
        Arguments.refuseIf(
                options.count > n, "count", "at most as many eigenpairs as the operator has rows, " + n, options.count);
        if (options.start != null) {
            requireStart(options.start, n);
        }
        if (options.plainSteps > 0) {
            try (PlainSearch search = new PlainSearch(operator, options)) {
                return search.run();
            }
        }
        try (EigenpairSearch search = new EigenpairSearch(operator, options)) {
            return search.run();
        }
    }

    /**
     * The Lanczos process from one vector: T = Q'AQ with Q orthonormal and its first column along the start vector.
     *
     * @param operator symmetric
     * @param start n numbers, not all 0; not modified
     * @param steps products at most, at least 1; fewer where an invariant space is reached before
     * @throws IllegalArgumentException as for {@link #eigenpairs}
     */
    public static Tridiagonal tridiagonal(LinearOperator operator, double[] start, int steps) {
        Arguments.refuseIf(steps < 1, "steps", "at least 1", steps);
        requireStart(start, operator.columns());
        int capacity = Math.min(steps, operator.columns());
        int threads = Runtime.getRuntime().availableProcessors();
        try (KrylovProcess<?> process = KrylovProcess.forValues(operator, capacity, threads)) {
            process.begin(start);
            return Tridiagonal.run(process);
        }
    }

    private static void requireStart(double[] start, int n) {
        Arguments.requireLength("start", n, start.length);
        double norm = Vectors.norm(start);
        Arguments.refuseIf(
                !(norm > 0 && Double.isFinite(norm)), "start", "finite numbers, not all 0", "a norm of " + norm);
    }
}
