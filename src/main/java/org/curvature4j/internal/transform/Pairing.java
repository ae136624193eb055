package org.curvature4j.internal.transform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.curvature4j.graph.Node;
import org.curvature4j.op.Ops;

/**
 * Two tangents and what weights them, multiplied and summed over a node's axes: the result's axes are the directions of
 * the first, then those of the second. A character an axis of the node, as in {@link org.curvature4j.op.Einsum}.
 */
final class Pairing {
    private final Map<Character, Axis> axes = new HashMap<>();
    private Term product;

    /**
     * @param first whose leading axes are those of {@code firstLabels}, each another one; the rest are its directions
     * @param second as the first
     */
    Pairing(String firstLabels, Term first, String secondLabels, Term second) {
        for (int axis = 0; axis < firstLabels.length(); axis++) {
            axes.put(firstLabels.charAt(axis), first.result().get(axis));
        }
        // Fresh names, since both may be by the same leaf; those of a common axis of the node are the first's.
        Map<Axis, Axis> names = new HashMap<>();
        for (int axis = 0; axis < secondLabels.length(); axis++) {
            Axis common = axes.get(secondLabels.charAt(axis));
            if (common != null && common.runs()) {
                names.put(second.result().get(axis), common);
            }
        }
        Term renamed = second.renamed(axis -> names.computeIfAbsent(axis, any -> new Axis(any.size())));
        for (int axis = 0; axis < secondLabels.length(); axis++) {
            axes.putIfAbsent(secondLabels.charAt(axis), renamed.result().get(axis));
        }
        List<Axis> result = new ArrayList<>(
                first.result().subList(firstLabels.length(), first.result().size()));
        result.addAll(
                renamed.result().subList(secondLabels.length(), renamed.result().size()));
        List<Factor> factors = new ArrayList<>(first.factors());
        factors.addAll(renamed.factors());
        this.product = new Term(result, factors);
    }

    /** Different characters. */
    static String labels(int count) {
        StringBuilder labels = new StringBuilder();
        for (int axis = 0; axis < count; axis++) {
            labels.append((char) ('a' + axis));
        }
        return labels.toString();
    }

    /** With one more factor, of these axes or broadcasting to them. */
    Pairing times(Ops ops, Node node, String labels) {
        List<Axis> along =
                labels.chars().mapToObj(label -> axes.get((char) label)).toList();
        product = product.times(Factor.of(ops, node, along));
        return this;
    }

    Term term(Ops ops, Node like) {
        Term term = product;
        for (Axis axis : axes.values().stream().distinct().toList()) {
            term = Tangents.countedIfAlone(ops, term, axis, like);
        }
        return term;
    }
}
