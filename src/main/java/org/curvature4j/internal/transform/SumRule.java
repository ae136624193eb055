package org.curvature4j.internal.transform;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;
import org.curvature4j.op.ShapeOp;
import org.curvature4j.op.Sum;
import org.jspecify.annotations.Nullable;

/** Sums, whose order of addition and whose sign when they are zero are left open by {@link Sum}. */
enum SumRule implements Rule {
    /** The sum of one element is that element. */
    SUM_OF_UNIT_AXES {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            if (!(node.op() instanceof Sum sum)) {
                return null;
            }
            Shape shape = node.operand(0).shape();
            List<Integer> longer =
                    sum.axes().stream().filter(axis -> shape.dim(axis) != 1).toList();
            return longer.size() == sum.axes().size() && !longer.isEmpty() ? null : ops.sum(node.operand(0), longer);
        }
    },

    /** A sum of sums adds the same terms in another order. */
    SUM_OF_SUM {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            if (!(node.op() instanceof Sum outer && node.operand(0).op() instanceof Sum inner)) {
                return null;
            }
            List<Integer> axes = new ArrayList<>(inner.axes());
            outer.axes().stream().filter(axis -> !axes.contains(axis)).forEach(axes::add);
            return ops.sum(node.operand(0).operand(0), axes.stream().sorted().toList());
        }
    },

    /**
     * k equal terms are k times one of them, rounded once instead of k - 1 times. NaN and infinities come through, and
     * the partial sums are smaller than the last one, so it overflows only where they do. Not for k = 0, where the sum
     * is zero even of infinities.
     */
    SUM_OF_BROADCAST {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            if (!(node.op() instanceof Sum sum && node.operand(0).op() instanceof ShapeOp.Broadcast)
                    || !node.dtype().isFloat()) {
                return null;
            }
            Node source = node.operand(0).operand(0);
            Shape full = node.operand(0).shape();
            long count = 1;
            List<Integer> rest = new ArrayList<>();
            for (int axis : sum.axes()) {
                if (source.shape().dim(axis) == 1) {
                    count *= full.dim(axis);
                    full = full.with(axis, 1);
                } else {
                    rest.add(axis);
                }
            }
            return count < 2
                    ? null
                    : ops.mul(ops.sum(ops.broadcast(source, full), rest), ops.like(node, (double) count));
        }
    },

    /** Rounding to nearest is symmetric, so the sign may be changed after adding, where fewer elements are left. */
    SUM_OF_NEG {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            return node.op() instanceof Sum sum && node.operand(0).op() == Elementwise.NEG
                    ? ops.neg(ops.sum(node.operand(0).operand(0), sum.axes()))
                    : null;
        }
    };
}
