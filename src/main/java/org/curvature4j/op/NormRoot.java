package org.curvature4j.op;

import static org.curvature4j.op.Comparison.EQ;
import static org.curvature4j.op.Elementwise.DIV;
import static org.curvature4j.op.Elementwise.SQRT;

import java.util.List;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Kernels.Value;
import org.jspecify.annotations.Nullable;

/**
 * The square root of a sum of squares, or a derivative of it. A norm has a kink at 0, where its first derivative is 0 by
 * convention, the subgradient of least length. The curvature doesn't exist there: from the second on, a derivative is
 * infinite at 0, so that what follows from it is not a number instead of a 0 that nobody could tell from a true one.
 *
 * @param order how often the root is differentiated; 0 for itself
 */
public record NormRoot(int order) implements DerivativeFamily {

    @Override
    public String function() {
        return "NORM_ROOT";
    }

    @Override
    public DerivativeFamily next() {
        return new NormRoot(order + 1);
    }

    @Override
    public @Nullable Node kink(Ops ops, Node node) {
        return Kinks.at(ops, node.operand(0), 0);
    }

    @Override
    public Value lower(Kernels k, Node node, List<Value> operands) {
        Value x = operands.get(0);
        Value root = k.apply(SQRT, x);
        if (order == 0) {
            return root;
        }
        double factor = 1;
        for (int i = 0; i < order; i++) {
            factor *= 0.5 - i;
        }
        TensorType scalar = TensorType.of(x.type().dtype());
        Value derivative = k.apply(DIV, k.constant(scalar, factor), root);
        for (int i = 1; i < order; i++) {
            derivative = k.apply(DIV, derivative, x);
        }
        Value zero = k.constant(scalar, 0);
        return order == 1 ? k.select(k.test(EQ, x, zero), zero, derivative) : derivative;
    }
}
