package org.curvature4j.op;

import java.util.List;
import org.curvature4j.graph.TensorType;
import org.jspecify.annotations.Nullable;

/**
 * Kernels that are ND4J's operations, with what must be mended of them: relative errors of 2e-5 near zero in tanh and
 * sinh, and NaN that sign and the largest element lose.
 */
public interface Nd4jKernels extends Kernels {

    /** ND4J's own kernel, with its faults. */
    Value raw(Elementwise operation, Value... operands);

    /** ND4J's own reduction, whose largest element ignores NaN. */
    Value rawReduce(Reduction reduction, Value x, List<Integer> axes);

    @Override
    default Value apply(Elementwise operation, Value... operands) {
        return switch (operation) {
            case TANH -> OddSeries.TANH.nearZero(this, operands[0], raw(operation, operands));
            case SINH -> OddSeries.SINH.nearZero(this, operands[0], raw(operation, operands));
            case SIGN -> select(Accurate.isNaN(this, operands[0]), operands[0], raw(operation, operands));
            default -> operation.isComposed() ? operation.compose(this, operands) : raw(operation, operands);
        };
    }

    @Override
    default Value reduce(Reduction reduction, Value x, List<Integer> axes) {
        if (reduction == Reduction.SUM) {
            return rawReduce(reduction, x, axes);
        }
        TensorType scalar = TensorType.of(x.type().dtype());
        Value nans =
                rawReduce(Reduction.SUM, cast(Accurate.isNaN(this, x), x.type().dtype()), axes);
        Value largest = rawReduce(reduction, x, axes);
        return select(test(Comparison.GT, nans, constant(scalar, 0)), constant(scalar, Double.NaN), largest);
    }

    /** ND4J's name of an operation; null for one that is composed of others. */
    static @Nullable String name(Elementwise operation) {
        return switch (operation) {
            case NEG -> "neg";
            case ABS -> "abs";
            case SIGN -> "sign";
            case FLOOR -> "floor";
            case CEIL -> "ceil";
            case ROUND -> "round";
            case EXP -> "exp";
            case LOG -> "log";
            case SQRT -> "sqrt";
            case SIN -> "sin";
            case COS -> "cos";
            case TAN -> "tan";
            case ASIN -> "asin";
            case ACOS -> "acos";
            case ATAN -> "atan";
            case SINH -> "sinh";
            case COSH -> "cosh";
            case TANH -> "tanh";
            case ACOSH -> "acosh";
            case ERF -> "erf";
            case ERFC -> "erfc";
            case LGAMMA -> "lgamma";
            case ADD -> "add";
            case SUB -> "subtract";
            case MUL -> "multiply";
            case DIV -> "divide";
            case POW -> "Pow";
            case ATAN2 -> "tf_atan2";
            case EXP2, EXPM1, LOG2, LOG1P, CBRT, ASINH, ATANH, ERFINV, SIGMOID, SOFTPLUS, MAX, MIN -> null;
        };
    }

    /** ND4J's name of a comparison or a connective. */
    static String name(Comparison comparison) {
        return switch (comparison) {
            case LT -> "less";
            case LE -> "less_equal";
            case GT -> "greater";
            case GE -> "greater_equal";
            case EQ -> "equals";
            case NE -> "not_equals";
            case AND -> "boolean_and";
            case OR -> "boolean_or";
            case XOR -> "boolean_xor";
        };
    }
}
