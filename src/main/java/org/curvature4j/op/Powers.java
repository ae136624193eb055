package org.curvature4j.op;

import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.jspecify.annotations.Nullable;

/** The first derivatives of x^p; {@link PowerDerivative} has those that follow. */
final class Powers {
    private Powers() {}

    /** p x^(p-1), for a known p in the cheapest exact form: nothing where it is 0, for which x^(p-1) may be infinite. */
    static @Nullable Node base(Ops ops, Node x, Node p, Node y) {
        if (p.op() instanceof Leaf.Literal literal && literal.isUniform()) {
            double exponent = literal.values()[0];
            return exponent == 0 ? null : ops.mul(ops.like(x, exponent), ops.pow(x, exponent - 1));
        }
        return ops.apply(new PowerDerivative(1, 0), x, p);
    }

    /** x^p log x. */
    static Node exponent(Ops ops, Node x, Node p, Node y) {
        return ops.apply(new PowerDerivative(0, 1), x, p);
    }
}
