package org.curvature4j.internal.walk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.jspecify.annotations.Nullable;

/** Cotangents, from a graph's outputs back to its inputs. */
public final class Reverse {
    private Reverse() {}

    /** How cotangents that arrive at one node are added. */
    public interface Sum {
        /** The sum; null of none. */
        @Nullable
        Node of(List<Node> arrived);
    }

    /** The floating nodes that depend on some inputs, these included. */
    public static Set<Node> active(Graph graph, List<Integer> inputs) {
        Set<Node> active = new HashSet<>();
        inputs.forEach(input -> active.add(graph.inputs().get(input)));
        for (Node node : graph.nodes()) {
            if (node.dtype().isFloat() && node.operands().stream().anyMatch(active::contains)) {
                active.add(node);
            }
        }
        return active;
    }

    /**
     * The cotangents of all active nodes.
     *
     * @param walk the graph in the builder
     * @param cotangents one an output; null for a zero
     * @return by the graph's nodes; none where none arrives
     */
    public static Map<Node, Node> cotangents(
            GraphBuilder builder, Graph graph, Walk walk, Set<Node> active, List<@Nullable Node> cotangents, Sum sum) {
        Map<Node, List<Node>> arrived = new HashMap<>();
        for (int i = 0; i < cotangents.size(); i++) {
            arrive(arrived, graph.outputs().get(i), cotangents.get(i));
        }
        Map<Node, Node> known = new HashMap<>();
        for (int i = graph.nodes().size() - 1; i >= 0; i--) {
            Node node = graph.nodes().get(i);
            Node cotangent = sum.of(arrived.getOrDefault(node, List.of()));
            if (cotangent != null) {
                known.put(node, cotangent);
            }
            if (cotangent != null && active.contains(node) && !node.operands().isEmpty()) {
                List<Boolean> wanted =
                        node.operands().stream().map(active::contains).toList();
                List<@Nullable Node> pulled = node.op().vjp(builder, walk.image(node), cotangent, wanted);
                for (int operand = 0; operand < pulled.size(); operand++) {
                    arrive(arrived, node.operand(operand), pulled.get(operand));
                }
            }
        }
        return known;
    }

    private static void arrive(Map<Node, List<Node>> arrived, Node node, @Nullable Node cotangent) {
        if (cotangent != null) {
            arrived.computeIfAbsent(node, any -> new ArrayList<>()).add(cotangent);
        }
    }
}
