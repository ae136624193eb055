package org.curvature4j.internal.engine.code;

import static java.lang.Math.abs;
import static java.lang.Math.fma;

/**
 * The cube root. A third of the exponent, by an integer division of the bits as W. Kahan proposed, is a start within 5 %,
 * which two steps of Halley's iteration take to 40 bits, and one of Newton's, from a residual without cancellation, to all.
 */
final class CubeRoot {
    /** Two thirds of the bias of exponents, less a little that evens out the error. */
    private static final int START = 0x2a9f7893;

    private CubeRoot() {}

    static double cbrt(double x) {
        if (x == 0 || !(abs(x) <= Double.MAX_VALUE)) {
            return x;
        }
        // Squares and residuals stay in range.
        boolean small = abs(x) < 0x1p-700;
        boolean large = abs(x) > 0x1p700;
        double a = abs(x) * (small ? 0x1p300 : large ? 0x1p-300 : 1);
        int high = (int) (Double.doubleToRawLongBits(a) >>> 32) / 3 + START;
        double y = halley(a, halley(a, Double.longBitsToDouble((long) high << 32)));
        double square = y * y;
        double residual = fma(-square, y, a) - fma(y, y, -square) * y;
        double root = y + residual / (3 * square);
        return Math.copySign(root * (small ? 0x1p-100 : large ? 0x1p100 : 1), x);
    }

    private static double halley(double a, double y) {
        double cube = y * y * y;
        double residual = a - cube;
        return y + y * residual / (a + cube + cube);
    }
}
