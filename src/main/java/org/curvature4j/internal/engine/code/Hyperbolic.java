package org.curvature4j.internal.engine.code;

import static java.lang.Math.abs;
import static java.lang.Math.fma;

/**
 * The hyperbolic sine and cosine, (e^x -+ e^-x) / 2; below 1 the sine is x + x^3 R(x^2), whose polynomial interpolates at
 * Chebyshev nodes, with 66 digits, with a relative error of 2^-56.
 */
final class Hyperbolic {
    private Hyperbolic() {}

    static double sinh(double x) {
        double a = abs(x);
        if (a < 1) {
            double z = x * x;
            double z2 = z * z;
            double p0 = fma(z, 0.008333333333333333, 0.16666666666666666);
            double p1 = fma(z, 2.7557319223985893e-06, 0.0001984126984126984);
            double p2 = fma(z, 1.6059043836821613e-10, 2.505210838544172e-08);
            double p3 = fma(z, 2.811457254346847e-15, 7.647163731819811e-13);
            double p = fma(z2 * z2, fma(z2, p3, p2), fma(z2, p1, p0));
            return fma(x, z * p, x);
        } else if (a < Exponential.BOUND) {
            double half = 0.5 * Exponential.ofFitting(a);
            return Math.copySign(half - 0.25 / half, x);
        }
        return Math.copySign(Exponential.far(a, -1), x);
    }

    static double cosh(double x) {
        double a = abs(x);
        if (a < Exponential.BOUND) {
            double half = 0.5 * Exponential.ofFitting(a);
            return half + 0.25 / half;
        }
        return Exponential.far(a, -1);
    }
}
