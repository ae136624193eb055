package org.curvature4j.engine;

/**
 * Elementary functions that the engines' Java code calls where the JDK's own is slow: on JDK 17 {@link Math#tanh} leaves
 * the JIT's code for a native one. Within 2 units in the last place of {@link StrictMath}'s, over the whole range, on
 * processors with a fused multiply-add (x86 since 2013, ARMv8); elsewhere Java emulates it, a hundred times slower.
 */
public final class Elementary {
    private Elementary() {}

    /** The hyperbolic tangent. */
    public static double tanh(double x) {
        return Tanh.of(x);
    }

    /**
     * The hyperbolic tangents of {@code count} numbers, the same to the last bit as {@link #tanh(double)}, at a fifth of
     * its cost.
     *
     * @param x arguments, from {@code xFrom} on; not modified unless {@code z} is the same array
     * @param z results, from {@code zFrom} on; may be {@code x} if the two ranges are the same or don't overlap
     */
    public static void tanh(double[] x, int xFrom, double[] z, int zFrom, int count) {
        Tanh.of(x, xFrom, z, zFrom, count);
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
