package org.curvature4j.spectrum;

import java.util.Optional;
import org.bytedeco.openblas.global.openblas;
import org.curvature4j.internal.blas.BlasThreads;

/**
 * LAPACK's {@code dgeev} for matrices that ND4J's eig fails on: balancing, Hessenberg form, QR iterations (LAPACK
 * Users' Guide, third edition, section 2.4.5).
 */
final class LapackGeneral {

    private static final int COLUMN_MAJOR = 102;
    private static final byte NO = 'N';
    private static final byte YES = 'V';

    private LapackGeneral() {}

    /**
     * @param matrix finite n x n entries, row-major, n at least 1; not modified
     * @return its pairs; empty if the iteration didn't converge
     */
    static Optional<ComplexPairs> solve(double[] matrix, int n) {
        double[] columns = Transpose.of(matrix, n);
        double[] real = new double[n];
        double[] imaginary = new double[n];
        double[] right = new double[n * n];
        double[] left = new double[1];
        double[] size = new double[1];
        BlasThreads threads = BlasThreads.single();
        try {
            int status = openblas.LAPACKE_dgeev_work(
                    COLUMN_MAJOR, NO, YES, n, columns, n, real, imaginary, left, 1, right, n, size, -1);
            if (status == 0) {
                int workSize = (int) size[0];
                double[] work = new double[workSize];
                status = openblas.LAPACKE_dgeev_work(
                        COLUMN_MAJOR, NO, YES, n, columns, n, real, imaginary, left, 1, right, n, work, workSize);
            }
            return status == 0 ? Optional.of(pairs(matrix, real, imaginary, right)) : Optional.empty();
        } finally {
            threads.close();
        }
    }

    /** Pairs as LAPACK gives them, its vectors column by column. */
    static ComplexPairs pairs(double[] matrix, double[] real, double[] imaginary, double[] right) {
        return new ComplexPairs(matrix, interleave(real, imaginary), unpack(right, imaginary, real.length));
    }

    private static double[] interleave(double[] real, double[] imaginary) {
        double[] values = new double[2 * real.length];
        for (int k = 0; k < real.length; k++) {
            values[2 * k] = real[k];
            values[2 * k + 1] = imaginary[k];
        }
        return values;
    }

    /** LAPACK stores the vectors of a conjugate pair as their real and imaginary part, in two columns. */
    private static double[] unpack(double[] packed, double[] imaginary, int n) {
        double[] vectors = new double[2 * n * n];
        for (int k = 0; k < n; k++) {
            boolean second = imaginary[k] < 0;
            int realColumn = second ? k - 1 : k;
            for (int i = 0; i < n; i++) {
                int at = 2 * (i * n + k);
                vectors[at] = packed[realColumn * n + i];
                if (imaginary[k] != 0) {
                    vectors[at + 1] = (second ? -1 : 1) * packed[(realColumn + 1) * n + i];
                }
            }
        }
        return vectors;
    }
}
