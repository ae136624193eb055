package org.curvature4j.spectrum;

/** The rule of {@link Classification} in numbers alone, so that a device can follow it too: a class is its place in the enum. */
@SuppressWarnings("ShortCircuitBoolean") // a branch costs a device more than what it would spare
final class ClassKernel {

    static final int CLASSES = 8;

    private static final int CONVEX = 0;
    private static final int CONCAVE = 1;
    private static final int SADDLE = 2;
    private static final int CONVEX_WITH_FLAT = 3;
    private static final int CONCAVE_WITH_FLAT = 4;
    private static final int SADDLE_WITH_FLAT = 5;
    private static final int FLAT = 6;
    private static final int UNDECIDED = 7;

    private ClassKernel() {}

    /**
     * The class of a spectrum.
     *
     * @param values eigenvalue k, in any order, at [start + k stride]
     * @param tolerance magnitude up to which an eigenvalue counts as zero, at least 0
     * @param errorBound how far an eigenvalue may lie from the true one, at least 0
     */
    static int of(double[] values, int start, int stride, int order, double tolerance, double errorBound) {
        boolean surelyPositive = false;
        boolean surelyNegative = false;
        boolean surelyZero = false;
        boolean maybePositive = false;
        boolean maybeNegative = false;
        boolean maybeZero = false;
        boolean flat = false;
        for (int k = 0; k < order; k++) {
            // As in SignSet.
            double value = values[start + k * stride];
            boolean positive = value + errorBound > tolerance;
            boolean negative = value - errorBound < -tolerance;
            boolean zero = positive == negative || Math.abs(value) <= tolerance + errorBound;
            surelyPositive |= positive & !zero;
            surelyNegative |= negative & !zero;
            surelyZero |= !positive & !negative;
            maybePositive |= positive;
            maybeNegative |= negative;
            maybeZero |= zero;
            flat |= Math.abs(value) <= tolerance;
        }
        if (surelyPositive && surelyNegative) {
            return flat ? SADDLE_WITH_FLAT : SADDLE;
        }
        if (maybePositive && maybeNegative) {
            return UNDECIDED;
        }
        if (!maybePositive && !maybeNegative) {
            return FLAT;
        }
        boolean surelyCurved = surelyPositive || surelyNegative;
        if (surelyCurved && !maybeZero) {
            return surelyPositive ? CONVEX : CONCAVE;
        }
        if (surelyCurved && surelyZero) {
            return surelyPositive ? CONVEX_WITH_FLAT : CONCAVE_WITH_FLAT;
        }
        return UNDECIDED;
    }
}
