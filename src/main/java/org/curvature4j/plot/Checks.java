package org.curvature4j.plot;

import org.curvature4j.internal.text.Arguments;

/** What every figure demands of its numbers. */
final class Checks {

    /** What a figure can hold: beyond, the margins of an axis would overflow. */
    static final double LARGEST = 1e300;

    private Checks() {}

    /** The value, if it is finite and not negative. */
    static double tolerance(double tolerance) {
        if (!(tolerance >= 0) || Double.isInfinite(tolerance)) {
            throw new IllegalArgumentException("tolerance: expected a finite number of at least 0, got " + tolerance
                    + " (eigenvalues up to it count as zero)");
        }
        return tolerance;
    }

    /** A copy of the values, if there are any and all are finite. */
    static double[] finite(String name, double[] values) {
        Arguments.requireGiven(name, values);
        Arguments.refuseIf(values.length == 0, name, "at least one number", "none");
        for (int i = 0; i < values.length; i++) {
            if (!isDrawable(values[i])) {
                throw new IllegalArgumentException(
                        name + ": expected finite numbers within ±1e300, got " + values[i] + " at index " + i);
            }
        }
        return values.clone();
    }

    static boolean isDrawable(double value) {
        return Math.abs(value) <= LARGEST;
    }

    /** A copy of the values, if there are two or more, all finite, each larger than the one before. */
    static double[] ascending(String name, double[] values) {
        double[] copy = finite(name, values);
        Arguments.refuseIf(copy.length < 2, name, "at least 2 numbers", copy.length);
        for (int i = 1; i < copy.length; i++) {
            if (copy[i] <= copy[i - 1]) {
                throw new IllegalArgumentException(name + ": expected ascending numbers, got " + copy[i] + " after "
                        + copy[i - 1] + " at index " + i);
            }
        }
        return copy;
    }

    static double largestMagnitude(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
