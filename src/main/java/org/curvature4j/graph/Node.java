package org.curvature4j.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One value of a graph: an operation applied to earlier values. Compared by identity; a builder makes equals one. */
public final class Node {
    private final int id;
    private final Op op;
    private final List<Node> operands;
    private final TensorType type;
    private final boolean constant;
    private final @Nullable Origin origin;

    Node(int id, Op op, List<Node> operands, TensorType type, @Nullable Origin origin) {
        this.id = id;
        this.op = op;
        this.operands = List.copyOf(operands);
        this.type = type;
        this.constant = !(op instanceof Leaf.Input) && this.operands.stream().allMatch(Node::isConstant);
        this.origin = origin;
    }

    /** Position in its builder: operands always have smaller ones. */
    public int id() {
        return id;
    }

    /** What computes it. */
    public Op op() {
        return op;
    }

    /** What it is computed from. */
    public List<Node> operands() {
        return operands;
    }

    /** One of its operands. */
    public Node operand(int index) {
        return operands.get(index);
    }

    /** Its shape and the type of its elements. */
    public TensorType type() {
        return type;
    }

    /** Whether no input is among what it is computed from. */
    public boolean isConstant() {
        return constant;
    }

    /** The model's operation that it was first needed for; null where none is known. */
    public @Nullable Origin origin() {
        return origin;
    }

    /** Its shape. */
    public Shape shape() {
        return type.shape();
    }

    /** The type of its elements. */
    public DType dtype() {
        return type.dtype();
    }

    @Override
    public String toString() {
        return "%" + id + " = " + op.name() + " : " + type;
    }
}
