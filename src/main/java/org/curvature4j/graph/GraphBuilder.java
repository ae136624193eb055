package org.curvature4j.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the nodes of one graph. Equal applications become one node, so common subexpressions never exist twice. Not
 * safe for several threads.
 */
public final class GraphBuilder {

    private record Key(Op op, List<Node> operands) {
        // Operands are interned already, so identity (Node's equality) is value equality and hashing stays shallow.
    }

    private final Map<Key, Node> interned = new HashMap<>();
    private final List<Node> inputs = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private @Nullable Origin origin;
    private int nextId;

    /** A new input; its name must be new to this builder. */
    public Node input(String name, TensorType type) {
        if (names.contains(name)) {
            throw new IllegalArgumentException("input '" + name + "': expected a new name, got one in use");
        }
        Node node = apply(new Leaf.Input(name, type));
        names.add(name);
        inputs.add(node);
        return node;
    }

    /** A new input under this name, or under the first of name.2, name.3 ... that is new to this builder. */
    public Node freshInput(String name, TensorType type) {
        // Names stay in use, so those before the last one found need no second look.
        int count = counts.getOrDefault(name, 1);
        String free = count == 1 ? name : name + "." + count;
        while (names.contains(free)) {
            count++;
            free = name + "." + count;
        }
        counts.put(name, count);
        return input(free, type);
    }

    /** A constant with the given elements, row-major, or one value for all; {@code values} must not change later. */
    public Node literal(TensorType type, double... values) {
        return apply(new Leaf.Literal(type, values, false));
    }

    /** A constant that a derivative rule made; see {@link Leaf.Literal}. */
    public Node structural(TensorType type, double... values) {
        return apply(new Leaf.Literal(type, values, true));
    }

    /**
     * Applies an operation.
     *
     * @throws IllegalArgumentException where the operands don't fit
     */
    public Node apply(Op op, Node... operands) {
        return apply(op, List.of(operands));
    }

    /** As {@link #apply(Op, Node...)}. */
    public Node apply(Op op, List<Node> operands) {
        Key key = new Key(op, List.copyOf(operands));
        Node existing = interned.get(key);
        if (existing != null) {
            return existing;
        }
        TensorType type = op.infer(operands.stream().map(Node::type).toList());
        Node node = new Node(nextId++, op, operands, type, origin);
        interned.put(key, node);
        return node;
    }

    /** From where nodes made from now on come; null for nowhere known. */
    public void from(@Nullable Origin source) {
        origin = source;
    }

    /** Copies a graph's computation here, its inputs replaced by {@code arguments}; gives its outputs. */
    public List<Node> inline(Graph graph, List<Node> arguments) {
        graph.checkArguments(arguments.stream().map(Node::type).toList());
        Map<Node, Node> copies = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            copies.put(graph.inputs().get(i), arguments.get(i));
        }
        for (Node node : graph.nodes()) {
            copies.computeIfAbsent(node, original -> {
                origin = original.origin();
                return apply(
                        original.op(),
                        original.operands().stream().map(copies::get).toList());
            });
        }
        origin = null;
        return graph.outputs().stream().map(copies::get).toList();
    }

    /** The graph from this builder's inputs, in the order they were made, to the given outputs. */
    public Graph build(List<Node> outputs) {
        return new Graph(inputs, outputs);
    }
}
