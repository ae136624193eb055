package org.curvature4j.conformance;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.curvature4j.graph.DType;
import org.curvature4j.op.Arithmetic;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.HighPrecision;
import org.hipparchus.dfp.Dfp;
import org.hipparchus.dfp.DfpField;
import org.hipparchus.dfp.DfpMath;

/** Elementary functions to 100 digits, rounded once: the oracle of accuracy. */
final class Exact {
    private static final DfpField FIELD = new DfpField(100);
    private static final Dfp ONE = FIELD.getOne();

    /** Functions that are analytic at 0 and computed by cancellation there lose at most half of the digits. */
    private static final Map<Elementwise, UnaryOperator<Dfp>> FUNCTIONS = Map.ofEntries(
            Map.entry(Elementwise.EXP, Dfp::exp),
            Map.entry(Elementwise.EXP2, x -> DfpMath.pow(FIELD.getTwo(), x)),
            Map.entry(Elementwise.EXPM1, x -> x.exp().subtract(ONE)),
            Map.entry(Elementwise.LOG, Dfp::log),
            Map.entry(Elementwise.LOG2, x -> x.log().divide(FIELD.getTwo().log())),
            Map.entry(Elementwise.LOG1P, x -> x.add(ONE).log()),
            Map.entry(Elementwise.SQRT, Dfp::sqrt),
            Map.entry(Elementwise.CBRT, Exact::cbrt),
            Map.entry(Elementwise.SIN, Dfp::sin),
            Map.entry(Elementwise.COS, Dfp::cos),
            Map.entry(Elementwise.TAN, Dfp::tan),
            Map.entry(Elementwise.ASIN, Dfp::asin),
            Map.entry(Elementwise.ACOS, Dfp::acos),
            Map.entry(Elementwise.ATAN, Dfp::atan),
            Map.entry(Elementwise.SINH, Exact::sinh),
            Map.entry(Elementwise.COSH, x -> x.exp().add(x.negate().exp()).divide(2)),
            Map.entry(Elementwise.TANH, x -> sinh(x).divide(
                            x.exp().add(x.negate().exp()).divide(2))),
            Map.entry(Elementwise.ASINH, Exact::asinh),
            Map.entry(Elementwise.ACOSH, x -> x.add(x.multiply(x).subtract(ONE).sqrt())
                    .log()),
            Map.entry(
                    Elementwise.ATANH,
                    x -> ONE.add(x).divide(ONE.subtract(x)).log().divide(2)),
            Map.entry(Elementwise.SIGMOID, x -> ONE.divide(x.negate().exp().add(ONE))),
            Map.entry(Elementwise.SOFTPLUS, x -> x.exp().add(ONE).log()));

    private Exact() {}

    static Map<Elementwise, UnaryOperator<Dfp>> functions() {
        return FUNCTIONS;
    }

    static double value(Elementwise op, double x) {
        return FUNCTIONS.get(op).apply(FIELD.newDfp(x)).toDouble();
    }

    /** Of any operation, on its domain. */
    static double value(Elementwise op, double... x) {
        if (Arithmetic.has(op, DType.FLOAT64)) {
            return Arithmetic.of(op, DType.FLOAT64, x);
        } else if (FUNCTIONS.containsKey(op)) {
            return value(op, x[0]);
        }
        Dfp first = FIELD.newDfp(x[0]);
        Dfp second = FIELD.newDfp(x[x.length - 1]);
        return switch (op) {
            case SIGN -> Math.signum(x[0]);
            case ERF -> erf(first).toDouble();
            case ERFC -> ONE.subtract(erf(first)).toDouble();
            case ERFINV -> erfinv(first).toDouble();
            case LGAMMA -> HighPrecision.logGamma(HighPrecision.of(x[0])).doubleValue();
            case POW -> DfpMath.pow(first, second).toDouble();
            case ATAN2 -> first.divide(second).atan().toDouble();
            default -> throw new AssertionError(op + ": expected its exact value here, got none");
        };
    }

    /** 2 / sqrt(pi) sum of (-1)^k x^(2k+1) / (k! (2k+1)): Abramowitz and Stegun 7.1.5. */
    private static Dfp erf(Dfp x) {
        Dfp square = x.multiply(x).negate();
        Dfp term = x;
        Dfp sum = x;
        for (int k = 1; k < 150; k++) {
            term = term.multiply(square).divide(k);
            sum = sum.add(term.divide(2 * k + 1));
        }
        return sum.multiply(2).divide(FIELD.getPi().sqrt());
    }

    /** Newton's method from what has sixteen digits. */
    private static Dfp erfinv(Dfp x) {
        Dfp y = FIELD.newDfp(org.hipparchus.special.Erf.erfInv(x.toDouble()));
        for (int i = 0; i < 3; i++) {
            Dfp slope = y.multiply(y)
                    .negate()
                    .exp()
                    .multiply(2)
                    .divide(FIELD.getPi().sqrt());
            y = y.subtract(erf(y).subtract(x).divide(slope));
        }
        return y;
    }

    private static Dfp cbrt(Dfp x) {
        Dfp root = x.abs().log().divide(3).exp();
        return x.getReal() < 0 ? root.negate() : root;
    }

    private static Dfp sinh(Dfp x) {
        return x.exp().subtract(x.negate().exp()).divide(2);
    }

    private static Dfp asinh(Dfp x) {
        Dfp size = x.abs();
        Dfp result = size.add(size.multiply(size).add(ONE).sqrt()).log();
        return x.getReal() < 0 ? result.negate() : result;
    }
}
