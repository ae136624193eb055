package org.curvature4j.estimate;

/** Checks of what comes out. */
final class Result {
    private Result() {}

    /** @throws IllegalArgumentException if sums of finite products overflowed */
    static double finite(String quantity, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(quantity + ": expected sums that a double holds, got " + value
                    + " (scale the operator with times)");
        }
        return value;
    }
}
