package org.curvature4j.op;

import static org.curvature4j.op.Comparison.AND;
import static org.curvature4j.op.Comparison.EQ;
import static org.curvature4j.op.Elementwise.MUL;

import java.util.List;
import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Kernels.Value;
import org.jspecify.annotations.Nullable;

/**
 * A product of two factors, in whose derivatives a zero outweighs an infinity. A derivative along a direction in which
 * a factor doesn't change is 0 however large the other one is, but where the direction is an array of numbers and the
 * other factor has overflowed, a plain multiplication makes 0 * infinity of it, which is not a number. What is 0 because
 * it underflowed counts as 0 as well.
 *
 * @param derivative whether this is a factor times a derivative; otherwise the value is that of a plain multiplication,
 *     not a number for 0 * infinity
 */
public record Product(boolean derivative) implements ElementwiseOp {

    /** A derivative times a partial that may be infinite. */
    static Node of(Ops ops, Node derivative, Node partial) {
        for (Node factor : List.of(derivative, partial)) {
            if (factor.op() instanceof Leaf.Literal literal && (literal.isAll(1) || literal.isAll(-1))) {
                return ops.scale(factor == partial ? derivative : partial, factor);
            }
        }
        return ops.apply(new Product(true), derivative, partial);
    }

    @Override
    public String name() {
        return derivative ? "PRODUCT WITH A DERIVATIVE" : "PRODUCT";
    }

    @Override
    public int arity() {
        return 2;
    }

    @Override
    public @Nullable Node partial(Ops ops, Node node, int operand) {
        return node.operand(1 - operand);
    }

    @Override
    public Node scaled(Ops ops, Node derivative, Node partial) {
        return of(ops, derivative, partial);
    }

    @Override
    public boolean bends() {
        return true;
    }

    @Override
    public @Nullable Node kink(Ops ops, Node node) {
        return null;
    }

    /** Not a number though neither factor is that: 0 times infinity. */
    @Override
    public Value lower(Kernels k, Node node, List<Value> operands) {
        Value x = operands.get(0);
        Value z = operands.get(1);
        Value product = k.apply(MUL, x, z);
        if (!derivative) {
            return product;
        }
        Value numbers = k.test(AND, k.test(EQ, x, x), k.test(EQ, z, z));
        Value indefinite = k.test(AND, Accurate.isNaN(k, product), numbers);
        return k.select(indefinite, k.constant(TensorType.of(node.dtype()), 0), product);
    }
}
