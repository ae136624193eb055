package org.curvature4j.internal.blas;

/** X [n, k] with A X = B, by the factors [n + 2, n] of {@link LuKernel}. */
final class FactoredSolveKernel extends MatrixKernel {
    private final int n;
    private final int columns;
    private final boolean transposed;
    private final MatrixKernel first;
    private final MatrixKernel second;
    private final double[] half;
    private final double[] moved;

    FactoredSolveKernel(int n, int columns, boolean transposed) {
        super("OpenBLAS' dtrsm");
        this.n = n;
        this.columns = columns;
        this.transposed = transposed;
        this.first = new SolveKernel(n, columns, !transposed, transposed, !transposed);
        this.second = new SolveKernel(n, columns, transposed, transposed, transposed);
        this.half = new double[n * columns];
        this.moved = new double[n * columns];
    }

    @Override
    boolean hasNone(double[] a) {
        return SolveKernel.hasZero(a, n);
    }

    @Override
    boolean compute(double[] a, double[] b, double[] z) {
        if (transposed) {
            first.run(a, b, half);
            second.run(a, half, moved);
        } else {
            for (int i = 0; i < n; i++) {
                System.arraycopy(b, row(a, i), moved, i * columns, columns);
            }
            first.run(a, moved, half);
            second.run(a, half, z);
            return true;
        }
        for (int i = 0; i < n; i++) {
            System.arraycopy(moved, i * columns, z, row(a, i), columns);
        }
        return true;
    }

    private int row(double[] a, int i) {
        return ((int) a[n * n + i]) * columns;
    }

    @Override
    boolean isMadeOfOthers() {
        return true;
    }

    @Override
    boolean recompute(double[] a, double[] b, double[] z) {
        return compute(a, b, z);
    }

    @Override
    double excess(double[] a, double[] b, double[] z) {
        return 0;
    }

    @Override
    public void close() {
        first.close();
        second.close();
        super.close();
    }
}
