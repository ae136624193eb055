package org.curvature4j.internal.engine.code;

import static java.lang.Math.fma;

/**
 * The digamma function, the logarithmic derivative of the gamma function: within 2 units in the last place for positive numbers, its zero near
 * 1.46 included. Negative numbers go through reflection, where errors are of that size beside the terms that cancel at the zeros (DLMF 5.5.4).
 *
 * <p>From 1 to 2 it is x - x0, with its zero x0, times a polynomial; from 0 to 1 and from 2 to 12 the recurrence leads there
 * (5.5.2), and beyond stands the asymptotic series (5.11.2). The polynomial interpolates at Chebyshev nodes, solved with
 * 80 digits, with a relative error of 2^-54, that of its coefficients' rounding.
 */
final class Digamma {
    /** Of (x - 3/2)^k. */
    private static final double[] QUOTIENT = {
        0.9510558760318328, -0.42362742128146047, 0.24054248424078736, -0.14840492305391761,
        0.09498872445283, -0.06192213327165706, 0.04076083394462657, -0.02697579684427536,
        0.017907248195969127, -0.011908215172584002, 0.007927024067961237, -0.00528001782089874,
        0.0035180800751066694, -0.002344650082351321, 0.0015635679757533885, -0.001042261556504223,
        0.0006899717801166841, -0.0004599625144612576, 0.0003268068044141764, -0.0002178682145501451,
        9.173383289174792e-05, -6.11554261750751e-05, 0.00012230983055406747, -8.153978973309418e-05
    };

    /** Of the first coefficient. */
    private static final double FIRST_REST = 4.292118102788199e-17;

    /** The zero, less 1. */
    private static final double ZERO = 0.46163214496836236;

    private static final double ZERO_REST = -1.5522348162858677e-17;

    private static final double FAR = 12;

    /** Bernoulli numbers of even index over that index. */
    private static final double[] ASYMPTOTIC = {
        1.0 / 12, -1.0 / 120, 1.0 / 252, -1.0 / 240, 1.0 / 132, -691.0 / 32760, 1.0 / 12, -3617.0 / 8160
    };

    private Digamma() {}

    /** NaN at negative integers, where the limits from both sides differ; infinite at 0, by the sign of the zero. */
    static double of(double x) {
        if (x > 0) {
            return ofPositive(x);
        } else if (x == 0) {
            return -1 / x;
        } else if (!(x == Math.rint(x))) {
            double cotangent = HalfTurns.cos(x) / HalfTurns.sin(x);
            return ofOnePlus(-x) - Math.PI * cotangent;
        }
        return Double.NaN;
    }

    private static double ofOnePlus(double x) {
        return x < 1 ? between(x) : ofPositive(x) + 1 / x;
    }

    private static double ofPositive(double x) {
        if (x < 1) {
            return between(x) - 1 / x;
        }
        return x < FAR ? recurred(x) : asymptotic(x);
    }

    /** The digamma function of 1 + t, for t from 0 to 1. */
    private static double between(double t) {
        double u = t - 0.5;
        double sum = 0;
        for (int k = QUOTIENT.length - 1; k > 0; k--) {
            sum = fma(sum, u, QUOTIENT[k]);
        }
        return (t - ZERO - ZERO_REST) * (fma(sum, u, FIRST_REST) + QUOTIENT[0]);
    }

    /** Down to between 1 and 2, with the rounding errors of the sum and of the reciprocals added to it at the end. */
    private static double recurred(double x) {
        double sum = 0;
        double rest = 0;
        double lower = x;
        while (lower >= 2) {
            lower -= 1;
            double reciprocal = 1 / lower;
            double next = sum + reciprocal;
            double taken = next - sum;
            rest += (sum - (next - taken)) + (reciprocal - taken) + fma(-reciprocal, lower, 1) / lower;
            sum = next;
        }
        double base = between(lower - 1);
        double total = sum + base;
        double taken = total - sum;
        return total + (rest + (sum - (total - taken)) + (base - taken));
    }

    private static double asymptotic(double x) {
        double reciprocal = 1 / x;
        double square = reciprocal * reciprocal;
        double sum = 0;
        for (int k = ASYMPTOTIC.length - 1; k >= 0; k--) {
            sum = fma(sum, square, ASYMPTOTIC[k]);
        }
        return Math.log(x) - fma(sum, square, 0.5 * reciprocal);
    }
}
