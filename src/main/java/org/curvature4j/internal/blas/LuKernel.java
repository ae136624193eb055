package org.curvature4j.internal.blas;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.openblas.global.openblas;

/** Factors with row exchanges, [n, n] to [n + 2, n], by dgetrf: U over L, the order of rows, the determinant's sign. */
final class LuKernel extends MatrixKernel {
    private final int n;
    private final DoublePointer matrix;
    private final IntPointer exchanged;
    private final double[] columns;
    private final int[] pivots;
    private final double[] probe;

    LuKernel(int n) {
        super("LAPACK's dgetrf");
        this.n = n;
        var parts = memory.allocate("dgetrf", (long) n * n, n);
        this.matrix = (DoublePointer) parts[0];
        this.exchanged = (IntPointer) parts[1];
        this.columns = new double[n * n];
        this.pivots = new int[n];
        this.probe = Checks.probe(n);
    }

    static void transpose(double[] from, int fromStart, int rows, int columns, double[] to, int toStart) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                to[toStart + j * rows + i] = from[fromStart + i * columns + j];
            }
        }
    }

    @Override
    boolean compute(double[] a, double[] b, double[] z) {
        transpose(a, 0, n, n, columns, 0);
        matrix.put(columns, 0, n * n);
        // Above 0 a pivot is 0, which whoever solves will see.
        if (openblas.LAPACKE_dgetrf_work(COLUMN_MAJOR, n, n, matrix, n, exchanged) < 0) {
            return false;
        }
        matrix.get(columns, 0, n * n);
        exchanged.get(pivots, 0, n);
        return place(z);
    }

    @Override
    boolean recompute(double[] a, double[] b, double[] z) {
        transpose(a, 0, n, n, columns, 0);
        SingularJava.eliminate(columns, pivots, n);
        return place(z);
    }

    private boolean place(double[] z) {
        transpose(columns, 0, n, n, z, 0);
        double sign = 1;
        int order = n * n;
        for (int i = 0; i < n; i++) {
            z[order + i] = i;
        }
        for (int i = 0; i < n; i++) {
            int other = pivots[i] - 1;
            if (other != i) {
                double first = z[order + i];
                z[order + i] = z[order + other];
                z[order + other] = first;
                sign = -sign;
            }
            sign *= Math.signum(z[i * n + i]);
        }
        java.util.Arrays.fill(z, order + n, order + 2 * n, sign);
        return true;
    }

    @Override
    double excess(double[] a, double[] b, double[] z) {
        double[] upper = new double[n];
        double[] both = new double[n];
        double sizeL = n;
        double sizeU = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double value = z[i * n + j];
                if (j < i) {
                    both[i] += value * upper[j];
                    sizeL += value * value;
                } else {
                    upper[i] += value * probe[j];
                    sizeU += value * value;
                }
            }
            both[i] += upper[i];
        }
        double[] product = new double[n];
        for (int i = 0; i < n; i++) {
            product[(int) z[n * n + i]] = both[i];
        }
        double[] expected = Checks.times(a, 0, n, probe);
        return Checks.over(
                Checks.distance(product, expected), n, Math.sqrt(sizeL) * Math.sqrt(sizeU) * Checks.norm(probe));
    }
}
