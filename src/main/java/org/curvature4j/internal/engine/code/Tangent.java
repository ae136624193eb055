package org.curvature4j.internal.engine.code;

import static java.lang.Math.abs;
import static java.lang.Math.fma;

/**
 * The tangent, as the quotient of {@link Sinusoid}'s sine and cosine of a reduced angle, each with what its rounding and that
 * of the angle left over, so that only the quotient is rounded.
 */
final class Tangent {
    private Tangent() {}

    static double tan(double x) {
        if (abs(x) < Sinusoid.BOUND) {
            double k = Sinusoid.quarters(x);
            double head = fma(k, -Sinusoid.HALF_PI, x);
            double part = k * Sinusoid.HALF_PI_REST;
            double r = head - part;
            double back = r - head;
            double lost = head - (r - back) - (part + back);
            double left = lost - fma(k, Sinusoid.HALF_PI_REST, -part) - k * Sinusoid.HALF_PI_LAST;
            return quotient(r, left, isOdd(k));
        }
        return quotient(FarAngle.reduced(x), FarAngle.rest(x), isOdd(FarAngle.quarters(x)));
    }

    private static boolean isOdd(double k) {
        return fma(-2, Sinusoid.halved(k), k) != 0;
    }

    /** sin / cos, or -cos / sin, of an angle and what is left of it. */
    private static double quotient(double r, double left, boolean odd) {
        double z = r * r;
        double below = r * Sinusoid.gap(z);
        double sine = r - below;
        double cosine = Sinusoid.cosine(z);
        double sineRest = fma(left, cosine, r - sine - below);
        double cosineRest = -fma(0.5, fma(r, r, -z), r * left);
        if (abs(r) < 0x1p-60) {
            return odd ? -1 / r : r;
        }
        double above = odd ? -cosine : sine;
        double under = odd ? sine : cosine;
        double aboveRest = odd ? -cosineRest : sineRest;
        double underRest = odd ? sineRest : cosineRest;
        double quotient = above / under;
        return quotient + (fma(-quotient, under, above) + fma(-quotient, underRest, aboveRest)) / under;
    }
}
