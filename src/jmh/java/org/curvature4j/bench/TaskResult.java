package org.curvature4j.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A task's measurements.
 *
 * @param workload its id
 * @param points how many
 * @param otherLoad cores that other programs used meanwhile, on average; NaN where unknown
 * @param measurements this library's first
 * @param notes who didn't take part and why
 */
record TaskResult(String workload, long points, double otherLoad, List<Measurement> measurements, List<String> notes) {
    Task task() {
        return new Task(Workload.of(workload), points);
    }

    /** Of a library, what a user writes first. */
    Optional<Measurement> natural(String library) {
        return of(library).filter(Measurement::natural).findFirst();
    }

    /** Of a library, the fastest. */
    Optional<Measurement> fastest(String library) {
        return of(library).min(Comparator.comparingDouble(Measurement::seconds));
    }

    /** This library's with results in memory given. */
    Optional<Measurement> reused() {
        return of(Library.OWN)
                .filter(own -> own.variant().equals(OwnComputations.GIVEN))
                .findFirst();
    }

    /** The fastest of other libraries. */
    Optional<Measurement> best(Predicate<Measurement> among) {
        return measurements.stream()
                .filter(one -> !one.isOwn())
                .filter(among)
                .min(Comparator.comparingDouble(Measurement::seconds));
    }

    private Stream<Measurement> of(String library) {
        return measurements.stream().filter(one -> one.library().equals(library));
    }
}
