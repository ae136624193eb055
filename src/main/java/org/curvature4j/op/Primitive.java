package org.curvature4j.op;

import java.util.List;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Op;

/** An operation that a backend can compute. */
public sealed interface Primitive extends Op permits ElementwiseOp, LinearOp, Concat, Extremum, Einsum {

    /**
     * Computes an application of this operation with a backend's kernels.
     *
     * @param node the application, for its types
     * @param operands the backend's values for the operands
     */
    Kernels.Value lower(Kernels kernels, Node node, List<Kernels.Value> operands);
}
