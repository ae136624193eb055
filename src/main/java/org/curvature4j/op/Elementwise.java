package org.curvature4j.op;

import static org.curvature4j.op.Domain.ABOVE_ONE;
import static org.curvature4j.op.Domain.POSITIVE;
import static org.curvature4j.op.Domain.REAL;
import static org.curvature4j.op.Domain.UNIT;

import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.jspecify.annotations.Nullable;

/**
 * Arithmetic and the elementary functions. A constant states its kernel, the interval on which it is checked, and one
 * partial derivative for each operand, as a function of the operands {@code x} (and {@code z}) and the result {@code y}.
 *
 * <p>Kinks follow JAX and PyTorch: the derivative of |x| and of sign(x) at 0 is 0, the larger of two equal operands
 * passes half of the derivative to each, and a step has derivative 0 wherever it has one. Derivatives avoid cancellation
 * where a form without it exists: 1 - x^2 is (1 - x)(1 + x), the derivative of the logistic function is the product of
 * its values at x and -x.
 */
@SuppressWarnings("ImmutableEnumChecker") // the lambdas capture nothing and the list is unmodifiable
public enum Elementwise implements ElementwiseOp {
    NEG("neg", REAL, (o, x, y) -> o.like(x, -1)),
    ABS("abs", REAL, (o, x, y) -> o.sign(x)),
    SIGN((k, x) -> Accurate.sign(k, x), REAL, null),
    FLOOR("floor", REAL, null),
    CEIL("ceil", REAL, null),
    ROUND("round", REAL, null),
    EXP("exp", REAL, (o, x, y) -> y),
    EXPM1((k, x) -> Accurate.expm1(k, x), REAL, (o, x, y) -> o.exp(x)),
    LOG("log", POSITIVE, (o, x, y) -> o.reciprocal(x)),
    LOG1P((k, x) -> Accurate.log1p(k, x), UNIT, (o, x, y) -> o.reciprocal(o.onePlus(x))),
    SQRT("sqrt", POSITIVE, (o, x, y) -> o.div(o.like(x, 0.5), y)),
    SIN("sin", REAL, (o, x, y) -> o.cos(x)),
    COS("cos", REAL, (o, x, y) -> o.neg(o.sin(x))),
    TAN("tan", UNIT, (o, x, y) -> o.onePlus(o.square(y))),
    ASIN("asin", UNIT, (o, x, y) -> o.reciprocal(o.sqrt(o.oneMinusSquare(x)))),
    ACOS("acos", UNIT, (o, x, y) -> o.neg(o.reciprocal(o.sqrt(o.oneMinusSquare(x))))),
    ATAN("atan", REAL, (o, x, y) -> o.reciprocal(o.onePlus(o.square(x)))),
    SINH((k, x) -> Accurate.sinh(k, x), REAL, (o, x, y) -> o.cosh(x)),
    COSH("cosh", REAL, (o, x, y) -> o.sinh(x)),
    TANH((k, x) -> Accurate.tanh(k, x), REAL, (o, x, y) -> o.sub(o.like(y, 1), o.square(y))),
    ASINH((k, x) -> Accurate.asinh(k, x), REAL, (o, x, y) -> o.reciprocal(o.sqrt(o.onePlus(o.square(x))))),
    ACOSH("acosh", ABOVE_ONE, (o, x, y) -> o.reciprocal(o.mul(o.sqrt(o.sub(x, o.like(x, 1))), o.sqrt(o.onePlus(x))))),
    ATANH((k, x) -> Accurate.atanh(k, x), UNIT, (o, x, y) -> o.reciprocal(o.oneMinusSquare(x))),
    ERF("erf", REAL, (o, x, y) -> o.mul(o.like(x, Constants.TWO_OVER_SQRT_PI), o.exp(o.neg(o.square(x))))),
    ERFC("erfc", REAL, (o, x, y) -> o.mul(o.like(x, -Constants.TWO_OVER_SQRT_PI), o.exp(o.neg(o.square(x))))),
    SIGMOID((k, x) -> Accurate.sigmoid(k, x), REAL, (o, x, y) -> o.mul(y, o.sigmoid(o.neg(x)))),
    SOFTPLUS((k, x) -> Accurate.softplus(k, x), REAL, (o, x, y) -> o.sigmoid(x)),

