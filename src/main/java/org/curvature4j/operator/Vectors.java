package org.curvature4j.operator;

/**
 * Arithmetic of vectors. Sums are taken in stretches of fixed length, so that their bits depend on the numbers alone and
 * their errors stay small for millions of terms.
 */
public final class Vectors {
    /** Numbers that are summed in one go; the sums of stretches are added one after the other. */
    private static final int STRETCH = 1024;

    private static final int LANES = 8;

    private Vectors() {}

    /** The inner product. */
    public static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int from = 0; from < a.length; from += STRETCH) {
            sum += stretch(a, b, from, Math.min(a.length, from + STRETCH));
        }
        return sum;
    }

    /** The part of an inner product that a few coordinates make. */
    static double stretch(double[] a, double[] b, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int i = from;
        for (; i + LANES <= to; i += LANES) {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
            s4 += a[i + 4] * b[i + 4];
            s5 += a[i + 5] * b[i + 5];
            s6 += a[i + 6] * b[i + 6];
            s7 += a[i + 7] * b[i + 7];
        }
        double rest = 0;
        for (; i < to; i++) {
            rest += a[i] * b[i];
        }
        return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7)) + rest;
    }

    /** The Euclidean norm, right also where squares would overflow or vanish. */
    public static double norm(double[] a) {
        double square = dot(a, a);
        if (square > 1e-250 && square < 1e250) {
            return Math.sqrt(square);
        }
        double largest = 0;
        for (double number : a) {
            largest = Math.max(largest, Math.abs(number));
        }
        if (largest == 0 || Double.isNaN(largest) || Double.isInfinite(largest)) {
            return largest;
        }
        // By a power of two: exact, and 1 over a subnormal number would overflow.
        int exponent = Math.getExponent(largest);
        double[] scaled = a.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = Math.scalb(scaled[i], -exponent);
        }
        return Math.scalb(Math.sqrt(dot(scaled, scaled)), exponent);
    }

    /** y += factor x. */
    public static void add(double factor, double[] x, double[] y) {
        for (int i = 0; i < y.length; i++) {
            y[i] += factor * x[i];
        }
    }

    /** x *= factor. */
    public static void scale(double factor, double[] x) {
        for (int i = 0; i < x.length; i++) {
            x[i] *= factor;
        }
    }

    /** x /= divisor, right also where 1 over the divisor would overflow. */
    public static void divide(double[] x, double divisor) {
        double factor = 1 / divisor;
        if (Double.isInfinite(factor) && divisor != 0) {
            for (int i = 0; i < x.length; i++) {
                x[i] /= divisor;
            }
        } else {
            scale(factor, x);
        }
    }

    /** a - b, a new array. */
    public static double[] difference(double[] a, double[] b) {
        double[] difference = a.clone();
        add(-1, b, difference);
        return difference;
    }

    /** Whether no number is infinite or NaN. */
    public static boolean areFinite(double[] a) {
        for (double number : a) {
            if (!Double.isFinite(number)) {
                return false;
            }
        }
        return true;
    }
}
