package org.curvature4j.internal.composition;

import org.curvature4j.graph.Node;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;

/** Division with remainder. Written as x - y q with a stepwise quotient q, so the derivatives are 1 and -q. */
public final class Remainders {
    private Remainders() {}

    /** The quotient rounded towards minus infinity. */
    public static Node quotient(Ops o, Node x, Node y) {
        if (x.dtype().isFloat()) {
            return o.apply(Elementwise.FLOOR, o.div(x, y));
        }
        Node truncated = o.div(x, y);
        Node remainder = o.sub(x, o.mul(truncated, y));
        Node zero = o.like(x, 0);
        Node signsDiffer =
                o.apply(Comparison.XOR, o.apply(Comparison.LT, remainder, zero), o.apply(Comparison.LT, y, zero));
        Node roundsUp = o.apply(Comparison.AND, signsDiffer, o.apply(Comparison.NE, remainder, zero));
        return o.sub(truncated, o.cast(roundsUp, x.dtype()));
    }

    /** The remainder with the divisor's sign. */
    public static Node floored(Ops o, Node x, Node y) {
        if (!x.dtype().isFloat()) {
            return o.sub(x, o.mul(y, quotient(o, x, y)));
        }
        Node remainder = truncated(o, x, y);
        Node zero = o.like(x, 0);
        Node signsDiffer =
                o.apply(Comparison.XOR, o.apply(Comparison.LT, remainder, zero), o.apply(Comparison.LT, y, zero));
        Node isBelow = o.apply(Comparison.AND, signsDiffer, o.apply(Comparison.NE, remainder, zero));
        return o.select(isBelow, o.add(remainder, y), remainder);
    }

    /** The remainder with the dividend's sign, as C's fmod: the dividend itself where an infinite divisor holds it 0 times. */
    public static Node truncated(Ops o, Node x, Node y) {
        Node ratio = o.div(x, y);
        if (!x.dtype().isFloat()) {
            return o.sub(x, o.mul(y, ratio));
        }
        Node towardsZero = o.select(
                o.apply(Comparison.LT, ratio, o.like(x, 0)),
                o.apply(Elementwise.CEIL, ratio),
                o.apply(Elementwise.FLOOR, ratio));
        Node holdsNone = o.apply(Comparison.EQ, towardsZero, o.like(x, 0));
        return o.select(holdsNone, x, o.sub(x, o.mul(y, towardsZero)));
    }
}
