package org.curvature4j.internal.transform;

import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.curvature4j.op.Concat;
import org.curvature4j.op.Einsum;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.LinearOp;
import org.curvature4j.op.Ops;
import org.curvature4j.op.Product;
import org.curvature4j.op.Select;
import org.jspecify.annotations.Nullable;

/**
 * Structural zeros: literals that a derivative rule made to say that nothing is there ({@link Leaf.Literal}). A product
 * with one is nothing even where the other factor is infinite or not a number, as a derivative along a direction in
 * which nothing varies is zero whatever the partial derivatives are, and adding one leaves even -0.0 as it is. A zero
 * that the user wrote is a number, and no rule here touches it.
 */
enum ZeroRule implements Rule {
    /** A product is linear in either factor, so it is nothing where one of them is. */
    TIMES_NOTHING {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            boolean product =
                    node.op() == Elementwise.MUL || node.op() instanceof Product || node.op() instanceof Einsum;
            return product && node.operands().stream().anyMatch(Literals::isNothing) ? nothing(ops, node) : null;
        }
    },

    /** A quotient is linear in its numerator. */
    NOTHING_DIVIDED {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            return node.op() == Elementwise.DIV && Literals.isNothing(node.operand(0)) ? nothing(ops, node) : null;
        }
    },

    /** Linear operations take nothing to nothing. */
    LINEAR_OF_NOTHING {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            boolean linear =
                    node.op() instanceof LinearOp || node.op() instanceof Concat || node.op() == Elementwise.NEG;
            return linear && node.dtype().isFloat() && node.operands().stream().allMatch(Literals::isNothing)
                    ? nothing(ops, node)
                    : null;
        }
    },

    /** A sum with nothing is its other term. */
    PLUS_NOTHING {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            if (node.op() != Elementwise.ADD && node.op() != Elementwise.SUB) {
                return null;
            }
            Node left = node.operand(0);
            Node right = node.operand(1);
            if (Literals.isNothing(right)) {
                return ops.broadcast(left, node.shape());
            } else if (Literals.isNothing(left)) {
                return ops.broadcast(node.op() == Elementwise.SUB ? ops.neg(right) : right, node.shape());
            }
            return null;
        }
    },

    /** Whichever branch is taken, nothing is in it. */
    SELECT_OF_NOTHING {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            return node.op() instanceof Select
                            && Literals.isNothing(node.operand(1))
                            && Literals.isNothing(node.operand(2))
                    ? nothing(ops, node)
                    : null;
        }
    };

    private static Node nothing(Ops ops, Node node) {
        return ops.zeros(node.type());
    }
}
