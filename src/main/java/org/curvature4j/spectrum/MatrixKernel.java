package org.curvature4j.spectrum;

/**
 * How threads of a device read symmetric matrices, by the operations of {@link MatrixPreparation} in their order. Matrices lie
 * in planes: entry (i, j) of the one with number {@code index} at [(i order + j) stride + index].
 */
final class MatrixKernel {

    private static final int SAFE_EXPONENT = MatrixPreparation.SAFE_EXPONENT;
    private static final int FRACTION_BITS = 52;

    private MatrixKernel() {}

    /** The larger one of two magnitudes, which is NaN if one is. */
    static double larger(double magnitude, double value) {
        long bits = Double.doubleToRawLongBits(value) & Long.MAX_VALUE;
        return Double.longBitsToDouble(Math.max(Double.doubleToRawLongBits(magnitude), bits));
    }

    /** The power of two that a matrix is divided by at first, as {@link MatrixPreparation#scale} has it. */
    static int scale(double largest) {
        int exponent = exponent(largest);
        return exponent <= SAFE_EXPONENT && exponent >= -SAFE_EXPONENT ? 0 : exponent;
    }

    /** The exponent of a number that isn't negative; 0 for 0. */
    static int exponent(double number) {
        long bits = Double.doubleToRawLongBits(number);
        return bits == 0 ? 0 : (int) (bits >> FRACTION_BITS) - Double.MAX_EXPONENT;
    }

    /** Two to a power between -1023, where it is denormal, and 1023. */
    static double power(int exponent) {
        return Double.longBitsToDouble(
                exponent < Double.MIN_EXPONENT
                        ? 1L << (FRACTION_BITS - 1)
                        : (long) (exponent + Double.MAX_EXPONENT) << FRACTION_BITS);
    }

    /** An entry below the diagonal of the symmetric part, scaled down. */
    static double symmetric(double below, double above, double down, double worst) {
        double scaled = below * down;
        if (worst > 0) {
            double other = above * down;
            // A half is a product, which takes a device a tenth of the time of a quotient.
            scaled = other + 0.5 * (scaled - other);
        }
        return scaled;
    }

    /**
     * The Frobenius norm of the antisymmetric part that is dropped, scaled down; NaN of a matrix that isn't finite, or not
     * symmetric to rounding.
     *
     * @param largest magnitude of its entries, NaN if one is
     * @param worst difference of mirrored entries
     */
    static double dropped(
            double[] matrices,
            int index,
            int stride,
            double largest,
            double worst,
            double down,
            double symmetryTolerance,
            double quantum,
            int order) {
        if (!(largest <= Double.MAX_VALUE) || worst > symmetryTolerance * largest + quantum) {
            return Double.NaN;
        }
        double sumOfSquares = 0;
        if (worst > 0) {
            for (int i = 1; i < order; i++) {
                for (int j = 0; j < i; j++) {
                    double below = matrices[(i * order + j) * stride + index] * down;
                    double half = 0.5 * (below - matrices[(j * order + i) * stride + index] * down);
                    sumOfSquares += 2 * half * half;
                }
            }
        }
        return Math.sqrt(sumOfSquares);
    }
}
