package org.curvature4j.spark;

import java.util.Objects;
import org.curvature4j.io.DataFileException;

/** What is said of jobs that failed: a refusal of ours in a task is the driver's too, in the same words. */
final class Failures {
    private Failures() {}

    static RuntimeException of(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IllegalArgumentException refused) {
                return new IllegalArgumentException(
                        Objects.requireNonNullElse(refused.getMessage(), "refused"), failure);
            } else if (cause instanceof IllegalStateException || cause instanceof DataFileException) {
                return new IllegalStateException(Objects.requireNonNullElse(cause.getMessage(), "refused"), failure);
            }
        }
        return failure instanceof RuntimeException other
                ? other
                : new IllegalStateException("Spark: " + firstLine(failure), failure);
    }

    /** What follows is the executor's stack, which is the cause's, too. */
    private static String firstLine(Exception failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("failed");
    }
}
