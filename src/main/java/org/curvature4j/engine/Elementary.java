package org.curvature4j.engine;

/**
 * Elementary functions that generated code calls where the JDK's own is slow: on JDK 17 {@link Math#tanh} leaves the
 * JIT's code for a native one. Within 2 units in the last place of {@link StrictMath}'s, over the whole range.
 */
public final class Elementary {
    /** Up to here a rational function is used, beyond it the exponential. */
    private static final double RATIONAL = 0.625;

    /** Below, the cubic term is less than half a unit in the last place, and adding it would lose the sign of -0.0. */
    private static final double LINEAR = 1e-8;

    /** From here on tanh is 1 in float64. */
    private static final double SATURATED = 22;

    private Elementary() {}

    /**
     * The hyperbolic tangent: x + x^3 P(x^2) / Q(x^2) for small arguments, with the coefficients of Moshier's Cephes
     * library (after Cody and Waite, Software Manual for the Elementary Functions, chapter 13), else 1 - 2 / (e^2x + 1).
     */
    public static double tanh(double x) {
        double size = Math.abs(x);
        if (size < LINEAR) {
            return x;
        } else if (size < RATIONAL) {
            double z = x * x;
            double p = (-0.9643991794250523 * z - 99.28772310019185) * z - 1614.6876844170845;
            double q = ((z + 112.81167849163293) * z + 2235.4883906010045) * z + 4844.063053251255;
            return x + x * (z * (p / q));
        }
        if (size > SATURATED) {
            return Math.signum(x);
        }
        double magnitude = 1 - 2 / (Math.exp(2 * size) + 1);
        return x < 0 ? -magnitude : magnitude;
    }

    /** 1 / (1 + e^-x). */
    public static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** log(1 + e^x), without overflow. */
    public static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    /** x^y, 1 for x = 1 and any y, and for x = -1 and an infinite y, where C and ND4J have 1 and Java has NaN. */
    public static double pow(double x, double y) {
        return x == 1 || (x == -1 && Double.isInfinite(y)) ? 1 : Math.pow(x, y);
    }
}
