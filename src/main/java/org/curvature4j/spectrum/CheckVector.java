package org.curvature4j.spectrum;

/**
 * A vector to hold a decomposition against what it decomposes: numbers between 1/2 and 1 in magnitude of random sign, the
 * same at every call. Signs alone wouldn't do: where two components of an error cancel, they would half the time.
 */
final class CheckVector {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private CheckVector() {}

    /** The first numbers. Counted, not drawn one after another: splitmix64 (Steele, Lea and Flood, OOPSLA 2014). */
    static double[] ofLength(int length) {
        double[] probe = new double[length];
        for (int i = 0; i < length; i++) {
            long mixed = (i + 1) * GOLDEN;
            mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
            mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
            mixed ^= mixed >>> 31;
            double magnitude = 0.5 + (mixed >>> 12) * 0x1p-53;
            probe[i] = (mixed & 1) == 0 ? magnitude : -magnitude;
        }
        return probe;
    }

    /** The Euclidean norm of numbers whose squares are far from overflow. */
    static double norm(double[] numbers) {
        return Math.sqrt(dot(numbers, 0, numbers, 0, numbers.length));
    }

    /** The inner product of two stretches of numbers. */
    static double dot(double[] a, int fromA, double[] b, int fromB, int count) {
        // Several sums at once: one alone waits for each addition.
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < count; i += 4) {
            s0 += a[fromA + i] * b[fromB + i];
            s1 += a[fromA + i + 1] * b[fromB + i + 1];
            s2 += a[fromA + i + 2] * b[fromB + i + 2];
            s3 += a[fromA + i + 3] * b[fromB + i + 3];
        }
        double rest = 0;
        for (; i < count; i++) {
            rest += a[fromA + i] * b[fromB + i];
        }
        return (s0 + s1) + (s2 + s3) + rest;
    }

    /** target += factor times a stretch of numbers. */
    static void add(double[] target, double factor, double[] numbers, int from) {
        for (int i = 0; i < target.length; i++) {
            target[i] += factor * numbers[from + i];
        }
    }
}
