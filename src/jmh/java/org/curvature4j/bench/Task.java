package org.curvature4j.bench;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * A workload at one size.
 *
 * @param workload what
 * @param points how many; 1 where it isn't a batch
 */
record Task(Workload workload, long points) {
    /** Of a batch, so many results are compared. */
    private static final long SAMPLE = 2000;

    /** @throws IllegalArgumentException if there is no such number of points */
    Task {
        long side = Math.round(Math.sqrt((double) points));
        if (points < 1 || (workload == Workload.SADDLE && (side < 2 || side * side != points))) {
            throw new IllegalArgumentException(workload.id() + ": expected "
                    + (workload == Workload.SADDLE ? "a square number of points, such as 1e4," : "one point or more,")
                    + " got " + points);
        }
    }

    /** From {@code hessian-221:1e5}, or {@code hvp-large}. */
    static Task of(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return new Task(Workload.of(text), 1);
        }
        try {
            return new Task(
                    Workload.of(text.substring(0, colon)), new BigDecimal(text.substring(colon + 1)).longValueExact());
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    "task: expected a workload and a number of points, got '" + text + "'", e);
        }
    }

    /** The rows of the results that are compared; none stands for all. */
    long[] sample() {
        if (!workload.hasRows() || points <= SAMPLE) {
            return new long[0];
        }
        return LongStream.range(0, SAMPLE)
                .map(i -> i * (points - 1) / (SAMPLE - 1))
                .toArray();
    }

    long resultBytes() {
        return points * workload.resultBytes();
    }

    @Override
    public String toString() {
        return workload.isBatch() ? String.format(Locale.ROOT, "%s, %,d points", workload.id(), points) : workload.id();
    }
}
