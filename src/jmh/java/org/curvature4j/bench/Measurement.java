package org.curvature4j.bench;

import org.jspecify.annotations.Nullable;

/**
 * What one contender did at a task.
 *
 * @param library its name
 * @param variant what it ran
 * @param natural whether that is what a user writes first
 * @param hugePages whether its allocator asked for huge pages
 * @param byHand whether a person worked the derivatives out
 * @param seconds of a call, the median of turns
 * @param fastest the fastest turn's
 * @param slowest the slowest turn's
 * @param turns how many
 * @param slowestCall the 99th of 100 calls, seconds
 * @param ratio its seconds over those of this library with new results, the median over rounds
 * @param ratioToReused the same to this library with results in memory given, NaN where it wasn't measured
 * @param paired of another commit of this library, its seconds over those of the same variant here; null for all others
 * @param residentMib the largest resident set of a new process that computes nothing else; NaN where it wasn't measured
 * @param difference of its results from this library's, relative to the largest
 */
record Measurement(
        String library,
        String variant,
        boolean natural,
        boolean hugePages,
        boolean byHand,
        double seconds,
        double fastest,
        double slowest,
        int turns,
        double slowestCall,
        double ratio,
        double ratioToReused,
        @Nullable Spread paired,
        double residentMib,
        double difference) {

    /**
     * Of a ratio over rounds.
     *
     * @param median of them
     * @param lower quartile
     * @param upper quartile
     */
    record Spread(double median, double lower, double upper) {}

    /** Its name where several of a library are told apart. */
    String label() {
        return library + ", " + variant + (hugePages ? ", huge pages" : "");
    }

    boolean isOtherCommit() {
        return library.equals(Library.OTHER_COMMIT);
    }

    boolean isOwn() {
        return library.equals(Library.OWN);
    }
}
