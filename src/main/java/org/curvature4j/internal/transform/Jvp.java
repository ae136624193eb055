package org.curvature4j.internal.transform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.op.Ops;
import org.jspecify.annotations.Nullable;

/** Forward mode: a graph's derivative along a tangent, computed beside its value. */
public final class Jvp {
    private Jvp() {}

    /** The name that a tangent's input takes from the input that it belongs to. */
    public static String tangentName(String input) {
        return input + ".tangent";
    }

    /**
     * The Jacobian-vector product.
     *
     * @param wrt positions of the inputs that vary; they must be floating
     * @return inputs: the graph's, then a tangent for each of {@code wrt}; outputs: the tangents of the graph's outputs
     */
    public static Graph of(Graph graph, List<Integer> wrt) {
        GraphBuilder builder = new GraphBuilder();
        List<Node> inputs = Walk.declareInputs(builder, graph);
        List<@Nullable Node> tangents = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            tangents.add(null);
        }
        for (int position : wrt) {
            Wrt.check(graph, position);
            tangents.set(
                    position,
                    builder.freshInput(
                            tangentName(graph.inputName(position)),
                            inputs.get(position).type()));
        }
        return builder.build(push(builder, graph, inputs, tangents));
    }

    /**
     * Pushes tangents through a graph inside a builder.
     *
     * @param tangents one an input; null for an input that doesn't vary
     * @return the outputs' tangents; zeros where an output doesn't vary
     */
    public static List<Node> push(GraphBuilder builder, Graph graph, List<Node> inputs, List<@Nullable Node> tangents) {
        Walk walk = Walk.copying(builder, graph, inputs);
        Map<Node, Node> known = new HashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
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
        Ops ops = new Ops(builder);
        List<Node> results = new ArrayList<>();
        for (Node output : graph.outputs()) {
            Node tangent = known.get(output);
            results.add(tangent == null ? ops.zeros(output.type()) : tangent);
        }
        return results;
    }

    /** The nodes on whose tangents the outputs' depend. */
    private static Set<Node> needed(Graph graph) {
        Set<Node> needed = new HashSet<>(graph.outputs());
        for (int i = graph.nodes().size() - 1; i >= 0; i--) {
            Node node = graph.nodes().get(i);
            for (int operand = 0; operand < node.operands().size(); operand++) {
                if (needed.contains(node) && node.op().needsTangent(operand)) {
                    needed.add(node.operand(operand));
                }
            }
        }
        return needed;
    }
}
