package org.curvature4j.samediff;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a SameDiff graph, as the importer sees it.
 *
 * @param op ND4J's name of the operation
 * @param variables the variables that it makes
 * @param smoothness how differentiable it is; null where it isn't supported
 * @param note the reason where it isn't supported, else a deliberate difference from ND4J's result, or empty
 */
public record OpReport(String op, List<String> variables, @Nullable Smoothness smoothness, String note) {
    public OpReport {
        variables = List.copyOf(variables);
    }

    /** Whether there is a rule for it. */
    public boolean supported() {
        return smoothness != null;
    }
}
