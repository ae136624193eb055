package org.curvature4j.internal.walk;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;

/**
 * What a graph's outputs become where some inputs have a batch axis, their last.
 *
 * @param outputs in order
 * @param batched for each whether it has the batch axis too
 */
public record Batching(List<Node> outputs, List<Boolean> batched) {
    public Batching {
        outputs = List.copyOf(outputs);
        batched = List.copyOf(batched);
    }

    /** Applies a graph to inputs of which some have a batch axis. What depends on none of these is computed once. */
    public static Batching of(GraphBuilder builder, Graph graph, List<Node> inputs, List<Boolean> batched, long size) {
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
        return new Batching(
                graph.outputs().stream()
                        .map(output -> Objects.requireNonNull(images.get(output)))
                        .toList(),
                graph.outputs().stream().map(inBatch::contains).toList());
    }
}
