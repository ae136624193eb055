package org.curvature4j.samediff;

import org.curvature4j.graph.Node;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Ops;

/** Activation functions that several rules use. */
final class Activations {
    private Activations() {}

    /** max(x, cutoff) whose derivative at the cutoff is 0. NaN comes through. */
    static Node relu(Ops o, Node x, double cutoff) {
        Node bound = o.like(x, cutoff);
        return o.select(o.apply(Comparison.LE, x, bound), bound, x);
    }
}
