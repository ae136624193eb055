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
        Map<Node, Node> images = new HashMap<>();
        Set<Node> inBatch = new HashSet<>();
        for (int i = 0; i < inputs.size(); i++) {
            images.put(graph.inputs().get(i), inputs.get(i));
            if (batched.get(i)) {
                inBatch.add(graph.inputs().get(i));
            }
        }
        for (Node node : graph.nodes()) {
            if (images.containsKey(node)) {
                continue;
            }
            List<Node> operands = node.operands().stream().map(images::get).toList();
            List<Boolean> flags =
                    node.operands().stream().map(inBatch::contains).toList();
            if (flags.contains(true)) {
                inBatch.add(node);
                images.put(node, node.op().vmap(builder, node, operands, flags, size));
            } else {
                images.put(node, builder.apply(node.op(), operands));
            }
        }
        Ops ops = new Ops(builder);
        List<Node> outputs = new ArrayList<>();
        for (Node output : graph.outputs()) {
            Node image = java.util.Objects.requireNonNull(images.get(output));
            outputs.add(inBatch.contains(output) ? image : ops.batch(image, size));
        }
        return outputs;
    }
}
