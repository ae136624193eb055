package org.curvature4j.spectrum;

import org.curvature4j.internal.text.Arguments;

/**
 * What to compute and how. Immutable.
 *
 * @param vectors whether singular vectors are computed
 * @param threads the most worker threads that a batch uses; results are the same bits for any number
 */
public record SingularOptions(boolean vectors, int threads) {
    public SingularOptions {
        Arguments.refuseIf(threads < 1, "threads", "at least 1", threads);
    }

    /** Values, and for square matrices determinants; as many threads as the machine has processors. */
    public static SingularOptions valuesOnly() {
        return new SingularOptions(false, Runtime.getRuntime().availableProcessors());
    }

    /** Vectors too. */
    public static SingularOptions withVectors() {
        return new SingularOptions(true, Runtime.getRuntime().availableProcessors());
    }

    /** The same with this many worker threads at most. */
    public SingularOptions threads(int count) {
        return new SingularOptions(vectors, count);
    }
}
