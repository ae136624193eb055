package org.curvature4j.internal.blas;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.openblas.global.openblas;

/** X [n, k] with T X = B, by dtrsm, for a triangle T of an array of at least n rows of n. NaN where its diagonal has a zero. */
final class SolveKernel extends MatrixKernel {
    private static final int ROW_MAJOR = 101;
    private static final int LEFT = 141;
    private static final int PLAIN = 111;
    private static final int TRANSPOSED = 112;
    private static final int UPPER = 121;
    private static final int LOWER = 122;
    private static final int GIVEN = 131;
    private static final int UNIT = 132;

    private final int n;
    private final int columns;
    private final boolean lower;
    private final boolean transposed;
    private final boolean unit;
    private final DoublePointer triangle;
    private final DoublePointer right;
    private final double[] probe;

    SolveKernel(int n, int columns, boolean lower, boolean transposed, boolean unit) {
        super("OpenBLAS' dtrsm", true);
        this.n = n;
        this.columns = columns;
        this.lower = lower;
        this.transposed = transposed;
        this.unit = unit;
        var parts = memory.allocate("dtrsm", (long) n * n, (long) n * columns, 1);
        this.triangle = (DoublePointer) parts[0];
        this.right = (DoublePointer) parts[1];
        this.probe = Checks.probe(columns);
    }

    /** The first element of a row that is read, off the diagonal where that is known. */
    private int from(int row) {
        return lower ? 0 : unit ? row + 1 : row;
    }

    private int to(int row) {
        return lower ? (unit ? row : row + 1) : n;
    }

    @Override
    boolean isFinite(double[] a) {
        for (int i = 0; i < n; i++) {
            if (!isFinite(a, i * n + from(i), i * n + to(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    boolean hasNone(double[] a) {
        return !unit && hasZero(a, n);
    }

    /** On the diagonal. */
    static boolean hasZero(double[] a, int n) {
        for (int i = 0; i < n; i++) {
            if (a[i * n + i] == 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    boolean compute(double[] a, double[] b, double[] z) {
        triangle.put(a, 0, n * n);
        right.put(b, 0, n * columns);
        openblas.cblas_dtrsm(
                ROW_MAJOR,
                LEFT,
                lower ? LOWER : UPPER,
                transposed ? TRANSPOSED : PLAIN,
                unit ? UNIT : GIVEN,
                n,
                columns,
                1,
                triangle,
                n,
                right,
                columns);
        right.get(z, 0, n * columns);
        return true;
    }

    /** Row by row. */
    @Override
    boolean recompute(double[] a, double[] b, double[] z) {
        System.arraycopy(b, 0, z, 0, z.length);
        boolean forward = lower != transposed;
        for (int step = 0; step < n; step++) {
            int i = forward ? step : n - 1 - step;
            for (int column = 0; column < columns; column++) {
                double rest = z[i * columns + column];
                for (int known = 0; known < step; known++) {
                    int j = forward ? known : n - 1 - known;
                    rest -= (transposed ? a[j * n + i] : a[i * n + j]) * z[j * columns + column];
                }
                z[i * columns + column] = unit ? rest : rest / a[i * n + i];
            }
        }
        return true;
    }

    @Override
    double excess(double[] a, double[] b, double[] z) {
        double[] x = Checks.times(z, 0, n, probe);
        double[] expected = Checks.times(b, 0, n, probe);
        double[] product = new double[n];
        double squares = unit ? n : 0;
        for (int i = 0; i < n; i++) {
            for (int j = from(i); j < to(i); j++) {
                double value = a[i * n + j];
                squares += value * value;
                if (transposed) {
                    product[j] += value * x[i];
                } else {
                    product[i] += value * x[j];
                }
            }
            product[i] += unit ? x[i] : 0;
        }
        double size = Math.sqrt(squares) * Checks.norm(z) + Checks.norm(b);
        return Checks.over(Checks.distance(product, expected), n, size * Checks.norm(probe));
    }
}
