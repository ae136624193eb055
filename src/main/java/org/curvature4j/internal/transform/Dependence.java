package org.curvature4j.internal.transform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
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

    /**
     * Whether any output's first or second half along its first axis can depend on the other half of inputs.
     *
     * @param halved names of the inputs that have halves along their first axis
     */
    public static boolean mixesHalves(Graph graph, Set<String> halved) {
        Graph dependence = of(graph);
        return mixes(dependence, halved, 0) || mixes(dependence, halved, 1);
    }

    private static boolean mixes(Graph dependence, Set<String> halved, int half) {
        List<Mark> marks = new ArrayList<>();
        for (int i = 0; i < dependence.inputs().size(); i++) {
            TensorType type = dependence.inputs().get(i).type();
            boolean isHalved = halved.contains(dependence.inputName(i));
            marks.add(isHalved ? half(type, half) : Mark.of(type, false));
        }
        return Marks.of(dependence, marks).stream().anyMatch(reached -> reached.meets(half(reached.type(), 1 - half)));
    }

    private static Mark half(TensorType type, int half) {
        int size = Math.toIntExact(type.shape().dim(0));
        boolean[] marked = new boolean[size];
        Arrays.fill(marked, half * size / 2, (half + 1) * size / 2, true);
        return Mark.of(type, Shape.ones(type.rank()).with(0, size), marked);
    }
}
