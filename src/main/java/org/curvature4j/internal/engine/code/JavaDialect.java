package org.curvature4j.internal.engine.code;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.curvature4j.graph.DType;
import org.curvature4j.op.Arithmetic;
import org.curvature4j.op.Cast;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Kernel;
import org.jspecify.annotations.Nullable;

/** The kernels in Java, as generated classes compute them: of numbers held as doubles, and of booleans. */
public final class JavaDialect {
    private static final String OWN = Elementary.class.getCanonicalName();

    private static final String PLAIN = PlainMath.class.getCanonicalName();

    private static final String ARRAY_FUNCTIONS = ArrayFunctions.class.getCanonicalName();

    private static final Map<Elementwise, Blockwise> OVER_ARRAYS = Map.of(
            Elementwise.EXP, ArrayFunctions.EXP,
            Elementwise.LOG, ArrayFunctions.LOG,
            Elementwise.SIN, ArrayFunctions.SIN,
            Elementwise.COS, ArrayFunctions.COS,
            Elementwise.TANH, ArrayFunctions.TANH,
            Elementwise.SIGMOID, ArrayFunctions.SIGMOID,
            Elementwise.SOFTPLUS, ArrayFunctions.SOFTPLUS);

    /** What the code of inexact kernels of one number calls, where no function over arrays computes them. */
    private static final Map<Elementwise, DoubleUnaryOperator> FUNCTIONS = Map.ofEntries(
            Map.entry(Elementwise.SIGN, PlainMath::sign),
            Map.entry(Elementwise.EXP2, PlainMath::exp2),
            Map.entry(Elementwise.EXPM1, PlainMath::expm1),
            Map.entry(Elementwise.LOG2, PlainMath::log2),
            Map.entry(Elementwise.LOG1P, PlainMath::log1p),
            Map.entry(Elementwise.CBRT, PlainMath::cbrt),
            Map.entry(Elementwise.TAN, PlainMath::tan),
            Map.entry(Elementwise.ASIN, PlainMath::asin),
            Map.entry(Elementwise.ACOS, PlainMath::acos),
            Map.entry(Elementwise.ATAN, PlainMath::atan),
            Map.entry(Elementwise.SINH, PlainMath::sinh),
            Map.entry(Elementwise.COSH, PlainMath::cosh),
            Map.entry(Elementwise.ERF, PlainMath::erf),
            Map.entry(Elementwise.ERFC, PlainMath::erfc),
            Map.entry(Elementwise.LGAMMA, PlainMath::lgamma),
            Map.entry(Elementwise.ACOSH, Elementary::acosh));

    private static final Set<Kernel> SLOW =
            Set.of(Elementwise.SIN, Elementwise.COS, Elementwise.TANH, Elementwise.SOFTPLUS);

    private JavaDialect() {}

    /** Whether this has code for an operation, which otherwise is composed of others. */
    public static boolean spells(Elementwise operation) {
        return format(operation) != null;
    }

    /** An expression of operands that are names, literals or in parentheses; a comparison gives a boolean. */
    public static String spell(Kernel kernel, Object... operands) {
        if (kernel instanceof Elementwise operation) {
            String format = format(operation);
            if (format == null) {
                throw new IllegalArgumentException(operation + ": expected a kernel, got what is composed of others");
            }
            return String.format(format, operands);
        } else if (kernel instanceof Comparison comparison) {
            return String.format(format(comparison), operands);
        } else if (kernel instanceof Cast cast) {
            return String.format(format(cast.to()), operands);
        }
        return String.format("%s ? %s : %s", operands);
    }

    /** What the code computes, of float64 numbers, true being 1. */
    public static double value(Kernel kernel, double... x) {
        if (kernel instanceof Cast cast) {
            return cast.to().round(x[0]);
        } else if (kernel == Elementwise.POW) {
            return Elementary.pow(x[0], x[1]);
        } else if (kernel == Elementwise.ATAN2) {
            return PlainMath.atan2(x[0], x[1]);
        }
        @Nullable Blockwise overArrays = overArrays(kernel);
        if (overArrays != null) {
            return overArrays.of(x[0]);
        }
        @Nullable
        DoubleUnaryOperator function = kernel instanceof Elementwise operation ? FUNCTIONS.get(operation) : null;
        return function != null ? function.applyAsDouble(x[0]) : Arithmetic.of(kernel, DType.FLOAT64, x);
    }

    private static @Nullable String format(Elementwise operation) {
        return switch (operation) {
            case NEG -> "-%s";
            case ABS -> "Math.abs(%s)";
            case SIGN -> "Math.signum(%s)";
            case FLOOR -> "Math.floor(%s)";
            case CEIL -> "Math.ceil(%s)";
            case ROUND -> Arithmetic.class.getCanonicalName() + ".round(%s)";
            case SQRT -> "Math.sqrt(%s)";
            case EXP2, EXPM1, LOG2, LOG1P, CBRT, TAN, ASIN, ACOS, ATAN, SINH, COSH, ERF, ERFC, LGAMMA ->
                PLAIN + "." + operation.name().toLowerCase(Locale.ROOT) + "(%s)";
            case ACOSH -> OWN + ".acosh(%s)";
            case EXP, LOG, SIN, COS, TANH, SIGMOID, SOFTPLUS -> nameOverArrays(operation) + "(%s)";
            case ADD -> "%s + %s";
            case SUB -> "%s - %s";
            case MUL -> "%s * %s";
            case DIV -> "%s / %s";
            case POW -> OWN + ".pow(%s, %s)";
            case ATAN2 -> PLAIN + ".atan2(%s, %s)";
            case MAX -> "Math.max(%s, %s)";
            case MIN -> "Math.min(%s, %s)";
            case ASINH, ATANH, ERFINV -> null;
        };
    }

    private static String format(Comparison comparison) {
        return switch (comparison) {
            case LT -> "%s < %s";
            case LE -> "%s <= %s";
            case GT -> "%s > %s";
            case GE -> "%s >= %s";
            case EQ -> "%s == %s";
            case NE -> "%s != %s";
            case AND -> "%s & %s";
            case OR -> "%s | %s";
            case XOR -> "%s ^ %s";
        };
    }

    private static String format(DType to) {
        return switch (to) {
            case FLOAT64 -> "%s";
            case FLOAT32 -> "(double) (float) %s";
            case INT32 -> "(double) (int) %s";
            case INT64 -> "(double) (long) %s";
            case BOOL -> "%s != 0";
        };
    }

    /** The function over arrays that computes a kernel faster than one by one, where there is one. */
    public static @Nullable Blockwise overArrays(Kernel kernel) {
        return kernel instanceof Elementwise operation ? OVER_ARRAYS.get(operation) : null;
    }

    /**
     * Whether a function over arrays saves more than it costs to store its arguments and load its results, where they
     * would have stayed in registers: exponentials, logarithms and sigmoids take 4 to 6 ns one by one, the others 10 and more.
     */
    public static boolean isWorthStoring(Kernel kernel) {
        return SLOW.contains(kernel);
    }

    /** The method that {@link #overArrays} gives, of one number or of many. */
    public static String nameOverArrays(Elementwise operation) {
        return ARRAY_FUNCTIONS + "." + operation + ".of";
    }
}
