package org.curvature4j.internal.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.internal.walk.Reverse;
import org.curvature4j.internal.walk.Walk;
import org.curvature4j.op.Ops;
import org.jspecify.annotations.Nullable;

/** Reverse mode: cotangents of a graph's outputs pulled back to its inputs. */
public final class Vjp {
    private Vjp() {}

    /** The name that a cotangent's input takes from the position of its output. */
    public static String cotangentName(int output) {
        return "cotangent." + output;
    }

    /**
     * The vector-Jacobian product.
     *
     * @param wrt positions of the inputs to differentiate by; they must be floating
     * @return inputs: the graph's, then a cotangent for each floating output; outputs: a cotangent for each of
     *     {@code wrt}
     */
    public static Graph of(Graph graph, List<Integer> wrt) {
        GraphBuilder builder = new GraphBuilder();
        List<Node> inputs = Walk.declareInputs(builder, graph);
        List<@Nullable Node> cotangents = new ArrayList<>();
        for (int i = 0; i < graph.outputs().size(); i++) {
            Node output = graph.outputs().get(i);
            cotangents.add(output.dtype().isFloat() ? builder.freshInput(cotangentName(i), output.type()) : null);
        }
        return builder.build(pull(builder, graph, inputs, cotangents, wrt));
    }

    /**
     * Pulls cotangents through a graph inside a builder.
     *
     * @param cotangents one an output; null for a zero
     * @return a cotangent for each of {@code wrt}; zeros where none arrives
     */
    public static List<Node> pull(
            GraphBuilder builder, Graph graph, List<Node> inputs, List<@Nullable Node> cotangents, List<Integer> wrt) {
        Ops ops = new Ops(builder);
        Walk walk = Walk.copying(builder, graph, inputs);
        Map<Node, Node> known = cotangents(ops, graph, walk, Wrt.active(graph, wrt), cotangents);
        List<Node> results = new ArrayList<>();
        for (int position : wrt) {
            Node cotangent = known.get(graph.inputs().get(position));
            results.add(
                    cotangent == null ? ops.zeros(graph.inputs().get(position).type()) : cotangent);
        }
        return results;
    }

    /**
     * The cotangents of all active nodes.
     *
     * @param walk the graph in the builder of {@code ops}
     * @param cotangents one an output; null for a zero
     * @return by the graph's nodes; none where none arrives
     */
    static Map<Node, Node> cotangents(
            Ops ops, Graph graph, Walk walk, Set<Node> active, List<@Nullable Node> cotangents) {
        return Reverse.cotangents(ops.builder(), graph, walk, active, cotangents, values -> BlockRule.sum(ops, values));
    }
}
