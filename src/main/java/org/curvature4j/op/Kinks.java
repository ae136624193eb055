package org.curvature4j.op;

import org.curvature4j.graph.DType;
import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.jspecify.annotations.Nullable;

/** Where elementwise operations have a kink, a jump or a derivative that is infinite; see {@link Primitive#kink}. */
final class Kinks {
    private Kinks() {}

    /** Where x is this value. */
    static Node at(Ops o, Node x, double value) {
        return tie(o, x, o.like(x, value));
    }

    static Node tie(Ops o, Node x, Node z) {
        return o.apply(Comparison.EQ, x, z);
    }

    /** Where x is 1 or -1. */
    static Node atUnit(Ops o, Node x, Node z) {
        return at(o, o.apply(Elementwise.ABS, x), 1);
    }

    /** Where x is a whole number. */
    static Node whole(Ops o, Node x) {
        return tie(o, x, o.apply(Elementwise.FLOOR, x));
    }

    /** At x = 0, unless the exponent is 0, 1, 2 ... */
    static @Nullable Node ofPower(Ops o, Node x, Node p) {
        if (p.op() instanceof Leaf.Literal literal && literal.isUniform()) {
            double exponent = literal.values()[0];
            return exponent >= 0 && exponent == Math.floor(exponent) ? null : at(o, x, 0);
        }
        Node broken = o.apply(Comparison.NE, p, o.apply(Elementwise.FLOOR, p));
        Node negative = o.apply(Comparison.LT, p, o.like(p, 0));
        return o.apply(Comparison.AND, at(o, x, 0), o.apply(Comparison.OR, broken, negative));
    }

    /** Where a number turns into another of a type with fewer values by a jump. */
    static @Nullable Node ofCast(Ops o, Node x, DType to) {
        if (!x.dtype().isFloat() || to.isFloat()) {
            return null;
        }
        return to == DType.BOOL ? at(o, x, 0) : whole(o, x);
    }
}
