package org.curvature4j.internal.composition;

import java.util.Arrays;
import java.util.List;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.op.Ops;

/** NumPy's broadcasting, which aligns shapes at their last axes, in terms of primitives, which want equal ranks. */
public final class Broadcasting {
    private Broadcasting() {}

    /** Operands with axes of size 1 put before theirs, so that all have the same rank; scalars stay scalars. */
    public static List<Node> align(Ops ops, List<Node> operands) {
        int rank = operands.stream().mapToInt(node -> node.shape().rank()).max().orElse(0);
        return operands.stream()
                .map(node -> node.shape().rank() == 0 ? node : raise(ops, node, rank))
                .toList();
    }

    /** A node with axes of size 1 put before its own, up to a rank. */
    public static Node raise(Ops ops, Node node, int rank) {
        int missing = rank - node.shape().rank();
        if (missing <= 0) {
            return node;
        }
        long[] dims = new long[rank];
        Arrays.fill(dims, 0, missing, 1);
        System.arraycopy(node.shape().toArray(), 0, dims, missing, node.shape().rank());
        return ops.reshape(node, Shape.of(dims));
    }

    /** A vector laid along one axis of a tensor of the given rank. */
    public static Node along(Ops ops, Node vector, int axis, int rank) {
        return ops.reshape(vector, Shape.ones(rank).with(axis, vector.type().size()));
    }
}
