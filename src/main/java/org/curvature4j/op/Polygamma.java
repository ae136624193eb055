package org.curvature4j.op;

import java.util.List;
import org.curvature4j.graph.Node;
import org.curvature4j.op.Kernels.Value;
import org.jspecify.annotations.Nullable;

/**
 * A derivative of the digamma function, or itself: {@link GammaFunctions#digamma}. From order 1 on it is (-1)^(n+1) n! times the sum of (x + k)^-s over k from 0 on, with s = n + 1 (DLMF
 * 5.15.1), for x > 0 by Euler and Maclaurin's formula (25.11.28) after so many terms that it holds to the last digit.
 * Below 0 it is reflected (5.15.6): errors are a few units in the last place beside the terms that cancel there. At
 * negative integers it is infinite for odd orders; for even ones the limits from both sides differ, and it isn't a number.
 *
 * @param order how often the digamma function is differentiated; 0 for itself
 */
public record Polygamma(int order) implements DerivativeFamily {

    @Override
    public String function() {
        return "POLYGAMMA";
    }

    @Override
    public DerivativeFamily next() {
        return new Polygamma(order + 1);
    }

    @Override
    public String name() {
        return order == 0 ? "DIGAMMA" : "POLYGAMMA " + order;
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
        if (order == 0) {
            return GammaFunctions.digamma(kernels, x);
        }
        Formula f = Formula.of(kernels, x);
        Value negative = f.isLess(x, 0);
        Value positive = kernels.select(negative, f.sub(f.of(1), x), x);
        Value value = f.mul(zeta(f, positive), factorial());
        Value fraction = f.fraction(x);
        double[] cotangents = derivativeOfCotangent();
        Value reflection = f.mul(f.polynomial(f.cotangent(fraction), cotangents), Math.pow(Math.PI, order + 1.0));
        Value reflected = f.sub(kernels.apply(Elementwise.NEG, value), reflection);
        if (order % 2 == 0) {
            reflected = kernels.select(f.isEqual(fraction, 0), f.of(Double.NaN), reflected);
        }
        return kernels.select(negative, reflected, order % 2 == 0 ? kernels.apply(Elementwise.NEG, value) : value);
    }

    private double factorial() {
        double product = 1;
        for (int i = 2; i <= order; i++) {
            product *= i;
        }
        return product;
    }

    /** The Hurwitz zeta function of s, the sum of (x + k)^-s. */
    private Value zeta(Formula f, Value x) {
        int s = order + 1;
        int terms = 7 + s;
        Value reciprocal = f.div(f.of(1), f.add(x, terms));
        Value corrections = f.polynomial(f.mul(reciprocal, reciprocal), corrections());
        Value bracket = f.add(f.mul(reciprocal, f.add(f.mul(reciprocal, corrections), 0.5)), 1.0 / order);
        Value sum = f.mul(f.pow(reciprocal, order), bracket);
        for (int k = terms - 1; k >= 0; k--) {
            sum = f.add(sum, f.div(f.of(1), f.pow(k == 0 ? x : f.add(x, k), s)));
        }
        return sum;
    }

    /** B_2j / (2j)! s (s + 1) ... (s + 2j - 2). */
    private double[] corrections() {
        double[] corrections = new double[GammaFunctions.bernoulliCount()];
        double factor = (order + 1) / 2.0;
        for (int j = 1; j <= corrections.length; j++) {
            corrections[j - 1] = GammaFunctions.bernoulli(j) * factor;
            double i = order + 2.0 * j;
            factor *= i * (i + 1) / ((2.0 * j + 1) * (2.0 * j + 2));
        }
        return corrections;
    }

    /** Coefficients in c = cot x of its derivative of this order, as c' = -(1 + c^2); all have one sign, so that none cancel. */
    private double[] derivativeOfCotangent() {
        double[] polynomial = {0, 1};
        for (int n = 0; n < order; n++) {
            double[] next = new double[polynomial.length + 1];
            for (int i = 1; i < polynomial.length; i++) {
                next[i - 1] -= i * polynomial[i];
                next[i + 1] -= i * polynomial[i];
            }
            polynomial = next;
        }
        return polynomial;
    }
}
