package org.curvature4j.op;

import static org.curvature4j.op.Definition.binary;
import static org.curvature4j.op.Definition.step;
import static org.curvature4j.op.Definition.unary;
import static org.curvature4j.op.Domain.ABOVE_ONE;
import static org.curvature4j.op.Domain.POSITIVE;
import static org.curvature4j.op.Domain.REAL;
import static org.curvature4j.op.Domain.UNIT;

import java.util.List;
import org.curvature4j.graph.Node;
import org.jspecify.annotations.Nullable;

/**
 * Arithmetic and the elementary functions. A constant states everything there is to know of it: the interval on which it
 * is smooth and checked, one partial derivative for each operand, as a function of the operands {@code x} (and {@code z})
 * and the result {@code y}, whether it is exact and bends, where it has kinks, and how it is composed of others unless
 * it is a kernel of its own, which every dialect spells.
 *
 * <p>Kinks follow JAX and PyTorch: the derivative of |x| and of sign(x) at 0 is 0, the larger of two equal operands
 * passes half of the derivative to each, and a step has derivative 0 wherever it has one. Derivatives avoid cancellation
 * where a form without it exists: 1 - x^2 is (1 - x)(1 + x), the derivative of the logistic function is the product of
 * its values at x and -x.
 */
@SuppressWarnings("ImmutableEnumChecker") // the lambdas capture nothing and the lists are unmodifiable
public enum Elementwise implements ElementwiseOp, Kernel {
    NEG(unary(REAL, (o, x, y) -> o.like(x, -1)).exact().piecewiseLinear()),
    ABS(unary(REAL, (o, x, y) -> o.sign(x)).exact().piecewiseLinear().kink((o, x, z) -> Kinks.at(o, x, 0))),
    SIGN(step((o, x, z) -> Kinks.at(o, x, 0))),
    FLOOR(step((o, x, z) -> Kinks.whole(o, x)).exact()),
    CEIL(step((o, x, z) -> Kinks.whole(o, x)).exact()),
    ROUND(step((o, x, z) -> Kinks.whole(o, o.sub(x, o.like(x, 0.5)))).exact()),
    EXP(unary(REAL, (o, x, y) -> y)),
    EXP2(unary(REAL, (o, x, y) -> o.mul(y, Constants.LOG_2)).composed(Accurate::exp2)),
    EXPM1(unary(REAL, (o, x, y) -> o.exp(x)).composed(Accurate::expm1)),
    LOG(unary(POSITIVE, (o, x, y) -> o.reciprocal(x))),
    LOG2(unary(POSITIVE, (o, x, y) -> o.div(o.like(x, 1 / Constants.LOG_2), x)).composed(Accurate::log2)),
    LOG1P(unary(UNIT, (o, x, y) -> o.reciprocal(o.onePlus(x))).composed(Accurate::log1p)),
    SQRT(unary(POSITIVE, (o, x, y) -> o.div(o.like(x, 0.5), y)).exact().kink((o, x, z) -> Kinks.at(o, x, 0))),
    CBRT(unary(POSITIVE, (o, x, y) -> o.div(o.like(x, 1.0 / 3), o.square(y)))
            .kink((o, x, z) -> Kinks.at(o, x, 0))
            .composed(Accurate::cbrt)),
    SIN(unary(REAL, (o, x, y) -> o.cos(x))),
    COS(unary(REAL, (o, x, y) -> o.neg(o.sin(x)))),
    TAN(unary(UNIT, (o, x, y) -> o.onePlus(o.square(y)))),
    ASIN(unary(UNIT, (o, x, y) -> o.reciprocal(o.sqrt(o.oneMinusSquare(x)))).kink(Kinks::atUnit)),
    ACOS(unary(UNIT, (o, x, y) -> o.neg(o.reciprocal(o.sqrt(o.oneMinusSquare(x)))))
            .kink(Kinks::atUnit)),
    ATAN(unary(REAL, (o, x, y) -> o.reciprocal(o.onePlus(o.square(x))))),
    SINH(unary(REAL, (o, x, y) -> o.cosh(x))),
    COSH(unary(REAL, (o, x, y) -> o.sinh(x))),
    TANH(unary(REAL, (o, x, y) -> o.sub(o.like(y, 1), o.square(y)))),
    ASINH(unary(REAL, (o, x, y) -> o.reciprocal(o.sqrt(o.onePlus(o.square(x))))).composed(Accurate::asinh)),
    ACOSH(unary(ABOVE_ONE, (o, x, y) -> o.reciprocal(o.mul(o.sqrt(o.sub(x, o.like(x, 1))), o.sqrt(o.onePlus(x)))))
            .kink((o, x, z) -> Kinks.at(o, x, 1))),
    ATANH(unary(UNIT, (o, x, y) -> o.reciprocal(o.oneMinusSquare(x))).composed(Accurate::atanh)),
    ERF(unary(REAL, (o, x, y) -> o.mul(o.like(x, Constants.TWO_OVER_SQRT_PI), o.exp(o.neg(o.square(x)))))),
    ERFC(unary(REAL, (o, x, y) -> o.mul(o.like(x, -Constants.TWO_OVER_SQRT_PI), o.exp(o.neg(o.square(x)))))),
    ERFINV(unary(UNIT, (o, x, y) -> o.mul(o.like(x, 1 / Constants.TWO_OVER_SQRT_PI), o.exp(o.square(y))))
            .composed(InverseError::of)),
    LGAMMA(unary(POSITIVE, (o, x, y) -> o.apply(new Polygamma(0), x))),
    SIGMOID(unary(REAL, (o, x, y) -> o.mul(y, o.sigmoid(o.neg(x)))).composed(Accurate::sigmoid)),
    SOFTPLUS(unary(REAL, (o, x, y) -> o.sigmoid(x)).composed(Accurate::softplus)),

