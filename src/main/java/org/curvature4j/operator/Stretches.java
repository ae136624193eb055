package org.curvature4j.operator;

/** What is done to a stretch of coordinates of several vectors at once; in which order sums are taken never varies. */
final class Stretches {
    private Stretches() {}

    /**
     * Subtracts multiples of vectors, two at a time: memory is read in several streams, and the vector is gone through less
     * often.
     *
     * @param factors of the vectors from {@code first} to {@code size - 1}
     */
    static void subtract(double[][] vectors, int first, int size, double[] factors, double[] vector, int from, int to) {
        int k = first;
        for (; k + 1 < size; k += 2) {
            subtract(factors[k - first], vectors[k], factors[k - first + 1], vectors[k + 1], vector, from, to);
        }
        if (k < size) {
            double factor = factors[k - first];
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

    /** Leaves inner products with these vectors in {@code sums} from {@code at} on, four at a time for the same reasons. */
    static void dots(
            double[][] vectors, int first, int size, double[] vector, int from, int to, double[] sums, int at) {
        int k = first;
        for (; k + 3 < size; k += 4) {
            dots(vectors[k], vectors[k + 1], vectors[k + 2], vectors[k + 3], vector, from, to, sums, at + k - first);
        }
        for (; k < size; k++) {
            sums[at + k - first] = Vectors.stretch(vectors[k], vector, from, to);
        }
    }

    private static void dots(
            double[] a, double[] b, double[] c, double[] d, double[] v, int from, int to, double[] sums, int at) {
        double a0 = 0;
        double a1 = 0;
        double b0 = 0;
        double b1 = 0;
        double c0 = 0;
        double c1 = 0;
        double d0 = 0;
        double d1 = 0;
        int i = from;
        for (; i + 1 < to; i += 2) {
            double x = v[i];
            double y = v[i + 1];
            a0 += a[i] * x;
            a1 += a[i + 1] * y;
            b0 += b[i] * x;
            b1 += b[i + 1] * y;
            c0 += c[i] * x;
            c1 += c[i + 1] * y;
            d0 += d[i] * x;
            d1 += d[i + 1] * y;
        }
        if (i < to) {
            a0 += a[i] * v[i];
            b0 += b[i] * v[i];
            c0 += c[i] * v[i];
            d0 += d[i] * v[i];
        }
        sums[at] = a0 + a1;
        sums[at + 1] = b0 + b1;
        sums[at + 2] = c0 + c1;
        sums[at + 3] = d0 + d1;
    }
}
