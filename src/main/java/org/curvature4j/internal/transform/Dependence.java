package org.curvature4j.internal.transform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.op.Ops;
import org.jspecify.annotations.Nullable;

/** Which elements of the outputs can depend on which elements of the inputs, by structure alone. */
public final class Dependence {
    private Dependence() {}

    /**
     * A graph that computes dependences with numbers.
     *
     * @return inputs: float64 ones shaped as the graph's, 1 at each element of interest and 0 elsewhere; outputs: 1 at
     *     each element that can depend on an element of interest, 0 at those that can't
     */
    public static Graph of(Graph graph) {
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Map<Node, Node> known = new HashMap<>();
        for (int i = 0; i < graph.inputs().size(); i++) {
            Node input = graph.inputs().get(i);
            known.put(input, builder.input(graph.inputName(i), input.type().withDType(DType.FLOAT64)));
        }
        for (Node node : graph.nodes()) {
            List<@Nullable Node> incoming = Walk.lookup(known, node.operands());
            if (incoming.stream().anyMatch(dependence -> dependence != null)) {
                Node dependence = node.op().dependence(builder, node, incoming);
                if (dependence != null) {
                    // Back to 0 and 1, so that nothing overflows however deep the graph is.
                    known.put(node, ops.sign(dependence));
                }
            }
        }
        List<Node> outputs = new ArrayList<>();
        for (Node output : graph.outputs()) {
            Node dependence = known.get(output);
            outputs.add(dependence == null ? ops.zeros(output.type().withDType(DType.FLOAT64)) : dependence);
        }
        return builder.build(outputs);
    }
}
