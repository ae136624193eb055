package org.curvature4j.internal.engine.code;

/** Functions that Java doesn't have, or not as ND4J has them: within 2 units in the last place over the whole range. */
public final class Elementary {
    private Elementary() {}

    /** The inverse hyperbolic cosine, without cancellation near 1: log(1 + t + sqrt(2 t + t^2)) of t = x - 1. */
    public static double acosh(double x) {
        if (x < 1) {
            return Double.NaN;
        }
        double t = x - 1;
        // Beyond, t^2 adds nothing to the sum's last digit, and would overflow.
        return x > 1e9 ? PlainMath.log(x) + 0.6931471805599453 : PlainMath.log1p(t + Math.sqrt(t * (2 + t)));
    }

    /** x^y, 1 for x = 1 and any y, and for x = -1 and an infinite y, where C and ND4J have 1 and Java has NaN. */
    public static double pow(double x, double y) {
        return x == 1 || (x == -1 && Double.isInfinite(y)) ? 1 : Math.pow(x, y);
    }
}
