package org.curvature4j.op;

import static org.curvature4j.op.Comparison.EQ;
import static org.curvature4j.op.Elementwise.ADD;
import static org.curvature4j.op.Elementwise.DIV;
import static org.curvature4j.op.Elementwise.LOG;
import static org.curvature4j.op.Elementwise.MUL;

import java.util.List;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Kernels.Value;
import org.jspecify.annotations.Nullable;

/**
 * x log x, or a derivative of it. The value at 0 is its limit, 0. The derivatives there are infinite, of their limits'
 * signs from the right, and stay out of those of other elements: {@link Product}.
 *
 * @param order how often it is differentiated; 0 for itself
 */
public record EntropyTerm(int order) implements DerivativeFamily {

    @Override
    public String function() {
        return "ENTROPY_TERM";
    }

    @Override
    public DerivativeFamily next() {
        return new EntropyTerm(order + 1);
    }

    @Override
    public Node scaled(Ops ops, Node derivative, Node partial) {
        return Product.of(ops, derivative, partial);
    }

    @Override
    public @Nullable Node kink(Ops ops, Node node) {
        return Kinks.at(ops, node.operand(0), 0);
    }

    @Override
    public Value lower(Kernels k, Node node, List<Value> operands) {
        Value x = operands.get(0);
        TensorType scalar = TensorType.of(x.type().dtype());
        if (order < 2) {
            Value log = k.apply(LOG, x);
            Value zero = k.constant(scalar, 0);
            return order == 1
                    ? k.apply(ADD, log, k.constant(scalar, 1))
                    : k.select(k.test(EQ, x, zero), zero, k.apply(MUL, x, log));
        }
        double factor = 1;
        for (int i = 1; i < order - 1; i++) {
            factor *= -i;
        }
        Value derivative = k.apply(DIV, k.constant(scalar, factor), x);
        for (int i = 2; i < order; i++) {
            derivative = k.apply(DIV, derivative, x);
        }
        return derivative;
    }
}
