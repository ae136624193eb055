package org.curvature4j.op;

import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;

/** The derivative of x^p, whose usual form is not a number at x = 0 although the derivative exists there. */
final class Powers {
    private Powers() {}

    /** p x^(p-1), for a known p in the cheapest exact form. */
    static Node base(Ops ops, Node x, Node p, Node y) {
        if (p.op() instanceof Leaf.Literal literal && literal.isUniform()) {
            double exponent = literal.values()[0];
            return ops.mul(ops.like(x, exponent), ops.pow(x, exponent - 1));
        }
        Node zero = ops.like(p, 0);
        // Where p is 0 the power is constant, also at x = 0, where 0 * x^-1 would not be a number.
        return ops.select(
                ops.apply(Comparison.EQ, p, zero),
                zero,
                ops.mul(p, ops.apply(Elementwise.POW, x, ops.sub(p, ops.like(p, 1)))));
    }

    /** x^p log x, which tends to 0 as x does for positive p. */
    static Node exponent(Ops ops, Node x, Node p, Node y) {
        Node zero = ops.like(x, 0);
        Node one = ops.like(x, 1);
        Node isZero = ops.apply(Comparison.EQ, x, zero);
        Node logarithm = ops.apply(Elementwise.LOG, ops.select(isZero, one, x));
        return ops.mul(y, logarithm);
    }
}
