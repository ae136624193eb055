package org.curvature4j.internal.engine.code;

/**
 * The functions of {@link Math} and others from plain operations: within 2 units in the last place over the whole range, the
 * same bits wherever these operations are rounded as IEEE 754 says. What a device computes, and the JVM where it takes no
 * longer.
 */
public final class PlainMath {
    private PlainMath() {}

    public static double exp(double x) {
        return Exponential.exp(x);
    }

    public static double log(double x) {
        return Logarithm.log(x);
    }

    /** -1, 1, or x itself where it is 0 or not a number. */
    public static double sign(double x) {
        return Math.signum(x);
    }

    public static double sin(double x) {
        return Sinusoid.sinusoid(x, 0);
    }

    public static double cos(double x) {
        return Sinusoid.sinusoid(x, 1);
    }

    public static double tanh(double x) {
        return Tanh.tanh(x);
    }

    /** 1 / (1 + e^-x). */
    public static double sigmoid(double x) {
        return Sigmoid.sigmoid(x);
    }

    /** log(1 + e^x). */
    public static double softplus(double x) {
        return Softplus.softplus(x);
    }
}
