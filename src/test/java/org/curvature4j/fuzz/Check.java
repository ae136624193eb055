package org.curvature4j.fuzz;

import java.util.Optional;
import java.util.function.Function;

/**
 * Something that holds for every graph.
 *
 * @param test what contradicts it; an exception counts too
 */
record Check(String name, Function<Subject, Optional<String>> test) {
    /** What contradicts it, in words. */
    Optional<String> failure(Subject subject) {
        try {
            return test.apply(subject);
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            StackTraceElement[] trace = e.getStackTrace();
            return Optional.of("throws " + e + (trace.length == 0 ? "" : " at " + trace[0]));
        }
    }
}
