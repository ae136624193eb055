package org.curvature4j.op;

import org.curvature4j.graph.Node;

/** A function of one number and all its derivatives, of which each member's derivative is the next. */
public sealed interface DerivativeFamily extends ElementwiseOp
        permits CardinalSine, EntropyTerm, NormRoot, Polygamma, ScaledBesselI {

    /** How often the function is differentiated; 0 for itself. */
    int order();

    /** The derivative of this. */
    DerivativeFamily next();

    /** What the function is called. */
    String function();

    @Override
    default String name() {
        return function() + (order() == 0 ? "" : " " + order());
    }

    @Override
    default int arity() {
        return 1;
    }

    @Override
    default Node partial(Ops ops, Node node, int operand) {
        return ops.apply(next(), node.operand(0));
    }

    @Override
    default boolean bends() {
        return true;
    }
}
