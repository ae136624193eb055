package org.curvature4j.internal.engine.code;

import static java.lang.Math.abs;
import static java.lang.Math.fma;

/**
 * e^x = 2^k e^r with the integer k next to x / log 2 and |r| up to log 2 / 2 (Muller, Elementary Functions, chapter 11).
 * The polynomial interpolates (e^r - 1 - r) / r^2 at Chebyshev nodes, solved with 60 digits, with a relative error of
 * 2^-61 in e^r, and is summed by Estrin's scheme. Beyond {@link #BOUND}, e^x and its reciprocal near overflow.
 */
final class Exponential extends Blockwise {
    static final double BOUND = 708;

    /** 1.5 2^52: adding it rounds to an integer, which the sum's last bits are. */
    private static final double ROUNDER = 0x1.8p52;

    private static final double RECIPROCAL_LOG_2 = 1.4426950408889634;
    private static final double LOG_2 = 0.6931471805599453;
    private static final double LOG_2_REST = 2.3190468138462996e-17;
    private static final long ONE = Double.doubleToRawLongBits(1);

    @Override
    public double of(double x) {
        return exp(x);
    }

    static double exp(double x) {
        return abs(x) < BOUND ? ofFitting(x) : far(x, 0);
    }

    /** 2^shift e^x where either may be out of range; the last of three products rounds. */
    static double far(double x, int shift) {
        double limited = Math.max(-800, Math.min(800, x));
        double rounded = rounded(limited);
        int k = (int) (rounded - ROUNDER) + shift;
        return reduced(limited, rounded) * power(k / 2) * power(k - k / 2);
    }

    /**
     * (factor + rest) e^(high + low), rounded once and a little.
     *
     * @param high up to 800, or down to -800; where the result is out of range it is 0 or infinite
     */
    static double product(double factor, double rest, double high, double low) {
        double k = rounded(high) - ROUNDER;
        double head = fma(k, -Logarithm.LOG_2, high);
        double tail = fma(k, -Logarithm.LOG_2_REST, low);
        double r = head + tail;
        double left = head - r + tail;
        double r2 = r * r;
        double q = fma(r2, beyond(r, r2), r);
        double number = factor + fma(factor, q, fma(factor, fma(left, r, left), fma(rest, q, rest)));
        int half = (int) k / 2;
        return number * power(half) * power((int) k - half);
    }

    /** e^x - 1: with x = k log 2 + h + l it is 2^k h + (2^k - 1), a sum whose error is known, and what is small beside it. */
    static double expm1(double x) {
        if (!(abs(x) < 40)) {
            return x < 0 ? -1 : exp(x);
        } else if (abs(x) < 0x1p-54) {
            return x;
        }
        double k = rounded(x) - ROUNDER;
        double scale = power((int) k);
        double high = fma(k, -LOG_2, x);
        double low = k * -LOG_2_REST;
        double r = high + low;
        double r2 = r * r;
        double sum = fma(scale, high, scale - 1);
        double lost = fma(scale, high, scale - 1 - sum);
        return sum + fma(scale, fma(r2, beyond(r, r2), low), lost);
    }

    static double power(int exponent) {
        return Double.longBitsToDouble((exponent + 1023L) << 52);
    }

    static double ofFitting(double x) {
        double rounded = rounded(x);
        return scaled(reduced(x, rounded), rounded);
    }

    @Override
    boolean fits(double x) {
        return abs(x) < BOUND;
    }

    @Override
    boolean pass(Scratch scratch, int length) {
        boolean fit = areAllBelow(BOUND, scratch.x, length);
        pass(scratch.x, scratch.a, length);
        return fit;
    }

    /** The exponentials of numbers that fit, in their places. */
    static void pass(double[] x, double[] rounded, int length) {
        for (int i = 0; i < length; i++) {
            double sum = rounded(x[i]);
            rounded[i] = sum;
            x[i] = reduced(x[i], sum);
        }
        for (int i = 0; i < length; i++) {
            x[i] = scaled(x[i], rounded[i]);
        }
    }

    private static double rounded(double x) {
        return fma(x, RECIPROCAL_LOG_2, ROUNDER);
    }

    /** e^r. */
    private static double reduced(double x, double rounded) {
        double k = rounded - ROUNDER;
        double r = fma(k, -LOG_2_REST, fma(k, -LOG_2, x));
        double r2 = r * r;
        return fma(r2, beyond(r, r2), r) + 1;
    }

    /** (e^r - 1 - r) / r^2. */
    private static double beyond(double r, double r2) {
        double r4 = r2 * r2;
        double p0 = fma(r, 0.1666666666666667, 0.5);
        double p1 = fma(r, 0.008333333333326136, 0.04166666666666667);
        double p2 = fma(r, 0.00019841269874820627, 0.0013888888888883748);
        double p3 = fma(r, 2.7557255400206422e-06, 2.4801587325547743e-05);
        double p4 = fma(r, 2.5105217004720745e-08, 2.75572736431103e-07);
        double high = fma(r4, fma(r2, 2.0914686968086876e-09, p4), fma(r2, p3, p2));
        return fma(r4, high, fma(r2, p1, p0));
    }

    /** Times 2^k. */
    private static double scaled(double number, double rounded) {
        return number * Double.longBitsToDouble((Double.doubleToRawLongBits(rounded) << 52) + ONE);
    }
}
