package org.curvature4j.internal.blas;

/** Products of matrices with one vector, by which decompositions are held against their matrices. */
final class Checks {
    private Checks() {}

    /** Numbers between 1/2 and 1 of either sign, always the same. */
    static double[] probe(int length) {
        double[] probe = new double[length];
        long state = 1;
        for (int i = 0; i < length; i++) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            double size = 0.5 + (state >>> 12) * 0x1p-53;
            probe[i] = state < 0 ? -size : size;
        }
        return probe;
    }

    /** A x for rows of A from one on; A has as many columns as x. */
    static double[] times(double[] a, int from, int rows, double[] x) {
        double[] product = new double[rows];
        for (int i = 0; i < rows; i++) {
            int row = from + i * x.length;
            double sum = 0;
            for (int j = 0; j < x.length; j++) {
                sum += a[row + j] * x[j];
            }
            product[i] = sum;
        }
        return product;
    }

    /** A'x. */
    static double[] transposedTimes(double[] a, int from, int columns, double[] x) {
        double[] product = new double[columns];
        for (int i = 0; i < x.length; i++) {
            int row = from + i * columns;
            for (int j = 0; j < columns; j++) {
                product[j] += a[row + j] * x[i];
            }
        }
        return product;
    }

    static double norm(double[] a) {
        return norm(a, 0, a.length);
    }

    static double norm(double[] a, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += a[i] * a[i];
        }
        return Math.sqrt(sum);
    }

    static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(sum);
    }

    /** A distance over what rounding explains: n units in the last place of a size; 0 where both are 0. */
    static double over(double distance, int n, double size) {
        return distance == 0 ? 0 : distance / (n * Math.ulp(1.0) * size);
    }

    /** How far columns are from orthonormal, over what rounding explains. */
    static double orthonormal(double[] q, int from, int rows, int columns, double[] probe) {
        double[] back = transposedTimes(q, from, columns, times(q, from, rows, probe));
        return over(distance(back, probe), rows, norm(probe));
    }
}
