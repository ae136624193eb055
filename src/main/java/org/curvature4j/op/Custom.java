package org.curvature4j.op;

import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.jspecify.annotations.Nullable;

/** What users add from outside: a kernel of ND4J by its name, and derivatives of their own for any value. */
public sealed interface Custom extends ElementwiseOp {

    @Override
    default boolean bends() {
        return true;
    }

    @Override
    default @Nullable Node kink(Ops ops, Node node) {
        return null;
    }

    /**
     * An elementwise ND4J operation of one operand that this library has no rule for. It computes, but to differentiate
     * it, wrap it in {@link WithPartials}.
     */
    record Kernel(String kernel) implements Custom {
        @Override
        public String name() {
            return "KERNEL " + kernel;
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
        public @Nullable Node partial(Ops ops, Node node, int operand) {
            throw new IllegalArgumentException("kernel '" + kernel
                    + "': expected a derivative, got none (give its partial derivatives when you register it)");
        }

        @Override
        public Kernels.Value lower(Kernels kernels, Node node, List<Kernels.Value> operands) {
            return kernels.named(kernel, operands.get(0));
        }
    }

    /**
     * A value with the derivative that the caller states instead of the one that follows from how it is computed.
     * Operands: the value, then pairs of a variable and the elementwise partial derivative with respect to it. The
     * partials are values of the graph like any other, so they are differentiated in turn.
     */
    record WithPartials(int variables) implements Custom {
        @Override
        public String name() {
            return "WITH_PARTIALS";
        }

        @Override
        public int arity() {
            return 1 + 2 * variables;
        }

        @Override
        public DType inferDType(List<TensorType> operands) {
            TensorType value = operands.get(0);
            for (TensorType operand : operands) {
                if (!operand.equals(value)) {
                    throw new IllegalArgumentException(name() + ": expected variables and partials of the value's type "
                            + value + ", got " + operand);
                }
            }
            return value.dtype();
        }

        /** Of the variables only: the value itself may be a kernel without a derivative. */
        @Override
        public boolean needsTangent(int operand) {
            return operand % 2 == 1;
        }

        @Override
        public @Nullable Node partial(Ops ops, Node node, int operand) {
            return needsTangent(operand) ? node.operand(operand + 1) : null;
        }

        @Override
        public Node vmap(GraphBuilder builder, Node node, List<Node> operands, List<Boolean> batched, long size) {
            return builder.apply(this, new Ops(builder).batchAll(operands, batched, size));
        }

        @Override
        public Kernels.Value lower(Kernels kernels, Node node, List<Kernels.Value> operands) {
            return operands.get(0);
        }
    }
}
