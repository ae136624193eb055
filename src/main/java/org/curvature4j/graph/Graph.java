package org.curvature4j.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An immutable function of tensors: inputs, outputs, and the nodes that lead from one to the other, each after its
 * operands. Dead nodes are not part of it. Equal are graphs of the same operations in the same order, so that an operation
 * with a graph inside is equal to another that computes the same.
 */
public final class Graph {
    private final List<Node> inputs;
    private final List<Node> outputs;
    private final List<Node> nodes;
    private int hash;

    Graph(List<Node> inputs, List<Node> outputs) {
        this.inputs = List.copyOf(inputs);
        this.outputs = List.copyOf(outputs);
        this.nodes = reachable(this.inputs, this.outputs);
        GraphChecker.check(this);
    }

    private static List<Node> reachable(List<Node> inputs, List<Node> outputs) {
        int count = 0;
        for (Node node : outputs) {
            count = Math.max(count, node.id() + 1);
        }
        for (Node node : inputs) {
            count = Math.max(count, node.id() + 1);
        }
        // By position: an id is one node's in a builder, and the order of ids is that of dependence.
        Node[] places = new Node[count];
        List<Node> pending = new ArrayList<>(inputs);
        pending.addAll(outputs);
        while (!pending.isEmpty()) {
            Node node = pending.remove(pending.size() - 1);
            Node placed = places[node.id()];
            if (placed == null) {
                places[node.id()] = node;
                pending.addAll(node.operands());
            } else if (placed != node) {
                throw new IllegalStateException("graph: expected nodes of one builder, got " + placed + " and " + node);
            }
        }
        return Stream.of(places).filter(Objects::nonNull).toList();
    }

    /** The inputs, in the order in which arguments are given. */
    public List<Node> inputs() {
        return inputs;
    }

    /** The results, in order. */
    public List<Node> outputs() {
        return outputs;
    }

    /** Every node that is an input or that an output needs, operands first. */
    public List<Node> nodes() {
        return nodes;
    }

    /** The name of an input. */
    public String inputName(int index) {
        return ((Leaf.Input) inputs.get(index).op()).label();
    }

    /** Throws where arguments of these types can't be given to this graph. */
    public void checkArguments(List<TensorType> arguments) {
        if (arguments.size() != inputs.size()) {
            throw new IllegalArgumentException(
                    "arguments: expected " + inputs.size() + " (" + inputs + "), got " + arguments.size());
        }
        for (int i = 0; i < arguments.size(); i++) {
            if (!arguments.get(i).equals(inputs.get(i).type())) {
                throw new IllegalArgumentException("argument '" + inputName(i) + "': expected "
                        + inputs.get(i).type() + ", got " + arguments.get(i));
            }
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Graph graph
                        && hashCode() == graph.hashCode()
                        && structure(this).equals(structure(graph)));
    }

    @Override
    public int hashCode() {
        if (hash == 0) {
            hash = structure(this).hashCode();
        }
        return hash;
    }

    /** What each node applies to which others by their places, then the places of inputs and outputs. */
    private static List<List<Object>> structure(Graph graph) {
        Map<Node, Integer> places = new HashMap<>();
        List<List<Object>> structure = new ArrayList<>();
        for (Node node : graph.nodes) {
            List<Object> application = new ArrayList<>();
            application.add(node.op());
            node.operands().forEach(operand -> application.add(places.get(operand)));
            structure.add(application);
            places.put(node, places.size());
        }
        for (List<Node> ends : List.of(graph.inputs, graph.outputs)) {
            structure.add(ends.stream().<Object>map(places::get).toList());
        }
        return structure;
    }

    @Override
    public String toString() {
        return GraphPrinter.print(this);
    }
}
