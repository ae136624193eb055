package org.curvature4j.op;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.Node;
import org.curvature4j.op.Kernels.Value;
import org.jspecify.annotations.Nullable;

/**
 * A derivative of the normalised cardinal sine, sin(pi x) / (pi x). With y = pi x and g(y) = sin(y) / y, differentiating
 * y g(y) = sin y gives y g^(n) + n g^(n-1) = sin(y + n pi / 2): a recurrence that is stable upwards unless y is far below n.
 * There, at and near 0, stands the Taylor series. Errors are a few units in the last place of pi^n / (n + 1), the largest
 * value. The sine is that of the distance to the next whole number, 0 at every one.
 *
 * @param order how often it is differentiated; 0 for itself
 */
public record CardinalSine(int order) implements DerivativeFamily {

    @Override
    public String function() {
        return "SINC";
    }

    @Override
    public DerivativeFamily next() {
        return new CardinalSine(order + 1);
    }

    @Override
    public double cost() {
        return 60;
    }

    @Override
    public @Nullable Node kink(Ops ops, Node node) {
        return null;
    }

    @Override
    public Value lower(Kernels kernels, Node node, List<Value> operands) {
        Value x = operands.get(0);
        Formula f = Formula.of(kernels, x);
        Value y = f.mul(x, Math.PI);
        Value whole = kernels.apply(Elementwise.ROUND, x);
        Value angle = f.mul(f.fraction(x), Math.PI);
        Value parity = f.sub(whole, f.mul(kernels.apply(Elementwise.FLOOR, f.mul(whole, 0.5)), 2));
        Value sign = f.sub(f.of(1), f.mul(parity, 2));
        Value sine = f.mul(kernels.apply(Elementwise.SIN, angle), sign);
        Value value = f.div(sine, y);
        if (order == 0) {
            return kernels.select(f.isEqual(x, 0), f.of(1), value);
        }
        Value cosine = f.mul(kernels.apply(Elementwise.COS, angle), sign);
        for (int n = 1; n <= order; n++) {
            Value shifted = n % 2 == 0 ? sine : cosine;
            Value next = f.mul(value, n);
            next = n % 4 < 2 ? f.sub(shifted, next) : kernels.apply(Elementwise.NEG, f.add(shifted, next));
            value = f.div(next, y);
        }
        double bound = Math.max(1.5, order / 2.0);
        Value near = f.polynomial(f.mul(y, y), series(bound));
        near = order % 2 == 0 ? near : f.mul(near, y);
        Value isNear = f.isLess(kernels.apply(Elementwise.ABS, y), bound);
        return f.mul(kernels.select(isNear, near, value), Math.pow(Math.PI, order));
    }

    /** (-1)^((n+m)/2) / ((n + m + 1) m!) for even n + m, until a term up to the bound adds nothing. */
    private double[] series(double bound) {
        List<Double> coefficients = new ArrayList<>();
        double size = 1;
        double factor = 1;
        for (int m = 0; size > 1e-19 || m <= 2 * bound; m++) {
            if ((order + m) % 2 == 0) {
                coefficients.add(((order + m) % 4 == 0 ? factor : -factor) / (order + m + 1));
            }
            factor /= m + 1;
            size *= bound / (m + 1);
        }
        return coefficients.stream().mapToDouble(c -> c).toArray();
    }
}
