package org.curvature4j.samediff;

import java.util.List;
import org.curvature4j.graph.Node;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;

/** Largest and smallest elements along axes. */
final class Extrema {
    static final String NOTE = "equal extremes share the derivative; NaN comes through, ND4J drops it";

    private Extrema() {}

    static Node max(Ops o, Node x, List<Integer> axes) {
        return o.max(x, axes);
    }

    static Node min(Ops o, Node x, List<Integer> axes) {
        return o.neg(o.max(o.neg(x), axes));
    }

    static Node maxAbs(Ops o, Node x, List<Integer> axes) {
        return o.max(o.apply(Elementwise.ABS, x), axes);
    }

    static Node minAbs(Ops o, Node x, List<Integer> axes) {
        return min(o, o.apply(Elementwise.ABS, x), axes);
    }
}
