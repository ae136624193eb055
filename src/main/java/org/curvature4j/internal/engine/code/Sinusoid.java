package org.curvature4j.internal.engine.code;

import static java.lang.Math.abs;
import static java.lang.Math.fma;

/**
 * Sine and cosine of x = k pi / 2 + r with |r| up to pi / 4, by Cody and Waite's reduction in three parts (Muller, Elementary
 * Functions, chapter 11): the first step is exact, as a fused multiply-add. The polynomials interpolate at Chebyshev nodes,
 * solved with 60 digits, with relative errors of 2^-57 and 2^-60. Beyond {@link #BOUND}, {@link FarAngle} reduces.
 */
final class Sinusoid extends Blockwise {
    /** Well below where k isn't exact any more, and where the rest of pi / 2 after three parts shows. */
    static final double BOUND = 1e9;

    /** 1.5 2^52: adding it rounds to an integer. */
    private static final double ROUNDER = 0x1.8p52;

    private static final double TWO_OVER_PI = 0.6366197723675814;
    static final double HALF_PI = 1.5707963267948966;
    static final double HALF_PI_REST = 6.123233995736765e-17;
    static final double HALF_PI_LAST = 1.082856673921914e-32;

    /** Quarters of a turn ahead of the sine. */
    private final double ahead;

    Sinusoid(double ahead) {
        this.ahead = ahead;
    }

    @Override
    public double of(double x) {
        return sinusoid(x, ahead);
    }

    /** The sine of x and so many quarters of a turn. */
    static double sinusoid(double x, double ahead) {
        boolean near = abs(x) < BOUND;
        double k = near ? quarters(x) : FarAngle.quarters(x);
        double r = near ? reduced(x, k) : FarAngle.reduced(x);
        return joined(sine(r), cosine(r * r), k + ahead);
    }

    @Override
    boolean fits(double x) {
        return abs(x) < BOUND;
    }

    @Override
    boolean pass(Scratch scratch, int length) {
        boolean fit = areAllBelow(BOUND, scratch.x, length);
        reduce(scratch.x, scratch.a, length);
        cosines(scratch.x, scratch.b, length);
        sines(scratch.x, length);
        join(scratch.x, scratch.b, scratch.a, ahead, length);
        return fit;
    }

    private static void reduce(double[] x, double[] quarters, int length) {
        for (int i = 0; i < length; i++) {
            double k = quarters(x[i]);
            quarters[i] = k;
            x[i] = reduced(x[i], k);
        }
    }

    private static void cosines(double[] r, double[] cosine, int length) {
        for (int i = 0; i < length; i++) {
            cosine[i] = cosine(r[i] * r[i]);
        }
    }

    private static void sines(double[] r, int length) {
        for (int i = 0; i < length; i++) {
            r[i] = sine(r[i]);
        }
    }

    private static void join(double[] sine, double[] cosine, double[] quarters, double ahead, int length) {
        for (int i = 0; i < length; i++) {
            sine[i] = joined(sine[i], cosine[i], quarters[i] + ahead);
        }
    }

    static double quarters(double x) {
        return fma(x, TWO_OVER_PI, ROUNDER) - ROUNDER;
    }

    /** Every part is positive, so that k = 0 takes off what leaves -0.0. */
    private static double reduced(double x, double k) {
        return fma(k, -HALF_PI_LAST, fma(k, -HALF_PI_REST, fma(k, -HALF_PI, x)));
    }

    /** Adding 0 makes what is taken from -0.0 a positive zero, which leaves it -0.0. */
    static double sine(double r) {
        return r - fma(r, gap(r * r), 0.0);
    }

    /** 1 - sin(r) / r for z = r^2, with |r| up to pi / 4. */
    static double gap(double z) {
        double z2 = z * z;
        double p0 = fma(z, -0.008333333333333331, 0.16666666666666666);
        double p1 = fma(z, -2.755731921932058e-06, 0.0001984126984126504);
        double p2 = fma(z, -1.6058530596645953e-10, 2.50521062259944e-08);
        return z * fma(z2 * z2, fma(z2, 7.586636882825159e-13, p2), fma(z2, p1, p0));
    }

    /** 1 - z / 2 rounds; what its rounding leaves is given back. */
    static double cosine(double z) {
        double z2 = z * z;
        double p0 = fma(z, -0.0013888888888887389, 0.041666666666666664);
        double p1 = fma(z, -2.755731726587808e-07, 2.48015872987544e-05);
        double p2 = fma(z, -1.138254464534925e-11, 2.087614504941318e-09);
        double high = z2 * fma(z2 * z2, p2, fma(z2, p1, p0));
        double low = fma(z, -0.5, 1);
        return low + (fma(z, -0.5, 1 - low) + high);
    }

    /**
     * The sine of so many quarters of a turn and r: +-cos r if the number is odd, else +-sin r, minus where its half is odd.
     * What isn't chosen is taken off as a positive zero, which leaves -0.0.
     */
    private static double joined(double sine, double cosine, double quarters) {
        double odd = abs(fma(-2, halved(quarters), quarters));
        double halves = 0.5 * (quarters - odd);
        double sign = fma(-2, abs(fma(-2, halved(halves), halves)), 1);
        return sign * (sine * (1 - odd) - cosine * (-odd + 0.0));
    }

    /** The nearest integer to half of an integer. */
    static double halved(double integer) {
        return fma(integer, 0.5, ROUNDER) - ROUNDER;
    }
}
