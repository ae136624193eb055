package org.curvature4j.spectrum;

/** Ratios of the largest to the smallest curvature, in the 2-norm. */
final class ConditionNumber {

    private ConditionNumber() {}

    /**
     * Largest over smallest magnitude, without values of which the error bound leaves open whether they are zero; infinite
     * if one surely is, NaN where none is left.
     */
    static double of(double[] values, double tolerance, double errorBound) {
        for (double value : values) {
            if (SignSet.of(value, tolerance, errorBound) == SignSet.ZERO) {
                return Double.POSITIVE_INFINITY;
            }
        }
        return effective(values, tolerance, errorBound);
    }

    /** Largest over smallest magnitude among those that surely are above the tolerance; NaN if there is none. */
    static double effective(double[] values, double tolerance, double errorBound) {
        double smallest = Double.POSITIVE_INFINITY;
        double largest = Double.NaN;
        for (double value : values) {
            double magnitude = Math.abs(value);
            if (magnitude > tolerance + errorBound) {
                smallest = Math.min(smallest, magnitude);
                largest = largest >= magnitude ? largest : magnitude;
            }
        }
        return largest / smallest;
    }
}
