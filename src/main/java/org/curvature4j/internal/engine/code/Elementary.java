package org.curvature4j.internal.engine.code;

import org.apache.commons.numbers.gamma.Erf;
import org.apache.commons.numbers.gamma.Erfc;

/**
 * Elementary functions that the engines' Java code calls where the JDK's own is slow: on JDK 17 {@link Math#tanh} leaves
 * the JIT's code for a native one, and has no error function. Within 2 units in the last place of {@link StrictMath}'s or of the function itself, over the whole range, on
 * processors with a fused multiply-add (x86 since 2013, ARMv8); elsewhere Java emulates it, a hundred times slower.
 */
public final class Elementary {
    private static final double TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);

    private Elementary() {}

    /** The hyperbolic tangent. */
    public static double tanh(double x) {
        return Tanh.INSTANCE.of(x);
    }

    /**
     * The hyperbolic tangents of {@code count} numbers, the same to the last bit as {@link #tanh(double)}, at a fifth of
     * its cost.
     *
     * @param x arguments, from {@code xFrom} on; not modified unless {@code z} is the same array
     * @param z results, from {@code zFrom} on; may be {@code x} if the two ranges are the same or don't overlap
     */
    public static void tanh(double[] x, int xFrom, double[] z, int zFrom, int count) {
        Tanh.INSTANCE.of(x, xFrom, z, zFrom, count);
    }

    /** 1 / (1 + e^-x). */
    public static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** log(1 + e^x), without overflow. */
    public static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

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

    /** x^y, 1 for x = 1 and any y, and for x = -1 and an infinite y, where C and ND4J have 1 and Java has NaN. */
    public static double pow(double x, double y) {
        return x == 1 || (x == -1 && Double.isInfinite(y)) ? 1 : Math.pow(x, y);
    }
}
