package org.curvature4j.internal.engine.code;

import static java.lang.Math.abs;
import static java.lang.Math.fma;

/**
 * x^y = e^(y log x). The logarithm has two parts, together right to 2^-64: with m = 1 + f and s = f / (2 + f), log m is
 * 2 s (1 + s^2 (1/3 + s^2 Q(s^2))), of which only Q is computed in one number (Muller, Elementary Functions, chapter 11). Q
 * interpolates at Chebyshev nodes, with 66 digits, with an error of 2^-62 in the result.
 */
final class Power {
    private static final double THIRD = 0.3333333333333333;
    private static final double THIRD_REST = 1.850371707708594e-17;

    private Power() {}

    /** As {@link Math#pow}, special values too. */
    static double pow(double x, double y) {
        if (y == 0) {
            return 1;
        } else if (Double.isNaN(x) || Double.isNaN(y)) {
            return Double.NaN;
        }
        boolean whole = Math.rint(y) == y;
        boolean odd = whole && abs(y) < 0x1p53 && Math.rint(0.5 * y) != 0.5 * y;
        double a = abs(x);
        double sign = odd ? Math.copySign(1, x) : 1;
        if (x < 0 && !whole) {
            return a == Double.POSITIVE_INFINITY ? (y > 0 ? a : 0) : Double.NaN;
        } else if (a == 1) {
            return abs(y) == Double.POSITIVE_INFINITY ? Double.NaN : sign;
        } else if (a == 0 || a == Double.POSITIVE_INFINITY || abs(y) == Double.POSITIVE_INFINITY) {
            return (a > 1) == (y > 0) ? sign * Double.POSITIVE_INFINITY : sign * 0;
        }
        double f = mantissa(a) - 1;
        double inverse = 1 / (2 + f);
        double k = exponent(a);
        double sum = sum(f, inverse, k);
        double small = small(f, inverse, k, sum);
        double high = sum + small;
        double product = y * high;
        if (abs(product) > 760) {
            return product > 0 ? sign * Double.POSITIVE_INFINITY : sign * 0;
        }
        double rest = fma(y, high, -product) + y * (sum - high + small);
        return Exponential.product(sign, 0, product, rest);
    }

    /** The first part of the logarithm of a positive number. */
    static double logHigh(double x) {
        double f = mantissa(x) - 1;
        double sum = sum(f, 1 / (2 + f), exponent(x));
        return sum + small(f, 1 / (2 + f), exponent(x), sum);
    }

    /** What the first part leaves. */
    static double logLow(double x, double high) {
        double f = mantissa(x) - 1;
        double sum = sum(f, 1 / (2 + f), exponent(x));
        return sum - high + small(f, 1 / (2 + f), exponent(x), sum);
    }

    /** k log 2 + log m in one number, with what {@link #small} gives back. */
    private static double sum(double f, double inverse, double k) {
        return fma(k, Logarithm.LOG_2, first(f * inverse));
    }

    private static double first(double s) {
        double z = s * s;
        return 2 * (s + s * (z * (THIRD + z * series(z))));
    }

    private static double small(double f, double inverse, double k, double sum) {
        double s = f * inverse;
        double under = 2 + f;
        double underRest = f - (under - 2);
        double sRest = (fma(-s, under, f) - s * underRest) * inverse;
        double z = s * s;
        double zRest = fma(s, s, -z) + 2 * s * sRest;
        double w = z * series(z);
        double a = THIRD + w;
        double aRest = THIRD - a + w + THIRD_REST;
        double b = z * a;
        double bRest = fma(z, a, -b) + fma(z, aRest, zRest * a);
        double cubic = s * b;
        double cubicRest = fma(s, b, -cubic) + fma(s, bRest, sRest * b);
        double first = first(s);
        double rest = s - 0.5 * first + cubic + (sRest + cubicRest);
        return fma(k, Logarithm.LOG_2, -sum) + first + fma(k, Logarithm.LOG_2_REST, 2 * rest);
    }

    /** Q. */
    private static double series(double z) {
        double z2 = z * z;
        double p0 = fma(z, 0.14285714285669254, 0.20000000000000012);
        double p1 = fma(z, 0.09090904123772271, 0.1111111113555117);
        double p2 = fma(z, 0.06642978717596676, 0.07692787398231016);
        return fma(z2 * z2, fma(z2, 0.06456808836091125, p2), fma(z2, p1, p0));
    }

    private static double mantissa(double x) {
        return Logarithm.mantissa(bits(x));
    }

    private static double exponent(double x) {
        return Logarithm.exponent(bits(x)) - Logarithm.ROUNDER - (x < Double.MIN_NORMAL ? 54 : 0);
    }

    private static long bits(double x) {
        return Double.doubleToRawLongBits(x < Double.MIN_NORMAL ? x * 0x1p54 : x);
    }
}