    ADD(binary(REAL, (o, x, z, y) -> o.like(x, 1), (o, x, z, y) -> o.like(x, 1))
            .exact()
            .piecewiseLinear()),
    SUB(binary(REAL, (o, x, z, y) -> o.like(x, 1), (o, x, z, y) -> o.like(x, -1))
            .exact()
            .piecewiseLinear()),
    MUL(binary(REAL, (o, x, z, y) -> z, (o, x, z, y) -> x).exact()),
    DIV(binary(POSITIVE, (o, x, z, y) -> o.reciprocal(z), (o, x, z, y) -> o.neg(o.div(y, z)))
            .exact()),
    POW(binary(POSITIVE, Powers::base, Powers::exponent).kink(Kinks::ofPower)),
    ATAN2(binary(
                    POSITIVE,
                    (o, x, z, y) -> o.div(z, o.add(o.square(x), o.square(z))),
                    (o, x, z, y) -> o.neg(o.div(x, o.add(o.square(x), o.square(z)))))
            .kink((o, x, z) -> o.apply(Comparison.AND, Kinks.at(o, x, 0), o.apply(Comparison.LE, z, o.like(z, 0))))),
    MAX(binary(REAL, (o, x, z, y) -> o.share(x, y, z), (o, x, z, y) -> o.share(z, y, x))
            .exact()
            .piecewiseLinear()
            .kink(Kinks::tie)
            .composed(Accurate::max)),
    MIN(binary(REAL, (o, x, z, y) -> o.share(x, y, z), (o, x, z, y) -> o.share(z, y, x))
            .exact()
            .piecewiseLinear()
            .kink(Kinks::tie)
            .composed(Accurate::min));

    /** Apart because an enum's constants are made before its static fields. */
    private static final class Constants {
        static final double LOG_2 = Math.log(2);
        static final double TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);
    }

    private final Definition definition;

    Elementwise(Definition definition) {
        this.definition = definition;
    }

    /** The interval on which the operation is smooth. */
    public Domain domain() {
        return definition.domain();
    }

    @Override
    public boolean isExact() {
        return definition.isExact();
    }

    @Override
    public double cost() {
        return definition.cost();
    }

    @Override
    public int arity() {
        return definition.partials().size();
    }

    @Override
    public @Nullable Node partial(Ops ops, Node node, int operand) {
        return definition.partials().get(operand).of(ops, node.operand(0), node.operand(arity() - 1), node);
    }

    @Override
    public boolean bends() {
        return definition.bends();
    }

    @Override
    public @Nullable Node kink(Ops ops, Node node) {
        return definition.kink().of(ops, node.operand(0), node.operand(arity() - 1));
    }

    /** Whether it can be made of other operations; a dialect must spell what can't. */
    public boolean isComposed() {
        return definition.composition() != null;
    }

    /** Makes it of other operations, for a dialect that has no word for it. */
    public Kernels.Value compose(Kernels kernels, Kernels.Value... operands) {
        Definition.Composition composition = definition.composition();
        if (composition == null) {
            throw new IllegalStateException(name() + ": expected a dialect that spells it, got none");
        }
        return composition.of(kernels, operands);
    }

    @Override
    public Kernels.Value lower(Kernels kernels, Node node, List<Kernels.Value> operands) {
        return kernels.apply(this, operands.toArray(Kernels.Value[]::new));
    }
}
