package org.curvature4j.internal.blas;

import java.util.Arrays;

/** Decompositions and solutions without native code, for where the native library is wrong: right, and slower. */
final class JavaMatrices {
    /** What errors of earlier pivots leave of a pivot of 0, over its matrix' element and n. */
    private static final double ROUNDING = 256 * Math.ulp(1.0);

    private JavaMatrices() {}

    /**
     * The lower triangular factor, row by row; Golub and Van Loan, Matrix Computations, section 4.2.
     *
     * @param z takes it, its other half left as it is
     * @return whether there is one, and not by rounding alone: then the library may well have found none
     */
    static boolean cholesky(double[] symmetric, int n, double[] z) {
        double least = n * ROUNDING;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double rest = symmetric[i * n + j];
                for (int k = 0; k < j; k++) {
                    rest -= z[i * n + k] * z[j * n + k];
                }
                if (i == j && !(rest > least * symmetric[i * n + i])) {
                    return false;
                }
                z[i * n + j] = i == j ? Math.sqrt(rest) : rest / z[j * n + j];
            }
        }
        return true;
    }

    /** Q over R by Householder's reflections, in LAPACK's signs; Golub and Van Loan, section 5.2. */
    static void orthogonal(double[] a, int rows, int columns, double[] z) {
        int scale = SingularJava.scale(a, 0, a.length);
        double[] r = new double[a.length];
        Arrays.setAll(r, i -> Math.scalb(a[i], -scale));
        double[][] vectors = new double[Math.min(columns, rows - 1)][rows];
        double[] factors = new double[vectors.length];
        for (int k = 0; k < vectors.length; k++) {
            factors[k] = reflection(r, rows, columns, k, vectors[k]);
            for (int j = k + 1; j < columns; j++) {
                reflect(vectors[k], factors[k], r, columns, k, j);
            }
        }
        Arrays.fill(z, 0);
        for (int j = 0; j < columns; j++) {
            z[j * columns + j] = 1;
            for (int i = 0; i <= j; i++) {
                z[(rows + i) * columns + j] = Math.scalb(r[i * columns + j], scale);
            }
        }
        for (int k = vectors.length - 1; k >= 0; k--) {
            for (int j = k; j < columns; j++) {
                reflect(vectors[k], factors[k], z, columns, k, j);
            }
        }
    }

    /** Takes a column below its diagonal to zero; gives tau and v, whose element k is 1. */
    private static double reflection(double[] r, int rows, int columns, int k, double[] v) {
        double rest = 0;
        for (int i = k + 1; i < rows; i++) {
            rest += r[i * columns + k] * r[i * columns + k];
        }
        if (rest == 0) {
            return 0;
        }
        double lead = r[k * columns + k];
        double norm = Math.sqrt(lead * lead + rest);
        double opposite = lead >= 0 ? -norm : norm;
        v[k] = 1;
        for (int i = k + 1; i < rows; i++) {
            v[i] = r[i * columns + k] / (lead - opposite);
        }
        r[k * columns + k] = opposite;
        return (opposite - lead) / opposite;
    }

    /** x - tau v v'x of a column, from row k on. */
    private static void reflect(double[] v, double tau, double[] x, int columns, int k, int column) {
        double sum = 0;
        for (int i = k; i < v.length; i++) {
            sum += v[i] * x[i * columns + column];
        }
        for (int i = k; i < v.length; i++) {
            x[i * columns + column] -= tau * sum * v[i];
        }
    }

    /**
     * Eigenvalues and vectors of a symmetric matrix A by the singular values of A + s 1, s above its norm, which are its
     * eigenvalues and s, with the same vectors.
     *
     * @param values takes them, ascending
     * @param vectors takes them, one after another
     * @return whether the iteration converged
     */
    static boolean symmetric(double[] a, int n, double[] values, double[] vectors) {
        int scale = SingularJava.scale(a, 0, a.length);
        double[] shifted = new double[a.length];
        Arrays.setAll(shifted, i -> Math.scalb(a[i], -scale));
        double shift = 1 + Checks.norm(shifted);
        for (int i = 0; i < n; i++) {
            shifted[i * n + i] += shift;
        }
        double[] descending = new double[n];
        double[] right = new double[n * n];
        if (!new SingularJava(n, n).decompose(shifted, 0, descending, 0, null, right)) {
            return false;
        }
        for (int k = 0; k < n; k++) {
            values[k] = Math.scalb(descending[n - 1 - k] - shift, scale);
            System.arraycopy(right, (n - 1 - k) * n, vectors, k * n, n);
        }
        return true;
    }
}
