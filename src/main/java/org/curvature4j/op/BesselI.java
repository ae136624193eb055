package org.curvature4j.op;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.Node;
import org.curvature4j.op.Kernels.Value;
import org.jspecify.annotations.Nullable;

/**
 * The modified Bessel function of the first kind, I_n(x). Its derivative is the mean of those of order n - 1 and n + 1 (DLMF
 * 10.29.1). Near 0 it is its power series (10.25.2), all of whose terms have one sign; further out {@link BesselExpansion}
 * times e^x, which overflows where the function does, a little beyond 713.
 *
 * @param n the order, 0 or above
 */
public record BesselI(int n) implements ElementwiseOp {

    public BesselI {
        if (n < 0) {
            throw new IllegalArgumentException("Bessel function: expected an order from 0 on, got " + n);
        }
    }

    @Override
    public String name() {
        return "I" + n;
    }

    @Override
    public int arity() {
        return 1;
    }

    @Override
    public Node partial(Ops ops, Node node, int operand) {
        Node x = node.operand(0);
        Node above = ops.apply(new BesselI(n + 1), x);
        if (n == 0) {
            return above;
        }
        Node sum = ops.add(ops.apply(new BesselI(n - 1), x), above);
        return ops.mul(ops.like(x, 0.5), sum);
    }

    @Override
    public double cost() {
        return 120;
    }

    @Override
    public boolean bends() {
        return true;
    }

    @Override
    public @Nullable Node kink(Ops ops, Node node) {
        return null;
    }

    @Override
    public Value lower(Kernels k, Node node, List<Value> operands) {
        Value x = operands.get(0);
        Formula f = Formula.of(k, x);
        Value size = k.apply(Elementwise.ABS, x);
        double bound = Math.max(20, n * (double) n / 2);
        Value half = f.mul(size, 0.5);
        Value near = f.polynomial(f.mul(half, half), series(bound * bound / 4));
        near = n == 0 ? near : f.mul(near, f.pow(half, n));
        Value root = k.apply(Elementwise.EXP, half);
        Value far = f.mul(f.mul(BesselExpansion.far(f, size, n, 0, bound), root), root);
        far = k.select(f.isEqual(size, Double.POSITIVE_INFINITY), size, far);
        Value value = k.select(f.isLess(size, bound), near, far);
        return n % 2 == 0 ? value : f.mul(k.apply(Elementwise.SIGN, x), value);
    }

    /** 1 / (j! (n + j)!), until a term up to the largest square adds nothing to the largest. */
    private double[] series(double square) {
        List<Double> coefficients = new ArrayList<>();
        double coefficient = 1;
        for (int i = 2; i <= n; i++) {
            coefficient /= i;
        }
        double largest = 0;
        double term = coefficient;
        for (int j = 0; term > 1e-19 * largest; ) {
            coefficients.add(coefficient);
            largest = Math.max(largest, term);
            j++;
            double factor = 1.0 / (j * (n + (double) j));
            coefficient *= factor;
            term *= square * factor;
        }
        return coefficients.stream().mapToDouble(c -> c).toArray();
    }
}
