package org.curvature4j.internal.transform;

import org.curvature4j.graph.Node;
import org.curvature4j.op.Ops;
import org.jspecify.annotations.Nullable;

/**
 * A rewrite of one application into one that is cheaper, or that another rule can see through. The replacement gives
 * the same values for every value of the operands, NaN, infinities and -0.0 included, and has the same derivatives; each
 * rule says why. What the operations themselves leave open may change: the payload of a NaN, the order in which a sum
 * or a contraction adds, and the sign of a sum that is zero.
 */
interface Rule {

    /** What tests and the driver's errors call it. */
    String name();

    /**
     * The replacement, in the node's builder.
     *
     * @return null where the rule doesn't apply
     */
    @Nullable
    Node rewrite(Ops ops, Node node);
}
