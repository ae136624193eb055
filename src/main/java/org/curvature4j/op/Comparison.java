package org.curvature4j.op;

import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.jspecify.annotations.Nullable;

/** Comparisons of numbers and connectives of booleans. Steps, so their derivative is zero. */
public enum Comparison implements ElementwiseOp, Kernel {
    LT(false),
    LE(false),
    GT(false),
    GE(false),
    EQ(false),
    NE(false),
    AND(true),
    OR(true),
    XOR(true);

    private final boolean logical;

    Comparison(boolean logical) {
        this.logical = logical;
    }

    /** Whether its operands are booleans. */
    public boolean isLogical() {
        return logical;
    }

    @Override
    public boolean isExact() {
        return true;
    }

    @Override
    public int arity() {
        return 2;
    }

    @Override
    public DType inferDType(List<TensorType> operands) {
        DType left = operands.get(0).dtype();
        if (left != operands.get(1).dtype() || (logical && left != DType.BOOL)) {
            throw new IllegalArgumentException(name() + ": expected " + (logical ? "booleans" : "operands of one dtype")
                    + ", got " + operands + " (cast one operand)");
        }
        return DType.BOOL;
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
        return node.operand(0).dtype().isFloat() ? Kinks.tie(ops, node.operand(0), node.operand(1)) : null;
    }

    @Override
    public Kernels.Value lower(Kernels kernels, Node node, List<Kernels.Value> operands) {
        return kernels.test(this, operands.get(0), operands.get(1));
    }
}
