package org.curvature4j.op;

import static org.curvature4j.op.Elementwise.ABS;
import static org.curvature4j.op.Elementwise.ERF;
import static org.curvature4j.op.Elementwise.ERFC;
import static org.curvature4j.op.Elementwise.EXP;
import static org.curvature4j.op.Elementwise.LOG;
import static org.curvature4j.op.Elementwise.NEG;
import static org.curvature4j.op.Elementwise.SQRT;

import org.curvature4j.op.Kernels.Value;

/**
 * The inverse of the error function: a polynomial in w = -log(1 - x^2) or in its root, right to six digits, then its own
 * Taylor series about that, in the distance to x, up to the third power. The distance is one of erf below 1/2 and one of
 * erfc beyond, so it doesn't cancel where x is near 1. Infinite at 1 and -1, not a number beyond.
 */
final class InverseError {
    private static final double SWITCH = 0.5;

    /** Up to here in w the first polynomial. */
    private static final double NEAR = 5;

    private static final double MIDDLE = 2.5;
    private static final double MIDDLE_OF_ROOTS = 4.168;

    /** Interpolates erfinv(x) / x at Chebyshev nodes of w from 0 to 5. */
    private static final double[] BY_LOGARITHM = {
        1.50140935,
        0.246640277,
        -0.00417732508,
        -0.00125270796,
        0.000218264125,
        -4.99600011e-06,
        -3.42626621e-06,
        4.78689708e-07,
        1.6503644e-08,
        -1.08617613e-08
    };

    /** The same of the root of w, up to that of the number before 1. */
    private static final double[] BY_ROOT = {
        4.009444619,
        1.009849444,
        0.0008713167363,
        -0.0006918311777,
        0.000245826656,
        -5.789405135e-05,
        1.735097739e-05,
        -2.579560272e-05,
        1.710048597e-05,
        -3.54867149e-06
    };

    private InverseError() {}

    static Value of(Kernels k, Value x) {
        Formula f = Formula.of(k, x);
        Value size = k.apply(ABS, x);
        Value rest = f.sub(f.of(1), size);
        Value w = k.apply(NEG, k.apply(LOG, f.mul(rest, f.add(size, 1))));
        Value near = f.polynomial(f.sub(w, MIDDLE), BY_LOGARITHM);
        Value far = f.polynomial(f.sub(k.apply(SQRT, w), MIDDLE_OF_ROOTS), BY_ROOT);
        Value guess = f.mul(size, k.select(f.isLess(w, NEAR), near, far));
        Value square = f.mul(guess, guess);
        Value below = f.sub(size, k.apply(ERF, guess));
        Value beyond = f.sub(k.apply(ERFC, guess), rest);
        Value distance = k.select(f.isLess(size, SWITCH), below, beyond);
        Value step = f.div(distance, f.mul(k.apply(EXP, k.apply(NEG, square)), 2 / Math.sqrt(Math.PI)));
        Value third = f.mul(f.add(f.mul(square, 4), 1), 1.0 / 3);
        Value factor = f.add(f.mul(step, f.add(guess, f.mul(step, third))), 1);
        Value root = f.add(guess, f.mul(step, factor));
        Value signed = k.select(f.isLess(x, 0), k.apply(NEG, root), k.select(f.isEqual(x, 0), x, root));
        return k.select(f.isEqual(size, 1), f.div(x, rest), signed);
    }
}
