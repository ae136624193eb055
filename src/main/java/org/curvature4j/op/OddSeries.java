package org.curvature4j.op;

import org.curvature4j.op.Kernels.Value;

/** Odd functions near zero, where a kernel made of exponentials loses digits: x and a few terms of a series in x^2. */
@SuppressWarnings("ImmutableEnumChecker") // the coefficients are handed to nobody who changes them
enum OddSeries {
    /** tan's (DLMF 4.19.3) with alternating signs. Up to the bound the first omitted term, 2.4e-4 x^18, is below a tenth of an ulp. */
    TANH(
            0.125,
            -1.0 / 3,
            2.0 / 15,
            -17.0 / 315,
            62.0 / 2835,
            -1382.0 / 155925,
            21844.0 / 6081075,
            -929569.0 / 638512875,
            6404582.0 / 10854718875.0),
    SINH(0.5, 1.0 / 6, 1.0 / 120, 1.0 / 5040, 1.0 / 362880, 1.0 / 39916800, 1.0 / 6227020800.0);

    private final double bound;
    private final double[] coefficients;

    OddSeries(double bound, double... coefficients) {
        this.bound = bound;
        this.coefficients = coefficients;
    }

    /** The series where x is small, else what is given. */
    Value nearZero(Kernels k, Value x, Value far) {
        return k.select(Accurate.isSmall(k, x, bound), sum(k, x), far);
    }

    /** x + x^3 (c0 + c1 x^2 + ...): the small terms are summed before x is added, so x's rounding dominates. */
    private Value sum(Kernels k, Value x) {
        Formula f = Formula.of(k, x);
        Value square = f.mul(x, x);
        return f.add(x, f.mul(f.mul(x, square), f.polynomial(square, coefficients)));
    }
}
