package org.curvature4j.op;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.jspecify.annotations.Nullable;

/**
 * The family of linear operations on one operand. A member tells its transpose and itself over a batch; both modes
 * follow: it is its own tangent, and its transpose takes cotangents back.
 */
public sealed interface LinearOp extends Primitive permits ShapeOp, Indexing, Sum, CumulativeSum, Roll, Cast {

    /** The type of the result. */
    TensorType infer(TensorType operand);

    /** The transposed operation applied to a cotangent; null where no derivative flows. */
    @Nullable
    Node transpose(Ops ops, Node cotangent, TensorType operand);

    /** This operation on an operand with one more axis, of the given size, at the end. */
    LinearOp batched(TensorType operand, long size);

    /** As {@link Primitive#lower}, of its one operand. */
    Kernels.Value lower(Kernels kernels, Node node, Kernels.Value operand);

    @Override
    default TensorType infer(List<TensorType> operands) {
        if (operands.size() != 1) {
            throw new IllegalArgumentException(name() + ": expected 1 operand, got " + operands);
        }
        return infer(operands.get(0));
    }

    @Override
    default @Nullable Node jvp(GraphBuilder builder, Node node, List<@Nullable Node> tangents) {
        Node tangent = tangents.get(0);
        return tangent == null || !node.dtype().isFloat() ? null : builder.apply(this, tangent);
    }

    @Override
    default List<@Nullable Node> vjp(GraphBuilder builder, Node node, Node cotangent, List<Boolean> wanted) {
        List<@Nullable Node> cotangents = new ArrayList<>();
        cotangents.add(
                wanted.get(0)
                        ? transpose(new Ops(builder), cotangent, node.operand(0).type())
                        : null);
        return cotangents;
    }

    @Override
    default boolean bends() {
        return false;
    }

    @Override
    default @Nullable Node kink(Ops ops, Node node) {
        return null;
    }

    @Override
    default Node vmap(GraphBuilder builder, Node node, List<Node> operands, List<Boolean> batched, long size) {
        return builder.apply(batched(node.operand(0).type(), size), operands);
    }

    @Override
    default @Nullable Node dependence(GraphBuilder builder, Node node, List<@Nullable Node> dependences) {
        Node dependence = dependences.get(0);
        return dependence == null ? null : builder.apply(this, dependence);
    }

    @Override
    default Kernels.Value lower(Kernels kernels, Node node, List<Kernels.Value> operands) {
        return lower(kernels, node, operands.get(0));
    }
}
