package org.curvature4j.graph;

import java.util.HashSet;
import java.util.Set;

/** Makes sure of what every graph promises; runs whenever one is made, so that a wrong rule is caught where it acts. */
final class GraphChecker {
    private GraphChecker() {}

    static void check(Graph graph) {
        Set<Node> known = new HashSet<>();
        Set<Node> inputs = new HashSet<>(graph.inputs());
        for (Node node : graph.nodes()) {
            for (Node operand : node.operands()) {
                if (!known.contains(operand)) {
                    throw fault(graph, node, "its operand %" + operand.id() + " comes later or from elsewhere");
                }
            }
            if (!known.add(node)) {
                throw fault(graph, node, "it is listed twice");
            }
            if (node.op() instanceof Leaf.Input && !inputs.contains(node)) {
                throw fault(graph, node, "it is an input that the graph doesn't list");
            }
            TensorType inferred =
                    node.op().infer(node.operands().stream().map(Node::type).toList());
            if (!inferred.equals(node.type())) {
                throw fault(graph, node, "its operation infers " + inferred);
            }
        }
    }

    private static IllegalStateException fault(Graph graph, Node node, String what) {
        return new IllegalStateException(
                "graph check: " + node + ": " + what + "\n" + GraphPrinter.around(graph, node));
    }
}
