package org.curvature4j.internal.blas;

import java.util.Arrays;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.openblas.global.openblas;

/** The lower triangular factor of (A + A') / 2, [n, n], by dpotrf. */
final class CholeskyKernel extends MatrixKernel {
    private final int n;
    private final DoublePointer matrix;
    private final double[] symmetric;
    private final double[] probe;

    CholeskyKernel(int n) {
        super("LAPACK's dpotrf", true);
        this.n = n;
        this.matrix = (DoublePointer) memory.allocate("dpotrf", (long) n * n, 1)[0];
        this.symmetric = new double[n * n];
        this.probe = Checks.probe(n);
    }

    /** The mean of a matrix and its transpose. */
    static void symmetrize(double[] a, double[] symmetric, int n) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double mean = (a[i * n + j] + a[j * n + i]) * 0.5;
                symmetric[i * n + j] = mean;
                symmetric[j * n + i] = mean;
            }
        }
    }

    @Override
    boolean compute(double[] a, double[] b, double[] z) {
        symmetrize(a, symmetric, n);
        matrix.put(symmetric, 0, n * n);
        // Column-major and upper is row-major and lower.
        if (openblas.LAPACKE_dpotrf_work(COLUMN_MAJOR, (byte) 'U', n, matrix, n) != 0) {
            return false;
        }
        matrix.get(z, 0, n * n);
        clearUpper(z);
        return true;
    }

    @Override
    boolean recompute(double[] a, double[] b, double[] z) {
        symmetrize(a, symmetric, n);
        clearUpper(z);
        return JavaMatrices.cholesky(symmetric, n, z);
    }

    private void clearUpper(double[] z) {
        for (int i = 0; i < n; i++) {
            Arrays.fill(z, i * n + i + 1, (i + 1) * n, 0);
        }
    }

    @Override
    double excess(double[] a, double[] b, double[] z) {
        double[] product = Checks.times(z, 0, n, Checks.transposedTimes(z, 0, n, probe));
        double[] expected = Checks.times(symmetric, 0, n, probe);
        return Checks.over(Checks.distance(product, expected), n, Checks.norm(symmetric) * Checks.norm(probe));
    }
}
