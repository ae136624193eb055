package org.curvature4j;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a {@link DerivativeCheck} found.
 *
 * @param function that was checked
 * @param comparisons for each order and each way of checking it the worst place, orders ascending
 */
public record DerivativeReport(String function, List<Comparison> comparisons) {

    /** Takes its own copy of the list. */
    public DerivativeReport {
        comparisons = List.copyOf(comparisons);
    }

    /** What is held to what. */
    public enum Kind {
        /** The derivative along a direction, to central differences of the derivative below. */
        FINITE_DIFFERENCES("forward mode", "finite differences"),
        /** A cotangent times the derivative along a direction, to the same by forward mode. */
        REVERSE_MODE("reverse mode", "forward mode"),
        /** The derivative along two directions, to that along the same ones exchanged. */
        SYMMETRY("one order of two directions", "the other"),
        /** The derivative at all points at once, to that at one after the other. */
        BATCH("a batch", "a loop");

        private final String checked;
        private final String reference;

        Kind(String checked, String reference) {
            this.checked = checked;
            this.reference = reference;
        }
    }

    /**
     * Two numbers that should be the same.
     *
     * @param order of the derivative, from 1
     * @param kind what is held to what
     * @param point which of the points, from 0
     * @param result which number of the function's result, row-major, from 0; -1 for a sum over all of them
     * @param found by what is checked
     * @param expected by what it is held to
     * @param allowed difference
     */
    public record Comparison(
            int order, Kind kind, int point, int result, double found, double expected, double allowed) {

        /** Whether the numbers are as close as is allowed. */
        public boolean isRight() {
            return excess() <= 1;
        }

        /** How many times the allowed difference there is; infinite where one isn't a number. */
        public double excess() {
            double excess = Math.abs(found - expected) / allowed;
            return Double.isNaN(excess) ? Double.POSITIVE_INFINITY : excess;
        }

        /** In words. */
        @Override
        public String toString() {
            return "derivative of order " + order + " at point " + point + (result < 0 ? "" : ", result " + result)
                    + ": " + kind.checked + " gives " + found + ", " + kind.reference + " " + expected
                    + (isRight() ? "" : " (expected at most " + allowed + " apart)");
        }
    }

    /** Whether every comparison is right. */
    public boolean isRight() {
        return comparisons.stream().allMatch(Comparison::isRight);
    }

    /** The comparison that is furthest off. */
    public Comparison worst() {
        return comparisons.stream()
                .max(Comparator.comparingDouble(Comparison::excess))
                .orElseThrow();
    }

    /** In words: the wrong comparisons, or the worst of the right ones. */
    @Override
    public String toString() {
        List<Comparison> wrong =
                comparisons.stream().filter(each -> !each.isRight()).toList();
        return wrong.isEmpty()
                ? function + ": all derivatives are right; the furthest off is the " + worst()
                : wrong.stream().map(Comparison::toString).collect(Collectors.joining("\n  ", function + "\n  ", ""));
    }
}
