package org.curvature4j.op;

import java.util.List;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;

/**
 * Linear algebra of matrices in a graph: the last two axes of a tensor are the matrices, all axes before them a stack, written
 * [..., m, n] here. Operands of one call have the same stack. Everything is differentiable to any order, by rules that are
 * stated in the same operations.
 *
 * <p>A matrix for which there is no result (no Cholesky factor, no inverse) gives NaN, like the logarithm of a negative
 * number; others of the stack, and other points, are as they are. All methods throw {@link IllegalArgumentException} for
 * shapes that don't fit, saying what was expected.
 */
public final class LinearAlgebra {
    private LinearAlgebra() {}

    /**
     * Q and R of A = Q R.
     *
     * @param q [..., m, k] with orthonormal columns, k the smaller of m and n
     * @param r [..., k, n], upper triangular
     */
    public record Qr(Node q, Node r) {}

    /**
     * Eigenvalues and vectors of a symmetric matrix.
     *
     * @param values [..., n], ascending
     * @param vectors [..., n, n], in columns; of each the first element that is at least 0.37 times as large as the largest is
     *     positive
     */
    public record Eigen(Node values, Node vectors) {}

    /**
     * A = U diag(s) V'.
     *
     * @param values s, [..., k], descending, k the smaller of m and n
     * @param left U, [..., m, k]
     * @param right V, [..., n, k]; the sign of a pair is as for {@link Eigen}, by its shorter vector
     */
    public record Svd(Node values, Node left, Node right) {}

    /**
     * The sign and the logarithm of the size of determinants.
     *
     * @param sign [...], -1, 0 or 1
     * @param logarithm [...], minus infinity where the sign is 0
     */
    public record SignedLogarithm(Node sign, Node logarithm) {}

    private static int axis(Node a, String operation) {
        if (a.shape().rank() < 2 || !a.dtype().isFloat()) {
            throw new IllegalArgumentException(
                    operation + ": expected a floating tensor whose last two axes are matrices, got " + a.type()
                            + " (reshape a vector to one column)");
        }
        return a.shape().rank() - 2;
    }

    private static Node factors(Ops ops, MatrixRoutine routine, Node a) {
        return ops.apply(new Factorization(routine, a.shape().rank() - 2), a);
    }

    private static Matrices matrices(Ops ops, Node a) {
        return new Matrices(ops, a.shape().rank() - 2);
    }

    private static Node withoutRow(Ops ops, Node row) {
        Shape shape = row.shape();
        int rank = shape.rank();
        return ops.reshape(row, shape.dropLast().dropLast().append(shape.dim(rank - 1)));
    }

    private static Node number(Ops ops, Node matrix) {
        return ops.reshape(matrix, matrix.shape().dropLast().dropLast());
    }

    /** A transposed: [..., m, n] to [..., n, m]. */
    public static Node transpose(Ops ops, Node a) {
        axis(a, "transpose");
        return matrices(ops, a).transpose(a);
    }

    /** A B: [..., m, k] and [..., k, n] to [..., m, n]. */
    public static Node product(Ops ops, Node a, Node b) {
        axis(a, "product");
        return matrices(ops, a).times(a, b);
    }

    /** The sum of the diagonal: [..., n, n] to [...]. */
    public static Node trace(Ops ops, Node a) {
        axis(a, "trace");
        Matrices m = matrices(ops, a);
        return number(ops, m.total(m.keep(a, Matrices.DIAGONAL)));
    }

    /** Lower triangular L with L L' = (A + A') / 2: [..., n, n] to the same. */
    public static Node cholesky(Ops ops, Node a) {
        return ops.apply(new Cholesky(axis(a, "cholesky")), a);
    }

    /**
     * X with T X = B, or T' X = B: [..., n, n] and [..., n, k] to [..., n, k].
     *
     * @param lower whether T is the lower triangle of {@code t}, else the upper one; nothing else of it is read
     */
    public static Node triangularSolve(Ops ops, Node t, Node b, boolean lower, boolean transposed) {
        return ops.apply(new TriangularSolve(axis(t, "triangular_solve"), lower, transposed), t, b);
    }

    /** X with A X = B: [..., n, n] and [..., n, k] to [..., n, k]. */
    public static Node solve(Ops ops, Node a, Node b) {
        return solve(ops, a, b, false);
    }

