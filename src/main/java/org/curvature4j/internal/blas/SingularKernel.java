package org.curvature4j.internal.blas;

/**
 * Descending singular values over left and right vectors as columns, [m, n] to [1 + m + n, n] for m at least n, by dgesdd. */
final class SingularKernel extends MatrixKernel {
    private final int rows;
    private final int columns;
    private final double leading;
    private final SingularLapack library;
    private final double[] left;
    private final double[] right;
    private final double[] probe;

    SingularKernel(int rows, int columns, double leading) {
        super("LAPACK's dgesdd");
        this.rows = rows;
        this.columns = columns;
        this.leading = leading;
        this.library = new SingularLapack(rows, columns, true, memory);
        this.left = new double[rows * columns];
        this.right = new double[columns * columns];
        this.probe = Checks.probe(columns);
    }

    @Override
    boolean compute(double[] a, double[] b, double[] z) {
        return place(library.decompose(a, 0, z, 0, left, right), z);
    }

    @Override
    boolean recompute(double[] a, double[] b, double[] z) {
        return place(new SingularJava(rows, columns).decompose(a, 0, z, 0, left, right), z);
    }

    private boolean place(boolean found, double[] z) {
        int below = (1 + rows) * columns;
        System.arraycopy(left, 0, z, columns, rows * columns);
        LuKernel.transpose(right, 0, columns, columns, z, below);
        for (int k = 0; k < columns && found; k++) {
            if (EigenKernel.lead(right, k * columns, columns, leading) < 0) {
                for (int i = columns + k; i < z.length; i += columns) {
                    z[i] = -z[i];
                }
            }
        }
        return found;
    }

    @Override
    double excess(double[] a, double[] b, double[] z) {
        int below = (1 + rows) * columns;
        double[] inside = Checks.transposedTimes(z, below, columns, probe);
        for (int i = 0; i < columns; i++) {
            inside[i] *= z[i];
        }
        double[] product = Checks.times(z, columns, rows, inside);
        double[] expected = Checks.times(a, 0, rows, probe);
        double fits = Checks.over(Checks.distance(product, expected), rows, Checks.norm(a) * Checks.norm(probe));
        double orthonormal = Math.max(
                Checks.orthonormal(z, columns, rows, columns, probe),
                Checks.orthonormal(z, below, columns, columns, probe));
        return Math.max(fits, orthonormal);
    }
}
