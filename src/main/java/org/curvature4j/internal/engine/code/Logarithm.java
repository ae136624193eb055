package org.curvature4j.internal.engine.code;

import static java.lang.Math.abs;
import static java.lang.Math.fma;

/**
 * log x = k log 2 + log m of x = 2^k m with m between sqrt(1/2) and sqrt(2). With f = m - 1 and s = f / (2 + f),
 * log m = 2 artanh s = f - (f^2 / 2 - s (f^2 / 2 + R(s^2))), in which f is exact and what is subtracted is small (Muller,
 * Elementary Functions, chapter 11). The polynomial interpolates R(z) / z at Chebyshev nodes, solved with 60 digits, with
 * a relative error of 2^-57 in the result.
 */
final class Logarithm extends Blockwise {
    private static final long SMALLEST = Double.doubleToRawLongBits(Double.MIN_NORMAL);
    private static final long LARGEST = Double.doubleToRawLongBits(Double.MAX_VALUE);
    private static final long SQRT_HALF = Double.doubleToRawLongBits(Math.sqrt(0.5));

    /** 1.5 2^52, whose last bits are an integer that is added to it. */
    static final double ROUNDER = 0x1.8p52;

    private static final long ROUNDER_BITS = Double.doubleToRawLongBits(ROUNDER);

    /** With eleven zeros at the end, so that its products with k are exact. */
    static final double LOG_2 = 0.6931471805598903;

    static final double LOG_2_REST = 5.497923018708371e-14;

    @Override
    public double of(double x) {
        return log(x);
    }

    static double log(double x) {
        if (x >= Double.MIN_NORMAL && x <= Double.MAX_VALUE) {
            long bits = Double.doubleToRawLongBits(x);
            return joined(mantissa(bits), exponent(bits));
        } else if (x > 0 && x < 1) {
            long bits = Double.doubleToRawLongBits(x * 0x1p54);
            return joined(mantissa(bits), exponent(bits) - 54);
        }
        return x == 0 ? Double.NEGATIVE_INFINITY : x > 0 ? x : Double.NaN;
    }

    /** log(1 + x). What rounding 1 + x loses is added as a part of it, unless x is what the polynomial takes. */
    static double log1p(double x) {
        if (!(x > -1 && x < Double.POSITIVE_INFINITY)) {
            return x == -1 ? Double.NEGATIVE_INFINITY : x > 0 ? x : Double.NaN;
        } else if (abs(x) < 0x1p-54) {
            return x;
        }
        double sum = 1 + x;
        double lost = abs(x) < 1 ? x - (sum - 1) : 1 - (sum - x);
        long bits = Double.doubleToRawLongBits(sum);
        double k = exponent(bits) - ROUNDER;
        double f = k == 0 ? x : mantissa(bits) - 1;
        double half = 0.5 * f * f;
        double rest = rest(f, half) + (k == 0 ? 0 : lost / sum);
        return fma(k, LOG_2, f - (half - fma(k, LOG_2_REST, rest)));
    }

    /** Whether it is positive, finite and not subnormal. */
    @Override
    boolean fits(double x) {
        return x >= Double.MIN_NORMAL && x <= Double.MAX_VALUE;
    }

    @Override
    boolean pass(Scratch scratch, int length) {
        long outside = part(scratch.x, scratch.a, length);
        join(scratch.x, scratch.a, length);
        return outside >= 0;
    }

    /** A negative number where any doesn't fit. */
    private static long part(double[] x, double[] exponent, int length) {
        long outside = 0;
        for (int i = 0; i < length; i++) {
            long bits = Double.doubleToRawLongBits(x[i]);
            outside |= bits | (bits - SMALLEST) | (LARGEST - bits);
            x[i] = mantissa(bits);
            exponent[i] = exponent(bits);
        }
        return outside;
    }

    private static void join(double[] x, double[] exponent, int length) {
        for (int i = 0; i < length; i++) {
            x[i] = joined(x[i], exponent[i]);
        }
    }

    static double mantissa(long bits) {
        return Double.longBitsToDouble(bits - ((bits - SQRT_HALF) >> 52 << 52));
    }

    /** k, added to what rounds. */
    static double exponent(long bits) {
        return Double.longBitsToDouble(((bits - SQRT_HALF) >> 52) + ROUNDER_BITS);
    }

    private static double joined(double mantissa, double exponent) {
        double k = exponent - ROUNDER;
        double f = mantissa - 1;
        double half = 0.5 * f * f;
        return fma(k, LOG_2, f - (half - fma(k, LOG_2_REST, rest(f, half))));
    }

    /** log(1 + f) - (f - f^2 / 2), for half of the square. */
    static double rest(double f, double half) {
        double s = f / (2 + f);
        double z = s * s;
        double z2 = z * z;
        double p0 = fma(z, 0.39999999999899444, 0.666666666666667);
        double p1 = fma(z, 0.22222211130259878, 0.2857142862600327);
        double p2 = fma(z, 0.15331710618210773, 0.18182889455674947);
        double p = fma(z2 * z2, fma(z2, 0.14616585424888623, p2), fma(z2, p1, p0));
        return s * fma(z, p, half);
    }
}
