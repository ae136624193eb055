package org.curvature4j.fuzz;

import java.util.Arrays;
import java.util.Optional;

/** Compares arrays of results. */
final class Closeness {
    private Closeness() {}

    /** The first element that differs by more than rounding, or is a number in one and none in the other. */
    static Optional<String> difference(double[] actual, double[] expected, double tolerance) {
        if (actual.length != expected.length) {
            return Optional.of("expected " + expected.length + " elements, got " + actual.length);
        }
        double scale = Math.max(largest(expected), 1);
        for (int i = 0; i < actual.length; i++) {
            boolean same = actual[i] == expected[i]
                    || (Double.isNaN(actual[i]) && Double.isNaN(expected[i]))
                    || Math.abs(actual[i] - expected[i]) <= tolerance * scale;
            if (!same) {
                return Optional.of("[" + i + "] expected " + expected[i] + ", got " + actual[i] + " (of "
                        + Arrays.toString(expected) + ", got " + Arrays.toString(actual) + ")");
            }
        }
        return Optional.empty();
    }

    /** As {@link #difference}, for elements that are finite where they are expected. */
    static Optional<String> differenceOfFinite(double[] actual, double[] expected, double tolerance) {
        return Arrays.stream(expected).allMatch(Double::isFinite)
                ? difference(actual, expected, tolerance)
                : Optional.empty();
    }

    /** The first element whose bits differ, NaNs aside. */
    static Optional<String> differenceOfBits(double[] actual, double[] expected) {
        for (int i = 0; i < expected.length; i++) {
            if (Double.doubleToLongBits(actual[i]) != Double.doubleToLongBits(expected[i])) {
                return Optional.of("[" + i + "] expected the bits of " + expected[i] + ", got " + actual[i]);
            }
        }
        return Optional.empty();
    }

    private static double largest(double[] values) {
        return Arrays.stream(values)
                .map(Math::abs)
                .filter(Double::isFinite)
                .max()
                .orElse(0);
    }
}
