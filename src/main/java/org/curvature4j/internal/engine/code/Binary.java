package org.curvature4j.internal.engine.code;

import static java.lang.Math.fma;

/**
 * Powers and logarithms of two, exact where the result or the argument is a power of two. The polynomials are those of
 * {@link Exponential} and {@link Logarithm} for these functions: interpolated at Chebyshev nodes, solved with 60 digits.
 */
public final class Binary {
    private static final double LOG_2 = 0.6931471805599453;
    private static final double LOG_2_REST = 2.3190468138462996e-17;
    private static final double RECIPROCAL = 1.4426950408889634;
    private static final double RECIPROCAL_REST = 2.0355273740931033e-17;

    private Binary() {}

    /** 2^x. */
    public static double exp2(double x) {
        if (!(x > -1100 && x < 1024)) {
            return x < 0 ? 0 : x > 0 ? Double.POSITIVE_INFINITY : x;
        }
        double k = Math.rint(x);
        double r = x - k;
        double r2 = r * r;
        double r4 = r2 * r2;
        double p0 = fma(r, 0.055504108664821625, 0.24022650695910072);
        double p1 = fma(r, 0.001333355814640647, 0.00961812910762848);
        double p2 = fma(r, 1.5252733841556773e-05, 0.00015403530393370734);
        double p3 = fma(r, 1.0178057087733941e-07, 1.3215486808705563e-06);
        double p4 = fma(r, 4.4558179083360645e-10, 7.0548973041554995e-09);
        double high = fma(r4, fma(r2, 2.5729324177362305e-11, p4), fma(r2, p3, p2));
        double rest = fma(r2, fma(r4, high, fma(r2, p1, p0)), r * LOG_2_REST);
        return Math.scalb(fma(r, LOG_2, rest) + 1, (int) k);
    }

    /** The logarithm of x to base 2: k + log m / log 2 of x = 2^k m, in which log m is held in two parts. */
    public static double log2(double x) {
        if (!(x > 0 && x < Double.POSITIVE_INFINITY)) {
            return Logarithm.log(x);
        }
        int k = x < Double.MIN_NORMAL ? Math.getExponent(x * 0x1p54) - 54 : Math.getExponent(x);
        double mantissa = Math.scalb(x, -k);
        if (mantissa > Math.sqrt(2)) {
            mantissa *= 0.5;
            k++;
        }
        double f = mantissa - 1;
        double half = 0.5 * f * f;
        double high = f - half;
        double low = (f - high) - half - fma(0.5 * f, f, -half) + Logarithm.rest(f, half);
        double product = high * RECIPROCAL;
        double rest = fma(high, RECIPROCAL, -product) + fma(high, RECIPROCAL_REST, low * RECIPROCAL);
        double sum = k + product;
        return sum + (product - (sum - k) + rest);
    }
}
