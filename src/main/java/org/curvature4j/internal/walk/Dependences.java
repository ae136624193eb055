package org.curvature4j.internal.walk;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.jspecify.annotations.Nullable;

/** Which elements can depend on which, from a graph's inputs to its outputs. */
public final class Dependences {
    private Dependences() {}

    /**
     * Pushes marks through a graph.
     *
     * @param marks one an input, as of {@link org.curvature4j.graph.Op#dependence}; null where nothing is depended on
     * @param back takes marks back to 0 and 1, so that nothing overflows however deep the graph is
     * @return the outputs' marks; null where nothing is depended on
     */
    public static List<@Nullable Node> push(
            GraphBuilder builder, Graph graph, List<@Nullable Node> marks, UnaryOperator<Node> back) {
        Map<Node, Node> known = new HashMap<>();
        for (int i = 0; i < marks.size(); i++) {
            Node mark = marks.get(i);
            if (mark != null) {
                known.put(graph.inputs().get(i), mark);
            }
        }
        for (Node node : graph.nodes()) {
            List<@Nullable Node> incoming = Walk.lookup(known, node.operands());
            if (incoming.stream().anyMatch(mark -> mark != null)) {
                Node dependence = node.op().dependence(builder, node, incoming);
                if (dependence != null) {
                    known.put(node, back.apply(dependence));
                }
            }
        }
        return Walk.lookup(known, graph.outputs());
    }
}
