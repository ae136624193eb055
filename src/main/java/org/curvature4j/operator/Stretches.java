package org.curvature4j.operator;

import java.util.Arrays;

/**
 * What is done to a stretch of coordinates of several vectors at once. In which order sums are taken never varies: each
 * coordinate goes to one of four partial sums by turns, on every device.
 */
final class Stretches {
    private static final int LANES = 4;

    private Stretches() {}

    /**
     * Subtracts multiples of vectors, two at a time: memory is read in several streams, and the vector is gone through less
     * often.
     */
    static void subtract(double[][] vectors, double[] factors, double[] vector, int from, int to) {
        int k = 0;
        for (; k + 1 < vectors.length; k += 2) {
            subtract(factors[k], vectors[k], factors[k + 1], vectors[k + 1], vector, from, to);
        }
        if (k < vectors.length) {
            double factor = factors[k];
            double[] other = vectors[k];
            for (int i = from; i < to; i++) {
                vector[i] -= factor * other[i];
            }
        }
    }

    private static void subtract(double f, double[] a, double g, double[] b, double[] vector, int from, int to) {
        for (int i = from; i < to; i++) {
            vector[i] -= f * a[i] + g * b[i];
        }
    }

    /** Leaves the combination of vectors by the factors from {@code at} on. */
    static void combine(double[][] vectors, double[] factors, int at, int from, int to, double[] sum) {
        Arrays.fill(sum, 0, to - from, 0);
        for (int i = 0; i < vectors.length; i++) {
            double factor = factors[at + i];
            double[] vector = vectors[i];
            for (int x = 0; x < to - from; x++) {
                sum[x] += factor * vector[from + x];
            }
        }
    }

    /** Leaves inner products with these vectors in {@code sums} from {@code at} on, three at a time for the same reasons. */
    static void dots(double[][] vectors, double[] vector, int from, int to, double[] sums, int at) {
        int k = 0;
        for (; k + 2 < vectors.length; k += 3) {
            dots(vectors[k], vectors[k + 1], vectors[k + 2], vector, from, to, sums, at + k);
        }
        for (; k < vectors.length; k++) {
            sums[at + k] = dot(vectors[k], vector, from, to);
        }
    }

    /** The sums of stretches, added in their order: one for each vector. */
    static double[] total(double[] partial, int count) {
        double[] sums = new double[count];
        for (int at = 0; at < partial.length; at += count) {
            for (int k = 0; k < count; k++) {
                sums[k] += partial[at + k];
            }
        }
        return sums;
    }

    private static void dots(double[] a, double[] b, double[] c, double[] v, int from, int to, double[] sums, int at) {
        double a0 = 0;
        double a1 = 0;
        double a2 = 0;
        double a3 = 0;
        double b0 = 0;
        double b1 = 0;
        double b2 = 0;
        double b3 = 0;
        double c0 = 0;
        double c1 = 0;
        double c2 = 0;
        double c3 = 0;
        int whole = to - (to - from) % LANES;
        for (int i = from; i < whole; i += LANES) {
            double w = v[i];
            double x = v[i + 1];
            double y = v[i + 2];
            double z = v[i + 3];
            a0 += a[i] * w;
            b0 += b[i] * w;
            c0 += c[i] * w;
            a1 += a[i + 1] * x;
            b1 += b[i + 1] * x;
            c1 += c[i + 1] * x;
            a2 += a[i + 2] * y;
            b2 += b[i + 2] * y;
            c2 += c[i + 2] * y;
            a3 += a[i + 3] * z;
            b3 += b[i + 3] * z;
            c3 += c[i + 3] * z;
        }
        sums[at] = (a0 + a1) + (a2 + a3) + rest(a, v, whole, to);
        sums[at + 1] = (b0 + b1) + (b2 + b3) + rest(b, v, whole, to);
        sums[at + 2] = (c0 + c1) + (c2 + c3) + rest(c, v, whole, to);
    }

    private static double dot(double[] a, double[] v, int from, int to) {
        double a0 = 0;
        double a1 = 0;
        double a2 = 0;
        double a3 = 0;
        int whole = to - (to - from) % LANES;
        for (int i = from; i < whole; i += LANES) {
            a0 += a[i] * v[i];
            a1 += a[i + 1] * v[i + 1];
            a2 += a[i + 2] * v[i + 2];
            a3 += a[i + 3] * v[i + 3];
        }
        return (a0 + a1) + (a2 + a3) + rest(a, v, whole, to);
    }

    private static double rest(double[] a, double[] v, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += a[i] * v[i];
        }
        return sum;
    }
}
