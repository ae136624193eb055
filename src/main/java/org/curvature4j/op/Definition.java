package org.curvature4j.op;

import java.util.List;
import org.curvature4j.graph.Node;
import org.curvature4j.op.Kernels.Value;
import org.jspecify.annotations.Nullable;

/**
 * What the system must know of an attribute-free elementwise operation. Unless stated, it is a kernel that every dialect
 * spells, takes as long as an exponential, is rounded as an engine likes, bends, and has no kink.
 *
 * @param domain where it is smooth
 * @param partials one derivative for each operand
 * @param composition how it is made of other operations; null for a kernel
 * @param isExact whether its result is the rounded true one
 * @param cost of an element, in the time of a product
 * @param bends as of {@link org.curvature4j.graph.Op#bends}
 */
record Definition(
        Domain domain,
        List<Partial> partials,
        @Nullable Composition composition,
        boolean isExact,
        double cost,
        boolean bends,
        Kink kink) {
    private static final double TRANSCENDENTAL = 10;

    /** The derivative by one operand, of the operands and the result; null where it is zero. */
    interface Partial {
        @Nullable
        Node of(Ops ops, Node x, Node z, Node y);
    }

    interface UnaryPartial {
        @Nullable
        Node of(Ops ops, Node x, Node y);
    }

    interface Composition {
        Value of(Kernels kernels, Value[] operands);
    }

    interface UnaryComposition {
        Value of(Kernels kernels, Value x);
    }

    interface BinaryComposition {
        Value of(Kernels kernels, Value x, Value z);
    }

    /** As {@link Primitive#kink}; z is x for one operand. */
    interface Kink {
        @Nullable
        Node of(Ops ops, Node x, Node z);
    }

    static Definition unary(Domain domain, UnaryPartial partial) {
        return of(domain, List.of((o, x, z, y) -> partial.of(o, x, y)));
    }

    static Definition binary(Domain domain, Partial first, Partial second) {
        return of(domain, List.of(first, second));
    }

    /** Constant between its jumps. */
    static Definition step(Kink kink) {
        return unary(Domain.REAL, (o, x, y) -> null).cheap().piecewiseLinear().kink(kink);
    }

    private static Definition of(Domain domain, List<Partial> partials) {
        return new Definition(domain, partials, null, false, TRANSCENDENTAL, true, (o, x, z) -> null);
    }

    Definition exact() {
        return new Definition(domain, partials, composition, true, 1, bends, kink);
    }

    Definition cheap() {
        return new Definition(domain, partials, composition, isExact, 1, bends, kink);
    }

    Definition piecewiseLinear() {
        return new Definition(domain, partials, composition, isExact, cost, false, kink);
    }

    Definition kink(Kink where) {
        return new Definition(domain, partials, composition, isExact, cost, bends, where);
    }

    Definition composed(UnaryComposition made) {
        return madeBy((k, operands) -> made.of(k, operands[0]));
    }

    Definition composed(BinaryComposition made) {
        return madeBy((k, operands) -> made.of(k, operands[0], operands[1]));
    }

    private Definition madeBy(Composition made) {
        return new Definition(domain, partials, made, isExact, cost, bends, kink);
    }
}
