package org.curvature4j.internal.engine.code;

import org.apache.commons.numbers.gamma.Erf;
import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.LogGamma;

/** Functions that Java doesn't have, or not as ND4J has them: within 2 units in the last place over the whole range. */
public final class Elementary {
    private static final double TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);

    private Elementary() {}

    /** The inverse hyperbolic cosine, without cancellation near 1: log(1 + t + sqrt(2 t + t^2)) of t = x - 1. */
    public static double acosh(double x) {
        if (x < 1) {
            return Double.NaN;
        }
        double t = x - 1;
        // Beyond, t^2 adds nothing to the sum's last digit, and would overflow.
        return x > 1e9 ? Math.log(x) + Math.log(2) : Math.log1p(t + Math.sqrt(t * (2 + t)));
    }

    /** The error function. */
    public static double erf(double x) {
        // x^3 / 3 is below half an ulp here, and the library loses digits of subnormal numbers.
        return Math.abs(x) < 1e-9 ? x * TWO_OVER_SQRT_PI : Erf.value(x);
    }

    /** 1 - erf(x), without cancellation for large x. */
    public static double erfc(double x) {
        return Erfc.value(x);
    }

    /** log |gamma(x)|, infinite at the poles; where it passes 0 below 0, errors are of the size of an ulp of 1. */
    public static double lgamma(double x) {
        return x <= 0 && x == Math.rint(x) ? Double.POSITIVE_INFINITY : LogGamma.value(x);
    }

    /** x^y, 1 for x = 1 and any y, and for x = -1 and an infinite y, where C and ND4J have 1 and Java has NaN. */
    public static double pow(double x, double y) {
        return x == 1 || (x == -1 && Double.isInfinite(y)) ? 1 : Math.pow(x, y);
    }
}
