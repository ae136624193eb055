package org.curvature4j.samediff;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;

/**
 * One operation of a SameDiff graph, as the importer sees it.
 *
 * @param op ND4J's name of the operation
 * @param variables the variables that it makes
 * @param smoothness how differentiable it is; null where it isn't supported
 * @param note the reason where it isn't supported, else a deliberate difference from ND4J's result, or empty
 * @param refusal why its rule refuses it as it stands in the graph; empty where it doesn't, or wasn't tried
 * @param needs what would have to be known to try its rule, in words, such as the value of a placeholder; empty where nothing
 *     is missing, or it wasn't tried
 */
public record OpReport(
        String op,
        List<String> variables,
        @Nullable Smoothness smoothness,
        String note,
        String refusal,
        List<String> needs) {
    public OpReport {
        variables = List.copyOf(variables);
        needs = List.copyOf(needs);
    }

    /** By its rule alone, which isn't tried. */
    static OpReport of(SameDiffOp operation, ImportRules rules) {
        ImportRules.Entry entry = rules.entry(operation);
        return new OpReport(
                operation.getOp().opName(),
                operation.getOutputsOfOp(),
                entry == null ? null : entry.smoothness(),
                entry == null ? rules.reasonAgainst(operation) : entry.note(),
                "",
                List.of());
    }

    /** Whether there is a rule for it. */
    public boolean supported() {
        return smoothness != null;
    }

    /** Whether nothing is known that keeps it from being taken over, and nothing is left to be known. */
    public boolean isPossible() {
        return !isRefused() && needs.isEmpty();
    }

    /** Whether it has no rule, or its rule refuses it as it stands. */
    public boolean isRefused() {
        return !supported() || !refusal.isEmpty();
    }

    OpReport refused(String reason) {
        return new OpReport(op, variables, smoothness, note, reason, List.of());
    }

    OpReport waiting(List<String> missing) {
        return new OpReport(op, variables, smoothness, note, "", missing);
    }
}
