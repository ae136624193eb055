package org.curvature4j.internal.blas;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.openblas.global.openblas;

/**
 * Descending singular values over left and right vectors as columns, [m, n] to [1 + m + n, n] for m at least n, by dgesdd. A
 * row-major matrix is to LAPACK its transpose, whose left vectors are the right ones here.
 */
final class SingularKernel extends MatrixKernel {
    private static final byte THIN = 'S';

    private final int rows;
    private final int columns;
    private final double leading;
    private final DoublePointer matrix;
    private final DoublePointer values;
    private final DoublePointer right;
    private final DoublePointer left;
    private final DoublePointer work;
    private final IntPointer integers;
    private final int workSize;
    private final double[] turned;
    private final double[] probe;

    SingularKernel(int rows, int columns, double leading) {
        super("dgesdd");
        this.rows = rows;
        this.columns = columns;
        this.leading = leading;
        double[] size = new double[1];
        openblas.LAPACKE_dgesdd_work(
                COLUMN_MAJOR,
                THIN,
                columns,
                rows,
                size,
                columns,
                size,
                size,
                columns,
                size,
                columns,
                size,
                -1,
                new int[8]);
        this.workSize = (int) size[0];
        var parts = memory.allocate(
                "dgesdd",
                (long) rows * columns,
                columns,
                (long) columns * columns,
                (long) rows * columns,
                workSize,
                8L * columns);
        this.matrix = (DoublePointer) parts[0];
        this.values = (DoublePointer) parts[1];
        this.right = (DoublePointer) parts[2];
        this.left = (DoublePointer) parts[3];
        this.work = (DoublePointer) parts[4];
        this.integers = (IntPointer) parts[5];
        this.turned = new double[columns * columns];
        this.probe = Checks.probe(columns);
    }

    @Override
    boolean compute(double[] a, double[] b, double[] z) {
        matrix.put(a, 0, rows * columns);
        if (openblas.LAPACKE_dgesdd_work(
                        COLUMN_MAJOR,
                        THIN,
                        columns,
                        rows,
                        matrix,
                        columns,
                        values,
                        right,
                        columns,
                        left,
                        columns,
                        work,
                        workSize,
                        integers)
                != 0) {
            return false;
        }
        values.get(z, 0, columns);
        double[] stacked = new double[rows * columns];
        left.get(stacked, 0, rows * columns);
        right.get(turned, 0, columns * columns);
        int below = (1 + rows) * columns;
        System.arraycopy(stacked, 0, z, columns, rows * columns);
        LuKernel.transpose(turned, 0, columns, columns, z, below);
        for (int k = 0; k < columns; k++) {
            if (EigenKernel.lead(turned, k * columns, columns, leading) < 0) {
                for (int i = columns + k; i < z.length; i += columns) {
                    z[i] = -z[i];
                }
            }
        }
        return true;
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
