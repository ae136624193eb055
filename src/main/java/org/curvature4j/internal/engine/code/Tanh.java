package org.curvature4j.internal.engine.code;

import static java.lang.Math.abs;
import static java.lang.Math.fma;

/**
 * The hyperbolic tangent without branches, within 2 units in the last place of {@link StrictMath#tanh}, odd to the last
 * bit, never above 1.
 *
 * <p>The argument is split exactly into x = u + v, with u = x and v = 0 up to 1, and u = 1 beyond. With t = tanh(u) / u and
 * q = e^(2|v|) - 1 the addition theorem (DLMF 4.35.3) comes to tanh(x) = u - u (1 - t) / (1 + q (1 + t) / 2), which is
 * u t where v = 0, and u where q is large or has overflowed. 1 - t is a polynomial in u^2; q is a polynomial at |v| / 32
 * that q -> q (q + 2), the doubling of its argument, takes to 2|v| in six steps of one rounding each, whose errors the
 * division damps. The polynomials interpolate at Chebyshev nodes on [0, 1] and [0, 0.6], solved with 60 digits, with
 * relative errors of 2^-56 and 2^-54; they are summed by Estrin's scheme (Muller, Elementary Functions, section 5.3).
 */
final class Tanh extends Blockwise {
    /** Splitting the argument is exact below; far above 1, where tanh is 1 in float64. */
    private static final double SPLITS = 1e15;

    @Override
    public double of(double x) {
        return tanh(x);
    }

    static double tanh(double x) {
        if (!(abs(x) < SPLITS)) {
            return Math.signum(x);
        }
        double u = near(x);
        return joined(u, gap(u * u), growth(abs(x - u) * 0.03125));
    }

    @Override
    boolean fits(double x) {
        return abs(x) < SPLITS;
    }

    @Override
    boolean pass(Scratch scratch, int length) {
        boolean fit = areAllBelow(SPLITS, scratch.x, length);
        split(scratch.x, scratch.a, scratch.b, length);
        grow(scratch.x, scratch.a, length);
        join(scratch.a, scratch.b, scratch.x, length);
        return fit;
    }

    // Three loops, since HotSpot doesn't unroll, and so doesn't vectorise, a loop with as many operations as all of
    // them.

    private static void split(double[] x, double[] near, double[] gap, int length) {
        for (int i = 0; i < length; i++) {
            double u = near(x[i]);
            near[i] = u;
            gap[i] = gap(u * u);
        }
    }

    private static void grow(double[] x, double[] near, int length) {
        for (int i = 0; i < length; i++) {
            x[i] = growth(abs(x[i] - near[i]) * 0.03125);
        }
    }

    private static void join(double[] near, double[] gap, double[] x, int length) {
        for (int i = 0; i < length; i++) {
            x[i] = joined(near[i], gap[i], x[i]);
        }
    }

    /** u: the argument, no further than 1 from 0. Twice what is above 1 less twice what is below -1 is taken off. */
    private static double near(double x) {
        double above = x - 1;
        double below = x + 1;
        return fma(-0.5, (abs(above) + above) - (abs(below) - below), x);
    }

    /** 1 - tanh(u) / u for z = u^2. */
    private static double gap(double z) {
        double z2 = z * z;
        double z4 = z2 * z2;
        double p0 = fma(z, -0.1333333333333309, 0.3333333333333333);
        double p1 = fma(z, -0.02186948852912909, 0.05396825396804637);
        double p2 = fma(z, -0.003592126679366341, 0.008863235404578283);
        double p3 = fma(z, -0.0005899792946300052, 0.0014558246920964941);
        double p4 = fma(z, -9.646277743313181e-05, 0.00023895705228738225);
        double p5 = fma(z, -1.4606131676715378e-05, 3.8389607893147334e-05);
        double p6 = fma(z, -1.3791814499083342e-06, 4.987760317520347e-06);
        double p7 = fma(z, -2.5155023659382105e-08, 2.6330772232959337e-07);
        double low = fma(z4, fma(z2, p3, p2), fma(z2, p1, p0));
        double high = fma(z4, fma(z2, p7, p6), fma(z2, p5, p4));
        return z * fma(z4 * z4, high, low);
    }

    /** e^(64 y) - 1, from e^y - 1 = y + y^2 (1/2 + ...). */
    private static double growth(double y) {
        double y2 = y * y;
        double y4 = y2 * y2;
        double p0 = fma(y, 0.1666666666666768, 0.49999999999999994);
        double p1 = fma(y, 0.008333333345173954, 0.04166666666611043);
        double p2 = fma(y, 0.0001984134897191451, 0.0013888887610555923);
        double p3 = fma(y, 2.762619333112348e-06, 2.4798613194658548e-05);
        double p4 = fma(y, 3.2229644249379434e-08, 2.6601906135821974e-07);
        double q = fma(y2, fma(y4 * y4, p4, fma(y4, fma(y2, p3, p2), fma(y2, p1, p0))), y);
        q = fma(q, q, q + q);
        q = fma(q, q, q + q);
        q = fma(q, q, q + q);
        q = fma(q, q, q + q);
        q = fma(q, q, q + q);
        return fma(q, q, q + q);
    }

    /** Adding 0 makes what is taken from -0.0 a positive zero, which leaves it -0.0. */
    private static double joined(double u, double gap, double q) {
        return u - (u * (gap / fma(q, fma(-0.5, gap, 1), 1)) + 0.0);
    }
}