    /** X with A X = B, or A' X = B. */
    public static Node solve(Ops ops, Node a, Node b, boolean transposed) {
        int axis = axis(a, "solve");
        return ops.apply(new Solve(axis, transposed), a, factors(ops, MatrixRoutine.LU, a), b);
    }

    /** [..., n, n] to the same. */
    public static Node inverse(Ops ops, Node a) {
        axis(a, "inverse");
        Node factors = factors(ops, MatrixRoutine.LU, a);
        return ops.apply(
                new Solve(a.shape().rank() - 2, false),
                a,
                factors,
                matrices(ops, a).identity(a));
    }

    /**
     * The determinant: [..., n, n] to [...]. Up to 3 rows it is a polynomial of the elements, with derivatives everywhere;
     * larger ones have none, NaN, where the matrix is singular.
     */
    public static Node determinant(Ops ops, Node a) {
        int axis = axis(a, "determinant");
        Node factors = factors(ops, MatrixRoutine.LU, a);
        return number(
                ops,
                a.shape().dim(axis) <= 3
                        ? expanded(ops, a, axis)
                        : ops.apply(new Determinant(axis, false), a, factors));
    }

    private static Node expanded(Ops ops, Node a, int axis) {
        int n = Math.toIntExact(a.shape().dim(axis));
        Node[][] e = new Node[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                e[i][j] = ops.slice(ops.slice(a, axis, i, i + 1L), axis + 1, j, j + 1L);
            }
        }
        if (n == 1) {
            return e[0][0];
        } else if (n == 2) {
            return minor(ops, e, 0, 0, 1);
        }
        Node first = ops.mul(e[0][0], minor(ops, e, 1, 1, 2));
        Node second = ops.mul(e[0][1], minor(ops, e, 1, 2, 0));
        return ops.add(ops.add(first, second), ops.mul(e[0][2], minor(ops, e, 1, 0, 1)));
    }

    private static Node minor(Ops ops, Node[][] e, int row, int first, int second) {
        return ops.sub(ops.mul(e[row][first], e[row + 1][second]), ops.mul(e[row][second], e[row + 1][first]));
    }

    /** The sign and the logarithm of the size of the determinant, which itself may overflow: [..., n, n] to two of [...]. */
    public static SignedLogarithm signedLogDeterminant(Ops ops, Node a) {
        int axis = axis(a, "signed_log_determinant");
        Node factors = factors(ops, MatrixRoutine.LU, a);
        Node logarithm = ops.apply(new Determinant(axis, true), a, factors);
        long row = a.shape().dim(axis) + 1;
        Node sign = ops.slice(ops.slice(factors, axis, row, row + 1), axis + 1, 0, 1);
        return new SignedLogarithm(number(ops, sign), number(ops, logarithm));
    }

    /**
     * The logarithm of the determinant of a symmetric positive definite matrix, such as a covariance, by its Cholesky factor:
     * [..., n, n] to [...].
     */
    public static Node logDeterminant(Ops ops, Node a) {
        return logDeterminantOfFactor(ops, cholesky(ops, a));
    }

    /** As {@link #logDeterminant}, where the Cholesky factor is there already. */
    public static Node logDeterminantOfFactor(Ops ops, Node factor) {
        axis(factor, "log_determinant");
        Matrices m = matrices(ops, factor);
        Node diagonal = m.diagonal(factor);
        Node sum = ops.sum(
                ops.apply(Elementwise.LOG, diagonal), List.of(diagonal.shape().rank() - 1));
        return number(ops, ops.mul(sum, 2));
    }

    /** A = Q R, of a matrix of full rank: [..., m, n]. Signs are LAPACK's: those of Householder's reflections. */
    public static Qr qr(Ops ops, Node a) {
        int axis = axis(a, "qr");
        long rows = a.shape().dim(axis);
        long columns = a.shape().dim(axis + 1);
        if (rows >= columns) {
            return ofTall(ops, a, axis);
        }
        Qr first = ofTall(ops, ops.slice(a, axis + 1, 0, rows), axis);
        Node rest = matrices(ops, a).transposedTimes(first.q(), ops.slice(a, axis + 1, rows, columns));
        return new Qr(first.q(), ops.concat(List.of(first.r(), rest), axis + 1));
    }

    private static Qr ofTall(Ops ops, Node a, int axis) {
        Matrices m = matrices(ops, a);
        long rows = a.shape().dim(axis);
        Node both = ops.apply(new OrthogonalTriangular(axis), a);
        return new Qr(m.rows(both, 0, rows), m.rows(both, rows, both.shape().dim(axis)));
    }

    /**
     * X with the least |A X - B|, and of those the least |X|: [..., m, n] of full rank and [..., m, k] to [..., n, k]. By QR, so
     * that no digits are lost to A'A; NaN where A hasn't full rank to rounding.
     */
    public static Node leastSquares(Ops ops, Node a, Node b) {
        int axis = axis(a, "least_squares");
        Matrices m = matrices(ops, a);
        if (a.shape().dim(axis) >= a.shape().dim(axis + 1)) {
            Qr qr = qr(ops, a);
            return m.solve(false, false, m.independent(a, qr.r()), m.transposedTimes(qr.q(), b));
        }
        Node tall = m.transpose(a);
        Qr qr = qr(ops, tall);
        return m.times(qr.q(), m.solve(false, true, m.independent(tall, qr.r()), b));
    }

    /**
     * The eigenvalues of (A + A') / 2, ascending: [..., n, n] to [..., n]. The first derivative is right wherever the values it
     * belongs to are distinct; where two are equal to rounding second derivatives are NaN. For what depends on all of them
     * alike, such as a sum of their logarithms, {@link #logDeterminant}, {@link #solve} and {@link #trace} have no such places.
     */
    public static Node eigenvalues(Ops ops, Node a) {
        int axis = axis(a, "eigenvalues");
        return withoutRow(ops, ops.apply(new Eigenvalues(axis), a, factors(ops, MatrixRoutine.EIGEN, a)));
    }

    /** Eigenvalues and vectors of (A + A') / 2; derivatives of the vectors are NaN where two values are equal to rounding. */
    public static Eigen eigen(Ops ops, Node a) {
        int axis = axis(a, "eigen");
        Node factors = factors(ops, MatrixRoutine.EIGEN, a);
        return new Eigen(eigenvalues(ops, a), ops.apply(new Eigenvectors(axis), a, factors));
    }

    /**
     * The singular values, descending: [..., m, n] to [..., k], k the smaller of m and n. Derivatives as of
     * {@link #eigenvalues}; a value of zero is a kink.
     */
    public static Node singularValues(Ops ops, Node a) {
        int axis = axis(a, "singular_values");
        Node tall = tall(ops, a, axis);
        Node factors = factors(ops, MatrixRoutine.SINGULAR, tall);
        return withoutRow(ops, ops.apply(new SingularValues(axis), tall, factors));
    }

    private static Node tall(Ops ops, Node a, int axis) {
        return a.shape().dim(axis) < a.shape().dim(axis + 1) ? matrices(ops, a).transpose(a) : a;
    }

    /** Singular values and vectors of [..., m, n]; derivatives of the vectors as for {@link #eigen}. */
    public static Svd svd(Ops ops, Node a) {
        int axis = axis(a, "svd");
        Node tall = tall(ops, a, axis);
        Matrices m = matrices(ops, a);
        Node both = ops.apply(new SingularVectors(axis), tall, factors(ops, MatrixRoutine.SINGULAR, tall));
        long rows = tall.shape().dim(axis);
        Node upper = m.rows(both, 0, rows);
        Node lower = m.rows(both, rows, both.shape().dim(axis));
        Node values = singularValues(ops, a);
        return tall == a ? new Svd(values, upper, lower) : new Svd(values, lower, upper);
    }

    /**
     * (A + s 1): [..., n, n] to the same, a number added to each diagonal, as noise or damping is.
     *
     * @param s a node of shape [], or of any that spreads over [..., n, n]
     */
    public static Node addToDiagonal(Ops ops, Node a, Node s) {
        axis(a, "add_to_diagonal");
        Matrices m = matrices(ops, a);
        Node zero = ops.zeros(TensorType.of(a.dtype()));
        return ops.add(a, ops.select(m.mask(a, Matrices.DIAGONAL), s, zero));
    }
}
