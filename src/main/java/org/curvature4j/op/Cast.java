package org.curvature4j.op;

import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.jspecify.annotations.Nullable;

/** Conversion to another element type. Between floating types a derivative flows; through integers none does. */
public record Cast(DType to) implements LinearOp, Kernel {

    @Override
    public String name() {
        return "CAST " + to;
    }

    @Override
    public boolean isExact() {
        return true;
    }

    @Override
    public TensorType infer(TensorType operand) {
        return operand.withDType(to);
    }

    @Override
    public @Nullable Node transpose(Ops ops, Node cotangent, TensorType operand) {
        return operand.dtype().isFloat() ? ops.cast(cotangent, operand.dtype()) : null;
    }

    @Override
    public LinearOp batched(TensorType operand, long size) {
        return this;
    }

    @Override
    public @Nullable Node dependence(GraphBuilder builder, Node node, List<@Nullable Node> dependences) {
        return dependences.get(0);
    }

    @Override
    public @Nullable Node kink(Ops ops, Node node) {
        return Kinks.ofCast(ops, node.operand(0), to);
    }

    @Override
    public Kernels.Value lower(Kernels kernels, Node node, Kernels.Value operand) {
        return kernels.cast(operand, to);
    }
}
