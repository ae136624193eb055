package org.curvature4j.krylov;

import java.util.Objects;
import org.curvature4j.internal.text.Arguments;
import org.curvature4j.stream.Progress;

/**
 * How to estimate a spectral density. Immutable; start from {@link #standard()} and change what differs:
 * {@code DensityOptions.standard().steps(60).seed(3)}.
 *
 * @param steps Lanczos steps of each probe, which is products and vectors kept; fewer where the operator has fewer rows
 * @param probes random vectors, the more the smaller the standard errors
 * @param seed chooses the random vectors
 * @param threads the most that work on vectors; results are the same bits for any number
 * @param progress hears of each product; of those that a breakdown spares when it spares them
 */
public record DensityOptions(int steps, int probes, long seed, int threads, Progress progress) {
    /** @throws IllegalArgumentException if there are fewer than 2 steps, or no probes or threads */
    public DensityOptions {
        Arguments.refuseIf(steps < 2, "steps", "at least 2", steps);
        Arguments.refuseIf(probes < 1, "probes", "at least 1", probes);
        Arguments.refuseIf(threads < 1, "threads", "at least 1", threads);
        Objects.requireNonNull(progress);
    }

    /** 100 steps for each of 20 probes, seed 0, as many threads as the machine has processors. */
    public static DensityOptions standard() {
        return new DensityOptions(100, 20, 0, Runtime.getRuntime().availableProcessors(), Progress.NONE);
    }

    /** The same with this many steps, at least 2. */
    public DensityOptions steps(int count) {
        return new DensityOptions(count, probes, seed, threads, progress);
    }

    /** The same with this many probes, at least 1; standard errors take 2. */
    public DensityOptions probes(int count) {
        return new DensityOptions(steps, count, seed, threads, progress);
    }

    /** The same with other random vectors. */
    public DensityOptions seed(long number) {
        return new DensityOptions(steps, probes, number, threads, progress);
    }

    /** The same with this many threads at most. */
    public DensityOptions threads(int most) {
        return new DensityOptions(steps, probes, seed, most, progress);
    }

    /** The same with a listener, which hears of steps x probes products in all. */
    public DensityOptions progress(Progress listener) {
        return new DensityOptions(steps, probes, seed, threads, listener);
    }

    @Override
    public String toString() {
        return probes + " probes of " + steps + " steps, seed " + seed + ", at most " + threads + " threads";
    }
}
