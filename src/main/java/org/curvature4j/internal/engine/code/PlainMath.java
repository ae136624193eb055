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

    public static double exp2(double x) {
        return Binary.exp2(x);
    }

    public static double expm1(double x) {
        return Exponential.expm1(x);
    }

    public static double log2(double x) {
        return Binary.log2(x);
    }

    public static double log1p(double x) {
        return Logarithm.log1p(x);
    }

    public static double cbrt(double x) {
        return CubeRoot.cbrt(x);
    }

    public static double tan(double x) {
        return Tangent.tan(x);
    }

    public static double asin(double x) {
        return InverseSinusoid.asin(x);
    }

    public static double acos(double x) {
        return InverseSinusoid.acos(x);
    }

    public static double atan(double x) {
        return InverseSinusoid.atan(x);
    }

    public static double sinh(double x) {
        return Hyperbolic.sinh(x);
    }

    public static double cosh(double x) {
        return Hyperbolic.cosh(x);
    }

    public static double erf(double x) {
        return ErrorFunction.erf(x);
    }

    public static double erfc(double x) {
        return ErrorFunction.erfc(x);
    }

    public static double lgamma(double x) {
        return LogGammaFunction.lgamma(x);
    }

    public static double atan2(double y, double x) {
        return InverseSinusoid.atan2(y, x);
    }

    public static double pow(double x, double y) {
        return Power.pow(x, y);
    }
}
