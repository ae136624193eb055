package org.curvature4j.internal.blas;

/** Makes kernels; each result is row-major. */
public final class MatrixKernels {
    private MatrixKernels() {}

    /** The lower triangular factor of (A + A') / 2, [n, n]. */
    public static MatrixKernel cholesky(int n) {
        return new CholeskyKernel(n);
    }

    /** [n, n] to [n + 2, n]: L below U, the order of rows, the sign of the determinant in all of the last row. */
    public static MatrixKernel lu(int n) {
        return new LuKernel(n);
    }

    /** [m, n], m at least n, to Q over R, [m + n, n]. */
    public static MatrixKernel qr(int rows, int columns) {
        return new QrKernel(rows, columns);
    }

    /**
     * [n, n] to ascending eigenvalues of (A + A') / 2 over vectors as columns, [n + 1, n].
     *
     * @param leading the first element of a vector that is this part of its largest, or more, is positive
     */
    public static MatrixKernel eigen(int n, double leading) {
        return new EigenKernel(n, leading);
    }

    /** [m, n], m at least n, to descending singular values, left vectors and right ones, [1 + m + n, n]. */
    public static MatrixKernel singular(int rows, int columns, double leading) {
        return new SingularKernel(rows, columns, leading);
    }

    /** [n, n] and [n, k] to X [n, k] with T X = B for the lower or upper triangle T, or its transpose. */
    public static MatrixKernel solve(int n, int columns, boolean lower, boolean transposed) {
        return new SolveKernel(n, columns, lower, transposed, false);
    }

    /** What {@link #lu} gave, [n + 2, n], and [n, k] to X [n, k] with A X = B, or A' X = B. */
    public static MatrixKernel solveFactored(int n, int columns, boolean transposed) {
        return new FactoredSolveKernel(n, columns, transposed);
    }
}
