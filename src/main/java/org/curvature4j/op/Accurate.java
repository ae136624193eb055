package org.curvature4j.op;

import static org.curvature4j.op.Comparison.AND;
import static org.curvature4j.op.Comparison.GE;
import static org.curvature4j.op.Comparison.LE;
import static org.curvature4j.op.Comparison.LT;
import static org.curvature4j.op.Comparison.NE;
import static org.curvature4j.op.Comparison.OR;
import static org.curvature4j.op.Elementwise.ABS;
import static org.curvature4j.op.Elementwise.EXP;
import static org.curvature4j.op.Elementwise.LOG;
import static org.curvature4j.op.Elementwise.NEG;
import static org.curvature4j.op.Elementwise.POW;
import static org.curvature4j.op.Elementwise.SQRT;

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
        return k.apply(POW, Formula.of(k, x).of(2), x);
    }

    static Value log2(Kernels k, Value x) {
        return Formula.of(k, x).mul(k.apply(LOG, x), 1 / Math.log(2));
    }

    /** log(1 + x), by Kahan's correction of the rounding of 1 + x: Higham, Accuracy and Stability, problem 1.5. */
    static Value log1p(Kernels k, Value x) {
        Formula f = Formula.of(k, x);
        Value u = f.add(x, 1);
        Value log = k.apply(LOG, u);
        Value corrected = f.mul(log, f.div(x, f.sub(u, 1)));
        Value near = k.select(f.isEqual(u, 1), x, corrected);
        return k.select(isSmall(k, x, SMALL), near, log);
    }

    /** e^x - 1, by Kahan's correction: Higham, Accuracy and Stability, section 1.14.1. */
    static Value expm1(Kernels k, Value x) {
        Formula f = Formula.of(k, x);
        Value u = k.apply(EXP, x);
        Value difference = f.sub(u, 1);
        Value corrected = f.mul(difference, f.div(x, k.apply(LOG, u)));
        Value near = k.select(f.isEqual(u, 1), x, corrected);
        return k.select(isSmall(k, x, SMALL), near, difference);
    }

    /** A power with a step of Newton's method, since its exponent isn't a third; 0, infinities and NaN stay what they are. */
    static Value cbrt(Kernels k, Value x) {
        Formula f = Formula.of(k, x);
        Value size = k.apply(ABS, x);
        Value power = k.apply(POW, size, f.of(1.0 / 3));
        Value excess = f.sub(power, f.div(size, f.mul(power, power)));
        Value root = f.sub(power, f.mul(excess, 1.0 / 3));
        Value finite = k.test(AND, k.test(LT, f.of(0), size), isSmall(k, x, Double.POSITIVE_INFINITY));
        Value signed = k.select(f.isLess(x, 0), k.apply(NEG, root), root);
        return k.select(finite, signed, x);
    }

    /** sign(x) log1p(|x| + x^2 / (1 + sqrt(1 + x^2))) for small |x|, else sign(x) (log|x| + log(1 + sqrt(1 + 1/x^2))). */
    static Value asinh(Kernels k, Value x) {
        Formula f = Formula.of(k, x);
        Value size = k.apply(ABS, x);
        Value square = f.mul(x, x);
        Value root = k.apply(SQRT, f.add(square, 1));
        Value near = log1p(k, f.add(size, f.div(square, f.add(root, 1))));
        Value inverse = f.div(f.of(1), size);
        Value tail = k.apply(SQRT, f.add(f.mul(inverse, inverse), 1));
        Value far = f.add(k.apply(LOG, size), k.apply(LOG, f.add(tail, 1)));
        Value magnitude = k.select(isSmall(k, x, 1), near, far);
        return k.select(f.isLess(x, 0), k.apply(NEG, magnitude), k.select(f.isEqual(x, 0), x, magnitude));
    }

    /** (log1p(x) - log1p(-x)) / 2. */
    static Value atanh(Kernels k, Value x) {
        Formula f = Formula.of(k, x);
        return f.mul(f.sub(log1p(k, x), log1p(k, k.apply(NEG, x))), 0.5);
    }

    /** 1 / (1 + e^-x), whose relative error stays small for large negative x until the result underflows. */
    static Value sigmoid(Kernels k, Value x) {
        Formula f = Formula.of(k, x);
        return f.div(f.of(1), f.add(k.apply(EXP, k.apply(NEG, x)), 1));
    }

    /** max(x, 0) + log(1 + e^-|x|). */
    static Value softplus(Kernels k, Value x) {
        Formula f = Formula.of(k, x);
        Value positive = k.select(f.isLess(x, 0), f.of(0), x);
        return f.add(positive, log1p(k, k.apply(EXP, k.apply(NEG, k.apply(ABS, x)))));
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

    static Value isSmall(Kernels k, Value x, double bound) {
        return Formula.of(k, x).isLess(k.apply(ABS, x), bound);
    }
}
