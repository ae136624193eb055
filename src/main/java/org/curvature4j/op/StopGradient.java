package org.curvature4j.op;

import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.jspecify.annotations.Nullable;

/** Its operand, held constant under differentiation: for a shift that the result doesn't depend on. */
public record StopGradient() implements ElementwiseOp {

    @Override
    public String name() {
        return "STOP_GRADIENT";
    }

    @Override
    public int arity() {
        return 1;
    }

    @Override
    public DType inferDType(List<TensorType> operands) {
        return operands.get(0).dtype();
    }

    @Override
    public boolean needsTangent(int operand) {
        return false;
    }

    @Override
    public @Nullable Node partial(Ops ops, Node node, int operand) {
        return null;
    }

    @Override
    public boolean bends() {
        return false;
    }

    @Override
    public @Nullable Node kink(Ops ops, Node node) {
        return null;
    }

    @Override
    public Kernels.Value lower(Kernels kernels, Node node, List<Kernels.Value> operands) {
        return operands.get(0);
    }
}
