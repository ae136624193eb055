package org.curvature4j.samediff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.curvature4j.internal.composition.Alternatives;
import org.curvature4j.op.KnownValues;
import org.curvature4j.op.Ops;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;

/**
 * SameDiff's branches: a switch sends a value to one of two sides by a predicate, a merge takes what arrives. Of a predicate
 * that is known one side is imported; of another both, and the merge chooses.
 */
final class Branches {
    private final Ops ops;
    private final Map<String, Node> nodes;
    private final Map<String, Map<String, Boolean>> conditions = new HashMap<>();
    private final Set<String> unreachable = new HashSet<>();

    /** @param nodes of the variables that are imported, which a switch adds to */
    Branches(Ops ops, Map<String, Node> nodes) {
        this.ops = ops;
        this.nodes = nodes;
    }

    static boolean isMerge(SameDiffOp operation) {
        return operation.getOp().opName().equals("merge");
    }

    static boolean isSwitch(SameDiffOp operation) {
        return operation.getOp().opName().equals("switch");
    }

    /** Whether an operation lies on a side that isn't taken; of others, notes on which side they lie. */
    boolean skips(SameDiffOp operation) {
        Map<String, Boolean> all = new LinkedHashMap<>();
        boolean skips = false;
        for (String operand : operation.getInputsToOp()) {
            skips |= unreachable.contains(operand);
            all.putAll(conditions.getOrDefault(operand, Map.of()));
        }
        for (String output : operation.getOutputsOfOp()) {
            if (skips) {
                unreachable.add(output);
            } else if (!all.isEmpty()) {
                conditions.put(output, all);
            }
        }
        return skips;
    }

    /** The value on both sides; that of a side that a known predicate doesn't take is none. */
    void split(SameDiffOp operation) {
        String value = operation.getInputsToOp().get(0);
        String predicate = operation.getInputsToOp().get(1);
        Boolean taken = known(predicate);
        for (int side = 0; side < 2; side++) {
            String output = operation.getOutputsOfOp().get(side);
            Map<String, Boolean> sides = new LinkedHashMap<>(conditions.getOrDefault(output, Map.of()));
            sides.put(predicate, side == 1);
            conditions.put(output, sides);
            nodes.put(output, taken == null ? entered(predicate, side == 1, value) : node(value));
            if (taken != null && taken != (side == 1)) {
                unreachable.add(output);
            }
        }
    }

    private Node entered(String predicate, boolean side, String value) {
        return Alternatives.entered(ops, node(predicate), side, node(value));
    }

    private Node node(String name) {
        return Objects.requireNonNull(nodes.get(name));
    }

    private @Nullable Boolean known(String predicate) {
        return node(predicate).op() instanceof Leaf.Literal literal ? KnownValues.elements(literal)[0] != 0 : null;
    }

    /** What arrives at a merge. */
    Node merged(SameDiffOp operation) {
        List<String> operands = operation.getInputsToOp();
        List<String> reachable =
                operands.stream().filter(name -> !unreachable.contains(name)).toList();
        if (operands.size() != 2 || reachable.isEmpty()) {
            throw new IllegalArgumentException("expected a merge of two sides of a switch, got " + operands);
        }
        Map<String, Boolean> first = conditions.getOrDefault(operands.get(0), Map.of());
        Map<String, Boolean> second = conditions.getOrDefault(operands.get(1), Map.of());
        String predicate = predicate(first, second);
        if (predicate == null && reachable.size() == 1) {
            return node(reachable.get(0));
        } else if (predicate == null) {
            throw new IllegalArgumentException("expected a merge of the sides of one switch, got " + operands);
        }
        boolean firstIsTrue = first.getOrDefault(predicate, !second.getOrDefault(predicate, true));
        Map<String, Boolean> rest = new LinkedHashMap<>(first);
        rest.putAll(second);
        rest.remove(predicate);
        conditions.put(operation.getOutputsOfOp().get(0), rest);
        Boolean taken = known(predicate);
        if (taken != null) {
            return node(operands.get(taken == firstIsTrue ? 0 : 1));
        }
        Node yes = node(operands.get(firstIsTrue ? 0 : 1));
        Node no = node(operands.get(firstIsTrue ? 1 : 0));
        if (!yes.type().equals(no.type())) {
            throw new IllegalArgumentException(
                    "expected both sides of one type where the predicate isn't constant, got " + yes.type() + " and "
                            + no.type());
        }
        return Alternatives.chosen(ops, node(predicate), yes, no);
    }

    /** The predicate on whose sides two values lie: the innermost. */
    private static @Nullable String predicate(Map<String, Boolean> first, Map<String, Boolean> second) {
        List<String> candidates = new ArrayList<>();
        for (Map<String, Boolean> one : List.of(first, second)) {
            Map<String, Boolean> other = one == first ? second : first;
            one.forEach((name, side) -> {
                if (!side.equals(other.get(name))) {
                    candidates.add(name);
                }
            });
        }
        return candidates.isEmpty() ? null : candidates.get(candidates.size() - 1);
    }
}
