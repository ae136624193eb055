package org.curvature4j.krylov;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Which eigenvalues are wanted. */
public enum SpectrumEnd {
    /** The largest, in descending order. */
    TOP,
    /** The smallest, in ascending order. */
    BOTTOM,
    /** Half of them, or one more, from the top and the others from the bottom, all in descending order. */
    BOTH,
    /** Those of largest magnitude, in descending order of magnitudes. */
    MAGNITUDE;

    /** The indices of the wanted ones among values in any order, at most {@code count}, in the order told above. */
    int[] best(double[] values, int count) {
        Comparator<Integer> descending = Comparator.comparingDouble(i -> -values[i]);
        Comparator<Integer> order =
                switch (this) {
                    case TOP, BOTH -> descending;
                    case BOTTOM -> descending.reversed();
                    case MAGNITUDE ->
                        Comparator.<Integer>comparingDouble(i -> -Math.abs(values[i]))
                                .thenComparing(descending);
                };
        List<Integer> sorted = new ArrayList<>(
                IntStream.range(0, values.length).boxed().sorted(order).toList());
        int surplus = Math.max(0, values.length - count);
        int first = this == BOTH ? (Math.min(count, values.length) + 1) / 2 : sorted.size() - surplus;
        sorted.subList(first, first + surplus).clear();
        return sorted.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * How far a value lies beyond the last of the wanted ones, from the inside of the spectrum towards its ends: positive
     * if it should take the place of one of them.
     *
     * @param wanted values as {@link #best} orders them, at least one
     */
    double beyond(double value, double[] wanted) {
        double last = wanted[wanted.length - 1];
        return switch (this) {
            case TOP -> value - last;
            case BOTTOM -> last - value;
            case MAGNITUDE -> Math.abs(value) - Math.abs(last);
            case BOTH -> {
                int fromTop = (wanted.length + 1) / 2;
                double beyondTop = value - wanted[fromTop - 1];
                yield wanted.length > fromTop ? Math.max(beyondTop, wanted[fromTop] - value) : beyondTop;
            }
        };
    }

    /** Whether a larger value than all others may be wanted. */
    boolean looksUp() {
        return this != BOTTOM;
    }

    /** Whether a smaller value than all others may be wanted, of {@code count} wanted ones. */
    boolean looksDown(int count) {
        return this == BOTTOM || this == MAGNITUDE || (this == BOTH && count > 1);
    }
}
