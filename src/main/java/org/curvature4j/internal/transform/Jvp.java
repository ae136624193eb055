package org.curvature4j.internal.transform;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.internal.walk.Forward;
import org.curvature4j.internal.walk.Walk;
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
        List<@Nullable Node> pushed = Forward.push(builder, graph, Walk.copying(builder, graph, inputs), tangents);
        Ops ops = new Ops(builder);
        List<Node> results = new ArrayList<>();
        for (int i = 0; i < pushed.size(); i++) {
            Node tangent = pushed.get(i);
            results.add(tangent == null ? ops.zeros(graph.outputs().get(i).type()) : tangent);
        }
        return results;
    }
}
