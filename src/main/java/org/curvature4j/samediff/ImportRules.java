package org.curvature4j.samediff;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.curvature4j.graph.Node;
import org.curvature4j.op.Ops;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.ops.RandomOp;

/**
 * Which SameDiff operations can be imported, and how: an immutable table from ND4J's operation names to rules.
 *
 * <p>An operation that {@link #standard()} lacks is added from outside with {@link #with}:
 *
 * <pre>{@code
 * ImportRules rules = ImportRules.standard().with("lgamma", Smoothness.SMOOTH, call -> {
 *     Ops o = call.ops();
 *     Node x = call.input(0);
 *     Node value = o.apply(new Custom.Kernel("lgamma"), x);
 *     Node derivative = o.apply(new Custom.Kernel("digamma"), x);
 *     return List.of(o.withPartials(value, List.of(x), List.of(derivative)));
 * });
 * }</pre>
 *
 * <p>A rule written in {@link org.curvature4j.op.Ops} alone needs no derivative: it follows.
 */
public final class ImportRules {
    /** The family of rules that were added from outside. */
    private static final String ADDED = "Added";

    /**
     * What is known of one operation.
     *
     * @param op ND4J's name
     * @param family the group that it is listed under
     * @param note where the result differs from ND4J's own on purpose, or what is assumed; may be empty
     */
    public record Entry(String op, String family, Smoothness smoothness, String note, ImportRule rule) {}

    private final Map<String, Entry> entries;
    private final Map<String, String> refusals;

    ImportRules(Map<String, Entry> entries, Map<String, String> refusals) {
        this.entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        this.refusals = Map.copyOf(refusals);
    }

    private static final class Standard {
        static final ImportRules RULES = RuleTable.standard();
    }

    /** The rules that come with this library. */
    public static ImportRules standard() {
        return Standard.RULES;
    }

    /** These rules and one more, which takes the place of an existing one for the same operation. */
    public ImportRules with(String op, Smoothness smoothness, ImportRule rule) {
        Map<String, Entry> more = new LinkedHashMap<>(entries);
        more.put(op, new Entry(op, ADDED, smoothness, "", rule));
        return new ImportRules(more, refusals);
    }

    /** The rule for an operation of ND4J's; null where there is none. */
    public @Nullable Entry find(String op) {
        return entries.get(op);
    }

    /**
     * What an operation of ND4J's makes of operands, for rules that are made of others.
     *
     * @return its outputs, in order
     * @throws IllegalArgumentException where there is no rule for it, or the operands don't fit
     */
    public List<Node> apply(Ops ops, String op, List<Node> operands, OpAttributes arguments) {
        Entry entry = find(op);
        if (entry == null) {
            throw new IllegalArgumentException(
                    "expected an operation with a rule, got " + op + " (" + reasonAgainst(op) + ")");
        }
        return entry.rule().apply(new OpCall(op, List.of(), operands, arguments, ops));
    }

    /** Why an operation that has no rule has none. */
    public String reasonAgainst(String op) {
        String reason = refusals.get(op);
        if (reason != null) {
            return reason;
        }
        return op.endsWith("_bp") || op.endsWith("_grad")
                ? "it computes a gradient of ND4J's own: import the function and differentiate that here"
                : "no rule";
    }

    /** The rule for an operation of a graph, which may bring its own; null where there is none. */
    @Nullable
    Entry entry(SameDiffOp operation) {
        return operation.getOp() instanceof RuledOp own
                ? own.entry()
                : find(operation.getOp().opName());
    }

    /** Why an operation of a graph that has no rule has none. */
    String reasonAgainst(SameDiffOp operation) {
        if (operation.getOp() instanceof RuledOp own) {
            return own.reasonAgainst();
        }
        return operation.getOp() instanceof RandomOp
                ? RuleTable.RANDOM
                : reasonAgainst(operation.getOp().opName());
    }

    /** All rules, by family. */
    public List<Entry> entries() {
        return List.copyOf(entries.values());
    }

    /** Operations that are known and refused, with the reason. */
    public Map<String, String> refusals() {
        return refusals;
    }

    @Override
    public String toString() {
        return entries.size() + " rules, " + refusals.size() + " operations refused with their reason";
    }
}
