package org.curvature4j.op;

import static org.curvature4j.op.Comparison.AND;
import static org.curvature4j.op.Comparison.EQ;
import static org.curvature4j.op.Comparison.GE;
import static org.curvature4j.op.Comparison.LE;
import static org.curvature4j.op.Comparison.LT;
import static org.curvature4j.op.Comparison.NE;
import static org.curvature4j.op.Comparison.OR;
import static org.curvature4j.op.Elementwise.ABS;
import static org.curvature4j.op.Elementwise.ADD;
import static org.curvature4j.op.Elementwise.DIV;
import static org.curvature4j.op.Elementwise.EXP;
import static org.curvature4j.op.Elementwise.LOG;
import static org.curvature4j.op.Elementwise.MUL;
import static org.curvature4j.op.Elementwise.NEG;
import static org.curvature4j.op.Elementwise.POW;
import static org.curvature4j.op.Elementwise.SQRT;
import static org.curvature4j.op.Elementwise.SUB;

import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Kernels.Value;

/**
 * Functions composed of others, correct to a few units in the last place: for dialects without a kernel of such accuracy.
 * ND4J's log1p, expm1 and asinh have a relative error of 1e-4 near zero, its softplus overflows, and its maxima drop NaN.
 */
final class Accurate {
    /** Below this magnitude the logarithm and exponential based functions switch to a form without cancellation. */
    private static final double SMALL = 0.5;

    private Accurate() {}

    static Value exp2(Kernels k, Value x) {
        return k.apply(POW, scalar(k, x, 2), x);
    }

    static Value log2(Kernels k, Value x) {
        return k.apply(MUL, k.apply(LOG, x), scalar(k, x, 1 / Math.log(2)));
    }

    /** log(1 + x), by Kahan's correction of the rounding of 1 + x: Higham, Accuracy and Stability, problem 1.5. */
    static Value log1p(Kernels k, Value x) {
        Value one = scalar(k, x, 1);
        Value u = k.apply(ADD, x, one);
        Value log = k.apply(LOG, u);
        Value corrected = k.apply(MUL, log, k.apply(DIV, x, k.apply(SUB, u, one)));
        Value near = k.select(k.test(EQ, u, one), x, corrected);
        return k.select(isSmall(k, x, SMALL), near, log);
    }

    /** e^x - 1, by Kahan's correction: Higham, Accuracy and Stability, section 1.14.1. */
    static Value expm1(Kernels k, Value x) {
        Value one = scalar(k, x, 1);
        Value u = k.apply(EXP, x);
        Value difference = k.apply(SUB, u, one);
        Value corrected = k.apply(MUL, difference, k.apply(DIV, x, k.apply(LOG, u)));
        Value near = k.select(k.test(EQ, u, one), x, corrected);
        return k.select(isSmall(k, x, SMALL), near, difference);
    }

    /** A power with a step of Newton's method, since its exponent isn't a third; 0, infinities and NaN stay what they are. */
    static Value cbrt(Kernels k, Value x) {
        Value size = k.apply(ABS, x);
        Value power = k.apply(POW, size, scalar(k, x, 1.0 / 3));
        Value excess = k.apply(SUB, power, k.apply(DIV, size, k.apply(MUL, power, power)));
        Value root = k.apply(SUB, power, k.apply(MUL, excess, scalar(k, x, 1.0 / 3)));
        Value finite = k.test(AND, k.test(LT, scalar(k, x, 0), size), isSmall(k, x, Double.POSITIVE_INFINITY));
        Value signed = k.select(k.test(LT, x, scalar(k, x, 0)), k.apply(NEG, root), root);
        return k.select(finite, signed, x);
    }

    /** sign(x) log1p(|x| + x^2 / (1 + sqrt(1 + x^2))) for small |x|, else sign(x) (log|x| + log(1 + sqrt(1 + 1/x^2))). */
    static Value asinh(Kernels k, Value x) {
        Value one = scalar(k, x, 1);
        Value size = k.apply(ABS, x);
        Value square = k.apply(MUL, x, x);
        Value root = k.apply(SQRT, k.apply(ADD, square, one));
        Value near = log1p(k, k.apply(ADD, size, k.apply(DIV, square, k.apply(ADD, root, one))));
        Value inverse = k.apply(DIV, one, size);
        Value tail = k.apply(SQRT, k.apply(ADD, k.apply(MUL, inverse, inverse), one));
        Value far = k.apply(ADD, k.apply(LOG, size), k.apply(LOG, k.apply(ADD, tail, one)));
        Value magnitude = k.select(isSmall(k, x, 1), near, far);
        return k.select(k.test(LT, x, scalar(k, x, 0)), k.apply(NEG, magnitude), withSignOfZero(k, x, magnitude));
    }

    /** (log1p(x) - log1p(-x)) / 2. */
    static Value atanh(Kernels k, Value x) {
        Value difference = k.apply(SUB, log1p(k, x), log1p(k, k.apply(NEG, x)));
        return k.apply(MUL, difference, scalar(k, x, 0.5));
    }

    /** 1 / (1 + e^-x), whose relative error stays small for large negative x until the result underflows. */
    static Value sigmoid(Kernels k, Value x) {
        Value one = scalar(k, x, 1);
        return k.apply(DIV, one, k.apply(ADD, k.apply(EXP, k.apply(NEG, x)), one));
    }

    /** max(x, 0) + log(1 + e^-|x|). */
    static Value softplus(Kernels k, Value x) {
        Value zero = scalar(k, x, 0);
        Value positive = k.select(k.test(LT, x, zero), zero, x);
        return k.apply(ADD, positive, log1p(k, k.apply(EXP, k.apply(NEG, k.apply(ABS, x)))));
    }

    /** NaN in either operand comes through, as in IEEE 754's maximum. */
    static Value max(Kernels k, Value a, Value b) {
        return k.select(k.test(OR, k.test(GE, a, b), isNaN(k, a)), a, b);
    }

    static Value min(Kernels k, Value a, Value b) {
        return k.select(k.test(OR, k.test(LE, a, b), isNaN(k, a)), a, b);
    }

    static Value isNaN(Kernels k, Value x) {
        return k.test(NE, x, x);
    }

    private static Value withSignOfZero(Kernels k, Value x, Value magnitude) {
        return k.select(k.test(EQ, x, scalar(k, x, 0)), x, magnitude);
    }

    static Value isSmall(Kernels k, Value x, double bound) {
        return k.test(LT, k.apply(ABS, x), scalar(k, x, bound));
    }

    private static Value scalar(Kernels k, Value like, double value) {
        return k.constant(TensorType.of(like.type().dtype()), value);
    }
}
