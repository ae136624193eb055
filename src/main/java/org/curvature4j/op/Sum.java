package org.curvature4j.op;

import java.util.List;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;

/**
 * Sums over axes, which stay at size 1, so that a sum and a broadcast are each other's transpose. In which order it adds,
 * and so how it rounds, is left to the kernel, and so is the sign of a sum that is zero.
 *
 * @param axes in any order; kept in theirs, since SameDiff writes outside of its memory for those of another
 */
public record Sum(List<Integer> axes) implements LinearOp {
    public Sum {
        axes = axes.stream().sorted().toList();
    }

    @Override
    public String name() {
        return "SUM " + axes;
    }

    @Override
    public TensorType infer(TensorType operand) {
        return operand.withShape(collapse(operand.shape(), axes));
    }

    static Shape collapse(Shape shape, List<Integer> axes) {
        Shape collapsed = shape;
        for (int axis : axes) {
            collapsed = collapsed.with(axis, 1);
        }
        return collapsed;
    }

    @Override
    public Node transpose(Ops ops, Node cotangent, TensorType operand) {
        return ops.broadcast(cotangent, operand.shape());
    }

    @Override
    public LinearOp batched(TensorType operand, long size) {
        return this;
    }

    @Override
    public Kernels.Value lower(Kernels kernels, Node node, Kernels.Value operand) {
        return kernels.reduce(Kernels.Reduction.SUM, operand, axes);
    }
}
