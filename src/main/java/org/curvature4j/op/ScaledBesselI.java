package org.curvature4j.op;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.curvature4j.graph.Node;
import org.curvature4j.op.Kernels.Value;
import org.jspecify.annotations.Nullable;

/**
 * e^-|x| I_n(x), the modified Bessel function of the first kind and order 0 or 1 so scaled that it stays finite, or a
 * derivative of it. Near 0 it is an integral over half a circle of (1 - cos t)^k e^(-x (1 - cos t)) and the like (DLMF
 * 10.32.1 to 10.32.3), for which the trapezoidal rule converges geometrically; further out {@link BesselExpansion}. For n = 0
 * all terms have one sign; for n = 1 derivatives are the sum of two for n = 0, and errors are a few units in the last place
 * of the larger.
 *
 * <p>There is a kink at 0. A derivative that is the same from both sides there is that; one whose sign changes is 0, the mean
 * of both, as that of |x| is.
 *
 * @param n 0 or 1
 * @param order how often it is differentiated; 0 for itself
 */
public record ScaledBesselI(int n, int order) implements DerivativeFamily {

    public ScaledBesselI {
        if (n != 0 && n != 1) {
            throw new IllegalArgumentException("scaled Bessel function: expected order 0 or 1, got " + n);
        }
    }

    @Override
    public String function() {
        return "I" + n + "E";
    }

    @Override
    public DerivativeFamily next() {
        return new ScaledBesselI(n, order + 1);
    }

    @Override
    public double cost() {
        return 300;
    }

    @Override
    public @Nullable Node kink(Ops ops, Node node) {
        return Kinks.at(ops, node.operand(0), 0);
    }

    @Override
    public Value lower(Kernels kernels, Node node, List<Value> operands) {
        Value x = operands.get(0);
        Formula f = Formula.of(kernels, x);
        Value size = kernels.apply(Elementwise.ABS, x);
        double bound = 20 + 2.0 * order;
        Value far = BesselExpansion.far(f, size, n, order, bound);
        Value value = kernels.select(f.isLess(size, bound), near(f, size), far);
        return (n + order) % 2 == 0 ? value : f.mul(kernels.apply(Elementwise.SIGN, x), value);
    }

    /** The trapezoidal rule, from its smallest terms on; of enough steps for arguments up to the bound. */
    private Value near(Formula f, Value x) {
        int steps = 24 + 3 * order;
        IntToDoubleFunction versine = i -> 2 * square(Math.sin(i * Math.PI / (2 * steps)));
        Value sum = null;
        for (int i = steps; i >= 0; i--) {
            double weight =
                    weight(i * Math.PI / steps, versine.applyAsDouble(i)) / (i % steps == 0 ? 2 * steps : steps);
            if (weight != 0) {
                Value term = f.mul(f.kernels().apply(Elementwise.EXP, f.mul(x, -versine.applyAsDouble(i))), weight);
                sum = sum == null ? term : f.add(sum, term);
            }
        }
        if (sum == null) {
            throw new IllegalStateException(name() + ": expected terms, got none");
        }
        return n == 1 && order == 0 ? f.mul(x, sum) : sum;
    }

    /** What e^(-x v) is multiplied by, for an angle and its versine v. */
    private double weight(double angle, double versine) {
        if (n == 1 && order == 0) {
            return square(Math.sin(angle));
        }
        double power = Math.pow(-versine, order);
        return n == 0 ? power : power * (1 - versine);
    }

    private static double square(double x) {
        return x * x;
    }
}
