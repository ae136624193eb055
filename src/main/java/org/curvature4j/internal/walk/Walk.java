package org.curvature4j.internal.walk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.jspecify.annotations.Nullable;

/** A graph's nodes beside their images in the builder of the transformed graph. */
public final class Walk {
    private final Map<Node, Node> images = new HashMap<>();

    /** Nothing copied yet but the inputs, which become the given nodes. */
    public Walk(Graph graph, List<Node> inputs) {
        graph.checkArguments(inputs.stream().map(Node::type).toList());
        for (int i = 0; i < inputs.size(); i++) {
            images.put(graph.inputs().get(i), inputs.get(i));
        }
    }

    /** Everything copied. */
    public static Walk copying(GraphBuilder builder, Graph graph, List<Node> inputs) {
        Walk walk = new Walk(graph, inputs);
        for (Node node : graph.nodes()) {
            walk.copy(builder, node);
        }
        return walk;
    }

    /** Copies a node whose operands are copied already. */
    public Node copy(GraphBuilder builder, Node node) {
        Node known = images.get(node);
        Node image = known != null ? known : builder.apply(node.op(), images(node.operands()));
        images.put(node, image);
        return image;
    }

    /** What a node became. */
    public Node image(Node node) {
        return java.util.Objects.requireNonNull(images.get(node));
    }

    /** What nodes became. */
    public List<Node> images(List<Node> nodes) {
        return nodes.stream().map(this::image).toList();
    }

    /** The entries of a map for several nodes, null where there is none. */
    public static List<@Nullable Node> lookup(Map<Node, Node> map, List<Node> nodes) {
        List<@Nullable Node> found = new ArrayList<>();
        for (Node node : nodes) {
            found.add(map.get(node));
        }
        return found;
    }

    /** Inputs in a new builder, named and typed like a graph's. */
    public static List<Node> declareInputs(GraphBuilder builder, Graph graph) {
        List<Node> inputs = new ArrayList<>();
        for (int i = 0; i < graph.inputs().size(); i++) {
            inputs.add(builder.input(graph.inputName(i), graph.inputs().get(i).type()));
        }
        return inputs;
    }
}
