package org.curvature4j.op;

import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;

/** Running sums along an axis: up to each element, or excluding it, or from the end. */
public record CumulativeSum(int axis, boolean exclusive, boolean reverse) implements LinearOp {

    @Override
    public String name() {
        return "CUMULATIVE_SUM axis " + axis + (exclusive ? " exclusive" : "") + (reverse ? " reverse" : "");
    }

    @Override
    public TensorType infer(TensorType operand) {
        return operand;
    }

    @Override
    public Node transpose(Ops ops, Node cotangent, TensorType operand) {
        return ops.apply(new CumulativeSum(axis, exclusive, !reverse), cotangent);
    }

    @Override
    public LinearOp batched(TensorType operand, long size) {
        return this;
    }

    @Override
    public Kernels.Value lower(Kernels kernels, Node node, Kernels.Value operand) {
        if (node.dtype().isFloat()) {
            return kernels.cumulativeSum(operand, axis, exclusive, reverse);
        }
        // ND4J has running sums of floating numbers only, which are exact for whole ones.
        Kernels.Value sums = kernels.cumulativeSum(kernels.cast(operand, DType.FLOAT64), axis, exclusive, reverse);
        return kernels.cast(sums, node.dtype());
    }
}
