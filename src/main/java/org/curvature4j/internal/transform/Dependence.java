package org.curvature4j.internal.transform;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.walk.Dependences;
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
        List<@Nullable Node> marks = new ArrayList<>();
        for (int i = 0; i < graph.inputs().size(); i++) {
            marks.add(builder.input(
                    graph.inputName(i), graph.inputs().get(i).type().withDType(DType.FLOAT64)));
        }
        List<@Nullable Node> pushed = Dependences.push(builder, graph, marks, ops::sign);
        List<Node> outputs = new ArrayList<>();
        for (int i = 0; i < pushed.size(); i++) {
            Node dependence = pushed.get(i);
            TensorType type = graph.outputs().get(i).type();
            outputs.add(dependence == null ? ops.zeros(type.withDType(DType.FLOAT64)) : dependence);
        }
        return builder.build(outputs);
    }
}
