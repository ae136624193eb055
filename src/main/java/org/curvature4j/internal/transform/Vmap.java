package org.curvature4j.internal.transform;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.internal.walk.Batching;
import org.curvature4j.op.Ops;

/**
 * Batching: a graph applied to many values of some inputs at once. The batch is the <em>last</em> axis of each batched
 * value: a product with a shared matrix is then one matrix product, and elementwise work runs over contiguous memory.
 * What doesn't depend on a batched input stays unbatched and is computed once.
 */
public final class Vmap {
    private Vmap() {}

    /**
     * The batched graph.
     *
     * @param batched for each input, whether it has a batch axis
     * @return inputs: the graph's, batched ones with one more axis of the given size at the end; outputs: the graph's,
     *     all with that axis
     */
    public static Graph of(Graph graph, List<Boolean> batched, long size) {
        GraphBuilder builder = new GraphBuilder();
        List<Node> inputs = new ArrayList<>();
        for (int i = 0; i < graph.inputs().size(); i++) {
            Node input = graph.inputs().get(i);
            inputs.add(builder.input(
                    graph.inputName(i),
                    batched.get(i) ? input.type().withShape(input.shape().append(size)) : input.type()));
        }
        return builder.build(map(builder, graph, inputs, batched, size));
    }

    /** Applies a graph to batches inside a builder; gives its outputs, each with the batch axis. */
    public static List<Node> map(
            GraphBuilder builder, Graph graph, List<Node> inputs, List<Boolean> batched, long size) {
        Batching images = Batching.of(builder, graph, inputs, batched, size);
        Ops ops = new Ops(builder);
        List<Node> outputs = new ArrayList<>();
        for (int i = 0; i < images.outputs().size(); i++) {
            Node image = images.outputs().get(i);
            outputs.add(images.batched().get(i) ? image : ops.batch(image, size));
        }
        return outputs;
    }
}
