package org.curvature4j.internal.transform;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Custom;
import org.curvature4j.op.ElementwiseOp;
import org.curvature4j.op.Ops;
import org.curvature4j.op.ShapeOp;
import org.jspecify.annotations.Nullable;

/**
 * Repetition, moved towards the outputs: what acts on each element alone gives equal results for equal elements, so it
 * may act once, before they are repeated.
 */
enum BroadcastRule implements Rule {
    /** Repeated twice is repeated once. */
    BROADCAST_OF_BROADCAST {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            return isBroadcast(node) && isBroadcast(node.operand(0))
                    ? ops.broadcast(node.operand(0).operand(0), node.shape())
                    : null;
        }
    },

    /** An elementwise operation repeats its operands by itself; what none of them has of the result comes after it. */
    ELEMENTWISE_OF_BROADCAST {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            // The operands of a value with stated partials have one type by its definition.
            if (!(node.op() instanceof ElementwiseOp) || node.op() instanceof Custom.WithPartials) {
                return null;
            }
            List<Node> sources = new ArrayList<>();
            node.operands().forEach(operand -> sources.add(source(ops, operand)));
            return sources.equals(node.operands())
                    ? null
                    : ops.broadcast(ops.builder().apply(node.op(), sources), node.shape());
        }
    },

    /** Which axis comes first makes no difference to what is repeated. */
    PERMUTE_OF_BROADCAST {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            return node.op() instanceof ShapeOp.Permute permute && isBroadcast(node.operand(0))
                    ? ops.broadcast(ops.permute(node.operand(0).operand(0), permute.axes()), node.shape())
                    : null;
        }
    },

    /** Axes of size 1 put in or taken out beside those along which elements are repeated. */
    RESHAPE_OF_BROADCAST {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            if (!(node.op() instanceof ShapeOp.Reshape) || !isBroadcast(node.operand(0))) {
                return null;
            }
            Node source = node.operand(0).operand(0);
            Shape small = matchUnits(node.operand(0).shape(), source.shape(), node.shape());
            return small == null ? null : ops.broadcast(ops.reshape(source, small), node.shape());
        }
    };

    private static boolean isBroadcast(Node node) {
        return node.op() instanceof ShapeOp.Broadcast;
    }

    /** What an operand is before it is repeated. */
    private static Node source(Ops ops, Node operand) {
        Leaf.Literal literal = Literals.uniform(operand);
        if (literal != null && operand.shape().rank() > 0) {
            return ops.apply(new Leaf.Literal(TensorType.of(operand.dtype()), literal.values(), literal.structural()));
        } else if (isBroadcast(operand)) {
            return operand.operand(0);
        }
        boolean wrapped = operand.op() instanceof ShapeOp.Reshape
                && operand.operand(0).shape().rank() == 0;
        return wrapped ? operand.operand(0) : operand;
    }

    /**
     * The shape that {@code small}, which repeats to {@code large}, takes when {@code large} is reshaped by axes of size
     * 1 only; null where the reshape does more.
     */
    private static @Nullable Shape matchUnits(Shape large, Shape small, Shape reshaped) {
        long[] dims = new long[reshaped.rank()];
        int axis = 0;
        for (int i = 0; i < dims.length; i++) {
            dims[i] = 1;
            if (reshaped.dim(i) != 1) {
                while (axis < large.rank() && large.dim(axis) == 1) {
                    axis++;
                }
                if (axis == large.rank() || large.dim(axis) != reshaped.dim(i)) {
                    return null;
                }
                dims[i] = small.dim(axis++);
            }
        }
        return Shape.of(dims);
    }
}
