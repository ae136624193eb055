package org.curvature4j.op;

import java.util.List;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Op;
import org.jspecify.annotations.Nullable;

/** An operation that a backend can compute. */
public sealed interface Primitive extends Op
        permits ElementwiseOp, LinearOp, Concat, Extremum, Lookup, Einsum, MatrixOp, Scan {

    /** As {@link #kink(GraphBuilder, Node)}, in the notation that rules are written in. */
    @Nullable
    Node kink(Ops ops, Node node);

    @Override
    default @Nullable Node kink(GraphBuilder builder, Node node) {
        return kink(new Ops(builder), node);
    }

    /**
     * Computes an application of this operation with a backend's kernels.
     *
     * @param node the application, for its types
     * @param operands the backend's values for the operands
     */
    Kernels.Value lower(Kernels kernels, Node node, List<Kernels.Value> operands);

    /**
     * As {@link #lower}, for values without elements too, of which backends then see constants only: such a value needs
     * no computing, and what is computed from one and has elements is a sum of nothing, so zeros, or joins other parts.
     */
    default Kernels.Value compute(Kernels kernels, Node node, List<Kernels.Value> operands) {
        List<Kernels.Value> filled =
                operands.stream().filter(operand -> operand.type().size() != 0).toList();
        boolean sumOfNothing = filled.size() < operands.size() && !(this instanceof Concat);
        return node.type().size() == 0 || sumOfNothing
                ? kernels.constant(node.type(), 0)
                : lower(kernels, node, filled);
    }
}
