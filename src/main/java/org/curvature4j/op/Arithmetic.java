package org.curvature4j.op;

import org.curvature4j.graph.DType;

/** The values of exact kernels on known numbers, the same bits as in any engine. */
public final class Arithmetic {
    private Arithmetic() {}

    /** Whether {@link #of} has a kernel's value in this type: every correct implementation gives the same bits. */
    public static boolean has(Kernel kernel, DType dtype) {
        return kernel.isExact() && (dtype.isFloat() || kernel != Elementwise.SQRT);
    }

    /**
     * A kernel's value, true being 1. A float32 result is rounded twice, which for these kernels gives what rounding once
     * does: Figueroa, When is double rounding innocuous?, SIGNUM Newsletter 30 (1995).
     *
     * @param dtype of the result
     * @throws IllegalArgumentException if integers are divided by 0
     */
    public static double of(Kernel kernel, DType dtype, double... x) {
        if (kernel instanceof Comparison comparison) {
            return holds(comparison, x[0], x[1]) ? 1 : 0;
        } else if (kernel instanceof Elementwise operation) {
            return dtype.round(dtype.isFloat() || operation != Elementwise.DIV ? value(operation, x) : quotient(x));
        } else if (kernel instanceof Select) {
            return x[0] != 0 ? x[1] : x[2];
        }
        return dtype.round(x[0]);
    }

    private static double value(Elementwise operation, double[] x) {
        return switch (operation) {
            case NEG -> -x[0];
            case ABS -> Math.abs(x[0]);
            case FLOOR -> Math.floor(x[0]);
            case CEIL -> Math.ceil(x[0]);
            case ROUND -> round(x[0]);
            case SQRT -> Math.sqrt(x[0]);
            case ADD -> x[0] + x[1];
            case SUB -> x[0] - x[1];
            case MUL -> x[0] * x[1];
            case DIV -> x[0] / x[1];
            case MAX -> Math.max(x[0], x[1]);
            case MIN -> Math.min(x[0], x[1]);
            default -> throw new IllegalArgumentException(operation + ": expected an exact kernel");
        };
    }

    /** To the nearest integer, halves away from zero, as C rounds; adding a half would round 0.49999999999999994 up. */
    public static double round(double x) {
        double whole = x < 0 ? Math.ceil(x) : Math.floor(x);
        return Math.abs(x - whole) >= 0.5 ? whole + Math.signum(x) : whole;
    }

    private static double quotient(double[] x) {
        if (x[1] == 0) {
            throw new IllegalArgumentException("expected a divisor other than 0, got 0 among integers");
        }
        long quotient = (long) x[0] / (long) x[1];
        return quotient;
    }

    private static boolean holds(Comparison comparison, double x, double y) {
        return switch (comparison) {
            case LT -> x < y;
            case LE -> x <= y;
            case GT -> x > y;
            case GE -> x >= y;
            case EQ -> x == y;
            case NE -> x != y;
            case AND -> x != 0 && y != 0;
            case OR -> x != 0 || y != 0;
            case XOR -> (x != 0) != (y != 0);
        };
    }
}
