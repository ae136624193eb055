package org.curvature4j.spectrum;

/** Ratios of the largest to the smallest curvature, in the 2-norm. */
final class ConditionNumber {

    private ConditionNumber() {}

    /** Largest over smallest magnitude; infinite if the smallest is within tolerance of 0, NaN for no values. */
    static double of(double[] values, double tolerance) {
        double smallest = Double.POSITIVE_INFINITY;
        double largest = 0;
        for (double value : values) {
            smallest = Math.min(smallest, Math.abs(value));
            largest = Math.max(largest, Math.abs(value));
        }
        if (values.length == 0) {
            return Double.NaN;
        }
        return smallest <= tolerance ? Double.POSITIVE_INFINITY : largest / smallest;
    }

    /** Largest over smallest magnitude among those above the tolerance; NaN if there is none. */
    static double effective(double[] values, double tolerance) {
        double smallest = Double.POSITIVE_INFINITY;
        double largest = Double.NaN;
        for (double value : values) {
            double magnitude = Math.abs(value);
            if (magnitude > tolerance) {
                smallest = Math.min(smallest, magnitude);
                largest = largest >= magnitude ? largest : magnitude;
            }
        }
        return largest / smallest;
    }
}
