package org.curvature4j.internal.random;

/**
 * The logarithm with the bits of {@link StrictMath#log}, in operations that every device has. The method is that of fdlibm (Sun
 * Microsystems, e_log.c, 1993), which Java's documentation makes the definition of {@code StrictMath}: with x = 2^k (1 + f), 1 + f
 * from sqrt(1/2) to sqrt(2), and s = f / (2 + f), log(1 + f) is f - s (f - R) or, where f is large, f - (f^2 / 2 - s (f^2 / 2 + R)),
 * R a polynomial in s^2; k log 2 is added in two parts.
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // The constants have fdlibm's digits.
final class StrictLogarithm {
    private static final double LOG_2 = 6.93147180369123816490e-01;
    private static final double LOG_2_REST = 1.90821492927058770002e-10;

    private static final int EXPONENT_BIAS = 1023;
    private static final int HIGH_MANTISSA = 0x000fffff;
    /** What takes a high half of a mantissa at or above sqrt(2) over the next power of two. */
    private static final int OVER_ROOT = 0x95f64;

    private StrictLogarithm() {}

    /**
     * The logarithm.
     *
     * @param x finite, at least {@link Double#MIN_NORMAL}
     */
    static double of(double x) {
        long bits = Double.doubleToRawLongBits(x);
        int high = (int) (bits >> 32) & HIGH_MANTISSA;
        int carry = (high + OVER_ROOT) & 0x100000;
        double k = (int) (bits >> 52) - EXPONENT_BIAS + (carry >> 20);
        long low = bits & 0xffffffffL;
        double f = Double.longBitsToDouble((long) (high | (carry ^ 0x3ff00000)) << 32 | low) - 1;
        if ((HIGH_MANTISSA & (2 + high)) < 3) {
            double r = f * f * (0.5 - 0.33333333333333333 * f);
            return joined(k, f, r - k * LOG_2_REST);
        }
        double s = f / (2 + f);
        double r = rest(s * s);
        if (((high - 0x6147a) | (0x6b851 - high)) > 0) {
            double half = 0.5 * f * f;
            return joined(k, f, half - (s * (half + r) + k * LOG_2_REST));
        }
        return joined(k, f, s * (f - r) - k * LOG_2_REST);
    }

    /** k log 2 + f less what is to be taken off; where k is 0, adding it changes nothing. */
    private static double joined(double k, double f, double off) {
        return k * LOG_2 - (off - f);
    }

    private static double rest(double z) {
        double w = z * z;
        double even = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
        double odd = z
                * (6.666666666666735130e-01
                        + w
                                * (2.857142874366239149e-01
                                        + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
        return odd + even;
    }
}