    ADD("add", REAL, (o, x, z, y) -> o.like(x, 1), (o, x, z, y) -> o.like(x, 1)),
    SUB("subtract", REAL, (o, x, z, y) -> o.like(x, 1), (o, x, z, y) -> o.like(x, -1)),
    MUL("multiply", REAL, (o, x, z, y) -> z, (o, x, z, y) -> x),
    DIV("divide", POSITIVE, (o, x, z, y) -> o.reciprocal(z), (o, x, z, y) -> o.neg(o.div(y, z))),
    POW("Pow", POSITIVE, Powers::base, Powers::exponent),
    ATAN2(
            "tf_atan2",
            POSITIVE,
            (o, x, z, y) -> o.div(z, o.add(o.square(x), o.square(z))),
            (o, x, z, y) -> o.neg(o.div(x, o.add(o.square(x), o.square(z))))),
    MAX((k, a, b) -> Accurate.max(k, a, b), REAL, (o, x, z, y) -> o.share(x, y, z), (o, x, z, y) -> o.share(z, y, x)),
    MIN((k, a, b) -> Accurate.min(k, a, b), REAL, (o, x, z, y) -> o.share(x, y, z), (o, x, z, y) -> o.share(z, y, x));

    /** Apart because an enum's constants are made before its static fields. */
    private static final class Constants {
        static final double TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);
    }

    private interface UnaryKernel {
        Kernels.Value lower(Kernels kernels, Kernels.Value x);
    }

    private interface BinaryKernel {
        Kernels.Value lower(Kernels kernels, Kernels.Value x, Kernels.Value z);
    }

    private interface UnaryPartial {
        @Nullable
        Node of(Ops ops, Node x, Node y);
    }

    private interface BinaryPartial {
        @Nullable
        Node of(Ops ops, Node x, Node z, Node y);
    }

    private interface Lowering {
        Kernels.Value lower(Kernels kernels, List<Kernels.Value> operands);
    }

    private final Lowering lowering;
    private final Domain domain;
    private final List<BinaryPartial> partials;

    Elementwise(String kernel, Domain domain, @Nullable UnaryPartial partial) {
        this((k, x) -> k.unary(kernel, x), domain, partial);
    }

    Elementwise(UnaryKernel kernel, Domain domain, @Nullable UnaryPartial partial) {
        this.lowering = (k, operands) -> kernel.lower(k, operands.get(0));
        this.domain = domain;
        this.partials = List.of(partial == null ? (o, x, z, y) -> null : (o, x, z, y) -> partial.of(o, x, y));
    }

    Elementwise(String kernel, Domain domain, BinaryPartial first, BinaryPartial second) {
        this((k, x, z) -> k.binary(kernel, x, z), domain, first, second);
    }

    Elementwise(BinaryKernel kernel, Domain domain, BinaryPartial first, BinaryPartial second) {
        this.lowering = (k, operands) -> kernel.lower(k, operands.get(0), operands.get(1));
        this.domain = domain;
        this.partials = List.of(first, second);
    }

    /** The interval on which the operation is smooth. */
    public Domain domain() {
        return domain;
    }

    @Override
    public int arity() {
        return partials.size();
    }

    @Override
    public DType inferDType(List<TensorType> operands) {
        DType dtype = operands.get(0).dtype();
        if (dtype == DType.BOOL || operands.stream().anyMatch(operand -> operand.dtype() != dtype)) {
            throw new IllegalArgumentException(
                    name() + ": expected numbers of one dtype, got " + operands + " (cast one operand)");
        }
        return dtype;
    }

    @Override
    public @Nullable Node partial(Ops ops, Node node, int operand) {
        Node x = node.operand(0);
        return partials.get(operand).of(ops, x, node.operand(arity() - 1), node);
    }

    @Override
    public boolean bends() {
        return switch (this) {
            case NEG, ABS, SIGN, FLOOR, CEIL, ROUND, ADD, SUB, MAX, MIN -> false;
            default -> true;
        };
    }

    @Override
    public @Nullable Node kink(Ops ops, Node node) {
        return Kinks.of(this, ops, node.operand(0), node.operand(arity() - 1));
    }

    @Override
    public Kernels.Value lower(Kernels kernels, Node node, List<Kernels.Value> operands) {
        Kernels.Value own = kernels.own(this, operands);
        return own != null ? own : lowering.lower(kernels, operands);
    }
}
