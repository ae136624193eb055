package org.curvature4j.op;

import java.util.List;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Kernels.Value;

/**
 * Lowerings for functions whose ND4J kernel loses accuracy or mistreats NaN: relative error of 1e-4 near zero in log1p,
 * expm1 and asinh, 2e-5 in tanh, overflow in softplus, maxima that drop NaN. Correct to a few units in the last place.
 */
final class Accurate {
    /** Below this magnitude the logarithm and exponential based functions switch to a form without cancellation. */
    private static final double SMALL = 0.5;

    /** tanh: coefficients of the odd Taylor series after x, tan's (DLMF 4.19.3) with alternating signs. */
    private static final double[] TANH_SERIES = {
        -1.0 / 3,
        2.0 / 15,
        -17.0 / 315,
        62.0 / 2835,
        -1382.0 / 155925,
        21844.0 / 6081075,
        -929569.0 / 638512875,
        6404582.0 / 10854718875.0
    };

    /** Up to here the first omitted term of the series, 2.4e-4 x^18, is below a tenth of an ulp. */
    private static final double TANH_SMALL = 0.125;

    /** sinh: coefficients of the odd Taylor series after x. */
    private static final double[] SINH_SERIES = {
        1.0 / 6, 1.0 / 120, 1.0 / 5040, 1.0 / 362880, 1.0 / 39916800, 1.0 / 6227020800.0
    };

    private Accurate() {}

    /** log(1 + x), by Kahan's correction of the rounding of 1 + x: Higham, Accuracy and Stability, problem 1.5. */
    static Value log1p(Kernels k, Value x) {
        Value one = scalar(k, x, 1);
        Value u = k.binary("add", x, one);
        Value log = k.unary("log", u);
        Value corrected = k.binary("multiply", log, k.binary("divide", x, k.binary("subtract", u, one)));
        Value near = k.select(k.test("equals", u, one), x, corrected);
        return k.select(isSmall(k, x, SMALL), near, log);
    }

    /** e^x - 1, by Kahan's correction: Higham, Accuracy and Stability, section 1.14.1. */
    static Value expm1(Kernels k, Value x) {
        Value one = scalar(k, x, 1);
        Value u = k.unary("exp", x);
        Value difference = k.binary("subtract", u, one);
        Value corrected = k.binary("multiply", difference, k.binary("divide", x, k.unary("log", u)));
        Value near = k.select(k.test("equals", u, one), x, corrected);
        return k.select(isSmall(k, x, SMALL), near, difference);
    }

    static Value tanh(Kernels k, Value x) {
        return k.select(isSmall(k, x, TANH_SMALL), oddSeries(k, x, TANH_SERIES), k.unary("tanh", x));
    }

    static Value sinh(Kernels k, Value x) {
        return k.select(isSmall(k, x, SMALL), oddSeries(k, x, SINH_SERIES), k.unary("sinh", x));
    }

    /** sign(x) log1p(|x| + x^2 / (1 + sqrt(1 + x^2))) for small |x|, else sign(x) (log|x| + log(1 + sqrt(1 + 1/x^2))). */
    static Value asinh(Kernels k, Value x) {
        Value one = scalar(k, x, 1);
        Value size = k.unary("abs", x);
        Value square = k.binary("multiply", x, x);
        Value root = k.unary("sqrt", k.binary("add", square, one));
        Value near = log1p(k, k.binary("add", size, k.binary("divide", square, k.binary("add", root, one))));
        Value inverse = k.binary("divide", one, size);
        Value tail = k.unary("sqrt", k.binary("add", k.binary("multiply", inverse, inverse), one));
        Value far = k.binary("add", k.unary("log", size), k.unary("log", k.binary("add", tail, one)));
        Value magnitude = k.select(isSmall(k, x, 1), near, far);
        return k.select(k.test("less", x, scalar(k, x, 0)), k.unary("neg", magnitude), withSignOfZero(k, x, magnitude));
    }

    /** (log1p(x) - log1p(-x)) / 2. */
    static Value atanh(Kernels k, Value x) {
        Value difference = k.binary("subtract", log1p(k, x), log1p(k, k.unary("neg", x)));
        return k.binary("multiply", difference, scalar(k, x, 0.5));
    }

    /** 1 / (1 + e^-x), whose relative error stays small for large negative x until the result underflows. */
    static Value sigmoid(Kernels k, Value x) {
        Value one = scalar(k, x, 1);
        return k.binary("divide", one, k.binary("add", k.unary("exp", k.unary("neg", x)), one));
    }

    /** max(x, 0) + log(1 + e^-|x|). */
    static Value softplus(Kernels k, Value x) {
        Value zero = scalar(k, x, 0);
        Value positive = k.select(k.test("less", x, zero), zero, x);
        return k.binary("add", positive, log1p(k, k.unary("exp", k.unary("neg", k.unary("abs", x)))));
    }

    static Value sign(Kernels k, Value x) {
        return k.select(isNaN(k, x), x, k.unary("sign", x));
    }

    /** NaN in either operand comes through, as in IEEE 754's maximum. */
    static Value max(Kernels k, Value a, Value b) {
        return k.select(k.test("boolean_or", k.test("greater_equal", a, b), isNaN(k, a)), a, b);
    }

    static Value min(Kernels k, Value a, Value b) {
        return k.select(k.test("boolean_or", k.test("less_equal", a, b), isNaN(k, a)), a, b);
    }

    static Value isNaN(Kernels k, Value x) {
        return k.test("not_equals", x, x);
    }

    /** The largest element along axes, NaN where there is any. */
    static Value reduceMax(Kernels k, Value x, List<Integer> axes) {
        Value nans = k.reduce("reduce_sum", k.cast(isNaN(k, x), x.type().dtype()), axes);
        Value largest = k.reduce("reduce_max", x, axes);
        return k.select(k.test("greater", nans, scalar(k, x, 0)), scalar(k, x, Double.NaN), largest);
    }

    private static Value withSignOfZero(Kernels k, Value x, Value magnitude) {
        return k.select(k.test("equals", x, scalar(k, x, 0)), x, magnitude);
    }

    private static Value isSmall(Kernels k, Value x, double bound) {
        return k.test("less", k.unary("abs", x), scalar(k, x, bound));
    }

    /** x + x^3 (c0 + c1 x^2 + ...): the small terms are summed before x is added, so x's rounding dominates. */
    private static Value oddSeries(Kernels k, Value x, double[] coefficients) {
        Value square = k.binary("multiply", x, x);
        Value sum = scalar(k, x, coefficients[coefficients.length - 1]);
        for (int i = coefficients.length - 2; i >= 0; i--) {
            sum = k.binary("add", k.binary("multiply", sum, square), scalar(k, x, coefficients[i]));
        }
        return k.binary("add", x, k.binary("multiply", k.binary("multiply", x, square), sum));
    }

    private static Value scalar(Kernels k, Value like, double value) {
        return k.constant(TensorType.of(like.type().dtype()), value);
    }
}
