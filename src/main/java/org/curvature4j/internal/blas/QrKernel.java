package org.curvature4j.internal.blas;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.openblas.global.openblas;

/** Q over R, [m, n] to [m + n, n], by dgeqrf and dorgqr. */
final class QrKernel extends MatrixKernel {
    private final int rows;
    private final int columns;
    private final DoublePointer matrix;
    private final DoublePointer scales;
    private final DoublePointer work;
    private final int workSize;
    private final double[] turned;
    private final double[] probe;

    QrKernel(int rows, int columns) {
        super("LAPACK's dgeqrf");
        this.rows = rows;
        this.columns = columns;
        double[] size = new double[1];
        double[] other = new double[1];
        openblas.LAPACKE_dgeqrf_work(COLUMN_MAJOR, rows, columns, size, rows, size, size, -1);
        openblas.LAPACKE_dorgqr_work(COLUMN_MAJOR, rows, columns, columns, other, rows, other, other, -1);
        this.workSize = (int) Math.max(1, Math.max(size[0], other[0]));
        var parts = memory.allocate("dgeqrf", (long) rows * columns, columns, workSize, 1);
        this.matrix = (DoublePointer) parts[0];
        this.scales = (DoublePointer) parts[1];
        this.work = (DoublePointer) parts[2];
        this.turned = new double[rows * columns];
        this.probe = Checks.probe(columns);
    }

    @Override
    boolean compute(double[] a, double[] b, double[] z) {
        LuKernel.transpose(a, 0, rows, columns, turned, 0);
        matrix.put(turned, 0, rows * columns);
        if (openblas.LAPACKE_dgeqrf_work(COLUMN_MAJOR, rows, columns, matrix, rows, scales, work, workSize) != 0) {
            return false;
        }
        matrix.get(turned, 0, rows * columns);
        for (int i = 0; i < columns; i++) {
            for (int j = 0; j < columns; j++) {
                z[(rows + i) * columns + j] = j < i ? 0 : turned[j * rows + i];
            }
        }
        if (openblas.LAPACKE_dorgqr_work(COLUMN_MAJOR, rows, columns, columns, matrix, rows, scales, work, workSize)
                != 0) {
            return false;
        }
        matrix.get(turned, 0, rows * columns);
        LuKernel.transpose(turned, 0, columns, rows, z, 0);
        return true;
    }

    @Override
    boolean recompute(double[] a, double[] b, double[] z) {
        JavaMatrices.orthogonal(a, rows, columns, z);
        return true;
    }

    @Override
    double excess(double[] a, double[] b, double[] z) {
        double[] product = Checks.times(z, 0, rows, Checks.times(z, rows * columns, columns, probe));
        double[] expected = Checks.times(a, 0, rows, probe);
        return Math.max(
                Checks.over(Checks.distance(product, expected), rows, Checks.norm(a) * Checks.norm(probe)),
                Checks.orthonormal(z, 0, rows, columns, probe));
    }
}
