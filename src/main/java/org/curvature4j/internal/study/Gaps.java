package org.curvature4j.internal.study;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Gaps among the leading eigenvalues: ratios of each to the next one. Where the largest is, the outliers may be said to
 * end; papers tell outliers by eye.
 *
 * @param ratios number k, from 0, is the eigenvalue k over the next, of eigenvalues in descending order; infinite where the
 *     next isn't positive
 */
@SuppressWarnings("ArrayRecordComponent") // made and used within this package, never compared
record Gaps(double[] ratios) {
    /**
     * The gaps behind each of the first eigenvalues.
     *
     * @param descending at least one more than {@code count}
     */
    static Gaps of(double[] descending, int count) {
        double[] ratios = new double[count];
        Arrays.setAll(
                ratios, k -> descending[k + 1] > 0 ? descending[k] / descending[k + 1] : Double.POSITIVE_INFINITY);
        return new Gaps(ratios);
    }

    /** How many eigenvalues lie above the largest gap; the fewest of a tie. */
    int outliers() {
        return ordered()[0];
    }

    /** The largest ratio. */
    double largest() {
        return after(outliers());
    }

    /** The ratio of the eigenvalue of this number, from 1, to the next. */
    double after(int number) {
        return ratios[number - 1];
    }

    /** Which place, from 1, the gap after a number of eigenvalues takes among all, by size. */
    int place(int number) {
        int[] ordered = ordered();
        return 1
                + IntStream.range(0, ordered.length)
                        .filter(i -> ordered[i] == number)
                        .findFirst()
                        .orElseThrow();
    }

    /** Numbers of eigenvalues above each gap, the largest gap first. */
    private int[] ordered() {
        return IntStream.rangeClosed(1, ratios.length)
                .boxed()
                .sorted(Comparator.comparingDouble(number -> -after(number)))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
