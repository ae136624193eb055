package org.curvature4j.internal.composition;

import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.op.Ops;

/** Two branches of which a computed value chooses one: both are computed, and what isn't chosen reaches nothing. */
public final class Alternatives {
    private Alternatives() {}

    /**
     * A value as a branch sees it: the value, which no derivative passes where the branch isn't chosen. What would pass is 0
     * times the derivatives inside, and no number where one of these is infinite.
     *
     * @param condition a boolean of one element
     * @param side for which value of the condition the branch is chosen
     */
    public static Node entered(Ops o, Node condition, boolean side, Node x) {
        if (!x.dtype().isFloat() || x.isConstant()) {
            return x;
        }
        Node held = o.stopGradient(x);
        return o.select(o.reshape(condition, Shape.SCALAR), side ? x : held, side ? held : x);
    }

    /** What the chosen branch gives. */
    public static Node chosen(Ops o, Node condition, Node yes, Node no) {
        return o.select(o.reshape(condition, Shape.SCALAR), yes, no);
    }
}
