package org.curvature4j.op;

import static org.curvature4j.op.Elementwise.LOG1P;

import org.curvature4j.op.Kernels.Value;

/** Bernoulli numbers, and the logarithmic derivative of the gamma function that they are in. */
final class GammaFunctions {
    /** Of even index from 2 on, the numerators and denominators of DLMF 24.2(iv). */
    private static final double[] BERNOULLI = {
        1.0 / 6,
        -1.0 / 30,
        1.0 / 42,
        -1.0 / 30,
        5.0 / 66,
        -691.0 / 2730,
        7.0 / 6,
        -3617.0 / 510,
        43867.0 / 798,
        -174611.0 / 330,
        854513.0 / 138,
        -236364091.0 / 2730
    };

    /** The zero of the digamma function. */
    private static final double ZERO = 1.4616321449683622;

    private static final double ZERO_REST = 9.549995429965697e-17;

    private static final int TERMS = 8;

    private GammaFunctions() {}

    static int bernoulliCount() {
        return BERNOULLI.length;
    }

    /** The Bernoulli number of index 2 j. */
    static double bernoulli(int j) {
        return BERNOULLI[j - 1];
    }

    /**
     * The digamma function, for x > 0 by its distance d from its zero x0: the sum of d / ((x + k) (x0 + k)) over k (DLMF
     * 5.7.6, less the same at x0), whose terms all have d's sign, so that none cancel, however near x0 is. After eight of
     * them, at a = x + 8 and b = x0 + 8, stands the difference of the asymptotic series (5.11.2): log(a / b) less
     * (1/a - 1/b) / 2 and the divided difference of a polynomial in 1/a^2, times that of its arguments. Below 0 it is
     * reflected (5.5.4): errors are a few units in the last place beside the terms that cancel there. At negative
     * integers, where the limits from both sides differ, it isn't a number.
     */
    static Value digamma(Kernels kernels, Value x) {
        Formula f = Formula.of(kernels, x);
        Value negative = f.isLess(x, 0);
        Value positive = kernels.select(negative, f.sub(f.of(1), x), x);
        Value value =
                kernels.select(f.isEqual(positive, Double.POSITIVE_INFINITY), positive, digammaOfPositive(f, positive));
        Value fraction = f.fraction(x);
        Value reflected = f.sub(value, f.mul(f.cotangent(fraction), Math.PI));
        Value between = kernels.select(f.isEqual(fraction, 0), f.of(Double.NaN), reflected);
        return kernels.select(negative, between, value);
    }

    private static Value digammaOfPositive(Formula f, Value x) {
        double b = ZERO + TERMS;
        Value distance = f.add(f.add(x, -ZERO), -ZERO_REST);
        Value reciprocal = f.div(f.of(1), f.add(x, TERMS));
        Value square = f.mul(reciprocal, reciprocal);
        Value quotient = f.polynomial(square, dividedDifference(1 / (b * b)));
        Value bracket = f.add(f.mul(f.add(reciprocal, 1 / b), quotient), 0.5);
        Value sum = f.mul(f.mul(f.mul(distance, reciprocal), 1 / b), bracket);
        sum = f.add(sum, f.kernels().apply(LOG1P, f.div(distance, b)));
        for (int k = TERMS - 1; k >= 0; k--) {
            sum = f.add(sum, f.div(f.div(distance, k == 0 ? x : f.add(x, k)), ZERO + k));
        }
        return sum;
    }

    /** Coefficients in u of (p(u) - p(v)) / (u - v) for the sum p(u) of B_2j / (2 j) u^j. */
    private static double[] dividedDifference(double v) {
        double[] coefficients = new double[BERNOULLI.length];
        double sum = 0;
        for (int j = BERNOULLI.length; j >= 1; j--) {
            sum = sum * v + bernoulli(j) / (2 * j);
            coefficients[j - 1] = sum;
        }
        return coefficients;
    }
}
