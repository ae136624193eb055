package org.curvature4j.op;

import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.jspecify.annotations.Nullable;

/**
 * Even functions of what has a kink at 0, where the whole is smooth: the square of a norm, the cosine of an absolute
 * value. Differentiated part by part they would meet the kink's convention, from which a second derivative can't be had.
 */
final class Even {
    private Even() {}

    /**
     * The square. Of a norm it is the sum under the root, of which the root squared is one rounding away; a sum of squares
     * is never negative, and infinities and NaN come out as they are. Of |x| it is that of x, to the bit.
     */
    static Node square(Ops ops, Node x) {
        Node sum = squared(ops, x);
        Node operand = operand(ops, x);
        return sum == null ? ops.apply(Elementwise.MUL, operand, operand) : sum;
    }

    /** An even power. */
    static Node pow(Ops ops, Node x, double exponent) {
        Node sum = squared(ops, x);
        return sum == null
                ? ops.apply(Elementwise.POW, operand(ops, x), ops.like(x, exponent))
                : ops.pow(sum, exponent / 2);
    }

    /** What can stand for x under an even function: x itself, or that of which it is the absolute value, to the bit. */
    static Node operand(Ops ops, Node x) {
        if (x.op() == Elementwise.ABS) {
            return x.operand(0);
        } else if (x.op() instanceof ShapeOp layout && !(layout instanceof ShapeOp.Pad)) {
            Node below = operand(ops, x.operand(0));
            return below == x.operand(0) ? x : ops.apply(layout, below);
        }
        return x;
    }

    /** The square of a root, of a multiple of one, or of either in another layout; null for anything else. */
    private static @Nullable Node squared(Ops ops, Node x) {
        if (x.op() instanceof NormRoot root && root.order() == 0) {
            return x.operand(0);
        } else if (x.op() instanceof ShapeOp layout && !(layout instanceof ShapeOp.Pad)) {
            Node below = squared(ops, x.operand(0));
            return below == null ? null : ops.apply(layout, below);
        } else if (x.op() == Elementwise.NEG) {
            return squared(ops, x.operand(0));
        } else if ((x.op() == Elementwise.MUL || x.op() == Elementwise.DIV)
                && x.operand(1).op() instanceof Leaf.Literal) {
            Node below = squared(ops, x.operand(0));
            // One factor after the other: its square might overflow.
            return below == null ? null : ops.apply(x.op(), ops.apply(x.op(), below, x.operand(1)), x.operand(1));
        }
        return null;
    }
}
