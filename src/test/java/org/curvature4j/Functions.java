package org.curvature4j;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Shape;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Opens the making of functions from graphs to tests in other packages. */
public final class Functions {
    private Functions() {}

    /**
     * A graph as a function.
     *
     * @param feeds values of the inputs after the first
     */
    public static TensorFunction of(Graph graph, List<INDArray> feeds) {
        Map<String, INDArray> named = new HashMap<>();
        for (int i = 0; i < feeds.size(); i++) {
            named.put(graph.inputName(i + 1), feeds.get(i));
        }
        Shape shape = graph.inputs().get(0).type().shape();
        return new TensorFunction(
                graph, List.of(new Block(graph.inputName(0), shape, 0)), List.of(), named, Set.of(), null, "function");
    }
}
