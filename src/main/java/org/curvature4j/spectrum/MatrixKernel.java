package org.curvature4j.spectrum;

/**
 * How one thread of a device reads a symmetric matrix: what {@link MatrixPreparation} and {@link LaneHouseholder#load} do to
 * it, by the same operations in the same order. Matrices are in planes, entry k of all of them side by side.
 *
 * <p>Arrays but that of the matrices are the thread's own.
 */
final class MatrixKernel {

    /** Places in the array of what a matrix was multiplied by. */
    static final int SCALE = 0;

    static final int FACTOR = 1;
    static final int PROPERTIES = 2;

    private static final int SAFE_EXPONENT = MatrixPreparation.SAFE_EXPONENT;
    private static final int FRACTION_BITS = 52;
    private static final long LARGEST_BITS = 0x7fefffffffffffffL;

    private MatrixKernel() {}

    /**
     * Puts the lower triangle of a matrix into an array, scaled.
     *
     * @param matrices entry (i, j) at [(i order + j) stride + index]
     * @param entries takes row after row of the lower triangle
     * @param scaling takes the powers of two that undo what entries were multiplied by, in two steps
     * @return the Frobenius norm of the antisymmetric part that was dropped; NaN of a matrix with an entry that isn't finite,
     *     and of one that isn't symmetric to rounding
     */
    static double load(
            double[] matrices,
            int index,
            int stride,
            int order,
            double symmetryTolerance,
            double quantum,
            double[] entries,
            double[] scaling) {
        long largestBits = 0;
        double worst = 0;
        int at = 0;
        for (int i = 0; i < order; i++) {
            for (int j = 0; j <= i; j++) {
                double below = matrices[(i * order + j) * stride + index];
                double above = matrices[(j * order + i) * stride + index];
                largestBits = larger(largestBits, magnitude(below));
                largestBits = larger(largestBits, magnitude(above));
                double difference = Math.abs(below - above);
                worst = difference > worst ? difference : worst;
                entries[at] = below;
                at++;
            }
        }
        double largest = Double.longBitsToDouble(largestBits);
        if (largestBits > LARGEST_BITS || worst > symmetryTolerance * largest + quantum) {
            return Double.NaN;
        }
        int exponent = (int) (largestBits >> FRACTION_BITS) - Double.MAX_EXPONENT;
        int scale = largestBits == 0 || (exponent <= SAFE_EXPONENT && exponent >= -SAFE_EXPONENT) ? 0 : exponent;
        double down = power(-scale);
        scaling[SCALE] = power(scale);
        double asymmetry = 0;
        if (scale != 0 || worst > 0) {
            asymmetry = symmetrise(matrices, index, stride, order, down, worst, entries);
        }
        long scaledBits = Double.doubleToRawLongBits(largest * down);
        // Closed forms take matrices as they are.
        int remaining = order <= 2 || scaledBits == 0 ? 0 : (int) (scaledBits >> FRACTION_BITS) - Double.MAX_EXPONENT;
        scaling[FACTOR] = power(remaining);
        double factor = power(-remaining);
        for (int k = 0; k < at; k++) {
            entries[k] *= factor;
        }
        return asymmetry * scaling[SCALE];
    }

    /** The symmetric part of the scaled matrix; returns the norm of the other part. */
    private static double symmetrise(
            double[] matrices, int index, int stride, int order, double down, double worst, double[] entries) {
        double sumOfSquares = 0;
        int at = 0;
        for (int i = 0; i < order; i++) {
            for (int j = 0; j <= i; j++) {
                double below = matrices[(i * order + j) * stride + index] * down;
                double above = matrices[(j * order + i) * stride + index] * down;
                if (worst > 0 && j < i) {
                    double half = (below - above) / 2;
                    below = above + half;
                    sumOfSquares += 2 * half * half;
                }
                entries[at] = below;
                at++;
            }
        }
        return Math.sqrt(sumOfSquares);
    }

    /** Two to a power between -1023, where it is denormal, and 1023. */
    private static double power(int exponent) {
        return Double.longBitsToDouble(
                exponent < Double.MIN_EXPONENT
                        ? 1L << (FRACTION_BITS - 1)
                        : (long) (exponent + Double.MAX_EXPONENT) << FRACTION_BITS);
    }

    private static long magnitude(double value) {
        return Double.doubleToRawLongBits(value) & Long.MAX_VALUE;
    }

    private static long larger(long a, long b) {
        return a > b ? a : b;
    }
}
