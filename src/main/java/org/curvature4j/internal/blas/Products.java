package org.curvature4j.internal.blas;

import org.bytedeco.openblas.global.openblas;

/** The products that the self-test calls, in row-major order; the seam for a library that is wrong. */
interface Products {
    /** c = a b, of m x k by k x n. */
    void multiply(int m, int k, int n, double[] a, double[] b, double[] c);

    /** c = a b, of m x k by k x n. */
    void multiply(int m, int k, int n, float[] a, float[] b, float[] c);

    /** b = t b, or the inverse of t times b, of a lower triangular t with ones on its diagonal, n x n. */
    void triangular(boolean inverse, int n, double[] t, double[] b);

    /** As {@link #triangular(boolean, int, double[], double[])}. */
    void triangular(boolean inverse, int n, float[] t, float[] b);

    /** OpenBLAS. */
    final class Native implements Products {
        private static final int ROW_MAJOR = 101;
        private static final int PLAIN = 111;
        private static final int LOWER = 122;
        private static final int UNIT = 132;
        private static final int LEFT = 141;

        @Override
        public void multiply(int m, int k, int n, double[] a, double[] b, double[] c) {
            openblas.cblas_dgemm(ROW_MAJOR, PLAIN, PLAIN, m, n, k, 1, a, k, b, n, 0, c, n);
        }

        @Override
        public void multiply(int m, int k, int n, float[] a, float[] b, float[] c) {
            openblas.cblas_sgemm(ROW_MAJOR, PLAIN, PLAIN, m, n, k, 1, a, k, b, n, 0, c, n);
        }

        @Override
        public void triangular(boolean inverse, int n, double[] t, double[] b) {
            if (inverse) {
                openblas.cblas_dtrsm(ROW_MAJOR, LEFT, LOWER, PLAIN, UNIT, n, n, 1, t, n, b, n);
            } else {
                openblas.cblas_dtrmm(ROW_MAJOR, LEFT, LOWER, PLAIN, UNIT, n, n, 1, t, n, b, n);
            }
        }

        @Override
        public void triangular(boolean inverse, int n, float[] t, float[] b) {
            if (inverse) {
                openblas.cblas_strsm(ROW_MAJOR, LEFT, LOWER, PLAIN, UNIT, n, n, 1, t, n, b, n);
            } else {
                openblas.cblas_strmm(ROW_MAJOR, LEFT, LOWER, PLAIN, UNIT, n, n, 1, t, n, b, n);
            }
        }
    }
}
