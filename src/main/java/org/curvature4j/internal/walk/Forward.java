package org.curvature4j.internal.walk;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.jspecify.annotations.Nullable;

/** Tangents, from a graph's inputs to its outputs. */
public final class Forward {
    private Forward() {}

    /**
     * Pushes tangents through a graph.
     *
     * @param walk the graph in the builder
     * @param tangents one an input; null for an input that doesn't vary
     * @return the outputs' tangents; null where an output doesn't vary
     */
    public static List<@Nullable Node> push(
            GraphBuilder builder, Graph graph, Walk walk, List<@Nullable Node> tangents) {
        Map<Node, Node> known = new HashMap<>();
        for (int i = 0; i < tangents.size(); i++) {
            Node tangent = tangents.get(i);
            if (tangent != null) {
                known.put(graph.inputs().get(i), tangent);
            }
        }
        Set<Node> needed = needed(graph);
        for (Node node : graph.nodes()) {
            List<@Nullable Node> incoming = Walk.lookup(known, node.operands());
            if (needed.contains(node)
                    && node.dtype().isFloat()
                    && incoming.stream().anyMatch(tangent -> tangent != null)) {
                Node tangent = node.op().jvp(builder, walk.image(node), incoming);
                if (tangent != null) {
                    known.put(node, tangent);
                }
            }
        }
        return Walk.lookup(known, graph.outputs());
    }

    /** The nodes on whose tangents the outputs' depend. */
    public static Set<Node> needed(Graph graph) {
        Set<Node> needed = new HashSet<>(graph.outputs());
        for (int i = graph.nodes().size() - 1; i >= 0; i--) {
            Node node = graph.nodes().get(i);
            for (int operand = 0;
                    needed.contains(node) && operand < node.operands().size();
                    operand++) {
                if (node.op().needsTangent(operand)) {
                    needed.add(node.operand(operand));
                }
            }
        }
        return needed;
    }
}
