package org.curvature4j.spectrum;

/**
 * What a true eigenvalue may be, given the computed one and the bound on its error: any of positive, negative, and zero
 * to tolerance.
 */
enum SignSet {
    POSITIVE(true, false, false),
    NEGATIVE(false, true, false),
    ZERO(false, false, true),
    POSITIVE_OR_ZERO(true, false, true),
    NEGATIVE_OR_ZERO(false, true, true),
    ANY(true, true, true);

    private final boolean positive;
    private final boolean negative;
    private final boolean zero;

    SignSet(boolean positive, boolean negative, boolean zero) {
        this.positive = positive;
        this.negative = negative;
        this.zero = zero;
    }

    static SignSet of(double value, double tolerance, double errorBound) {
        boolean positive = value + errorBound > tolerance;
        boolean negative = value - errorBound < -tolerance;
        if (positive && negative) {
            return ANY;
        }
        boolean zero = Math.abs(value) <= tolerance + errorBound;
        if (positive) {
            return zero ? POSITIVE_OR_ZERO : POSITIVE;
        }
        if (negative) {
            return zero ? NEGATIVE_OR_ZERO : NEGATIVE;
        }
        return ZERO;
    }

    boolean mayBePositive() {
        return positive;
    }

    boolean mayBeNegative() {
        return negative;
    }

    boolean mayBeZero() {
        return zero;
    }

    boolean isUndecided() {
        return this != POSITIVE && this != NEGATIVE && this != ZERO;
    }
}
