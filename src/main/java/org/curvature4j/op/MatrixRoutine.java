package org.curvature4j.op;

/**
 * What backends compute of matrices, of the values' lower level: the vocabulary of {@link Kernels#matrices}. All matrices
 * are float64, [batch, rows, columns, batch]. A matrix that isn't finite, or for which there is no result, gives NaN
 * throughout.
 */
public enum MatrixRoutine {
    /** [n, n] to its lower factor [n, n], zeros above the diagonal; of (A + A') / 2. */
    CHOLESKY,

    /**
     * [n, n] to [n + 2, n], by partial pivoting: U with, below its diagonal, L, whose own diagonal is 1; a row of which row
     * of the matrix each row of L U is; a row that repeats the sign of the determinant. A singular matrix has factors.
     */
    LU,

    /** [m, n] with m at least n to [m + n, n]: Q over R, by Householder's reflections, in LAPACK's signs. */
    QR,

    /**
     * [n, n] to [n + 1, n]: ascending eigenvalues of (A + A') / 2, below them the eigenvectors as columns. Of each the first
     * element that is at least 0.37 times as large as the largest is positive.
     */
    EIGEN,

    /**
     * [m, n] with m at least n to [1 + m + n, n]: descending singular values, below them the left vectors, then the right
     * ones, whose signs are as for {@link #EIGEN}.
     */
    SINGULAR,

    /** [n, n] and [n, k] to X [n, k] with T X = B, of the lower triangle T. */
    SOLVE_LOWER,
    /** With T'. */
    SOLVE_LOWER_TRANSPOSED,
    /** Of the upper triangle. */
    SOLVE_UPPER,
    /** Of the upper triangle's transpose. */
    SOLVE_UPPER_TRANSPOSED,
    /** As {@link #LU} gives them, [n + 2, n], and [n, k] to X [n, k] with A X = B. */
    SOLVE_FACTORED,
    /** With A'. */
    SOLVE_FACTORED_TRANSPOSED;

    /** The part of its largest element from which an element of a vector decides on the vector's sign. */
    public static final double LEADING = 0.37;

    /** Whether a triangle or factors and a right side are its operands. */
    public boolean solves() {
        return compareTo(SOLVE_LOWER) >= 0;
    }

    /**
     * The rows of a result.
     *
     * @param rows of the matrix, or of the right side
     * @param columns of the matrix, or of the right side
     */
    public long rows(long rows, long columns) {
        return switch (this) {
            case LU -> rows + 2;
            case QR -> rows + columns;
            case EIGEN -> rows + 1;
            case SINGULAR -> 1 + rows + columns;
            default -> rows;
        };
    }
}
