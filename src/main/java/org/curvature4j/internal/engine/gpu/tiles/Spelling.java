package org.curvature4j.internal.engine.gpu.tiles;

import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.internal.engine.gpu.tiles.KernelText.Kind;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Kernel;

/**
 * Writes kernels on numbers in registers. Arithmetic is of the numbers' own precision; a function of float32 numbers is
 * computed in float64 and rounded once.
 */
final class Spelling {
    /** Writes calls of functions that PTX has no instruction for. */
    interface Functions {
        /** The register with the result of a function of float64 numbers. */
        String call(KernelText text, Elementwise operation, List<String> operands);
    }

    private final Functions functions;

    Spelling(Functions functions) {
        this.functions = functions;
    }

    /**
     * Writes a kernel.
     *
     * @param held what its numbers are, also those that a comparison compares and a choice chooses among
     * @return the register with the result, a predicate for a comparison
     */
    String write(KernelText text, Kernel kernel, Held held, List<String> x) {
        if (kernel instanceof Elementwise operation) {
            return number(text, operation, held, x);
        } else if (kernel instanceof Comparison comparison) {
            return test(text, comparison, held, x.get(0), x.get(1));
        }
        return select(text, held, x.get(0), x.get(1), x.get(2));
    }

    private String number(KernelText text, Elementwise operation, Held held, List<String> x) {
        return switch (operation) {
            case NEG -> one(text, held, "neg." + held.type(), x.get(0));
            case ABS -> one(text, held, "abs." + held.type(), x.get(0));
            case FLOOR -> whole(text, held, "rmi", x.get(0));
            case CEIL -> whole(text, held, "rpi", x.get(0));
            case ROUND -> rounded(text, held, x.get(0));
            case SIGN -> sign(text, held, x.get(0));
            case SQRT -> one(text, held, "sqrt.rn." + held.type(), x.get(0));
            case ADD -> two(text, held, "add.rn." + held.type(), x.get(0), x.get(1));
            case SUB -> two(text, held, "sub.rn." + held.type(), x.get(0), x.get(1));
            case MUL -> two(text, held, "mul.rn." + held.type(), x.get(0), x.get(1));
            case DIV -> two(text, held, "div.rn." + held.type(), x.get(0), x.get(1));
            case MAX -> extreme(text, held, x.get(0), x.get(1), true);
            case MIN -> extreme(text, held, x.get(0), x.get(1), false);
            default -> function(text, operation, held, x);
        };
    }

    private String function(KernelText text, Elementwise operation, Held held, List<String> x) {
        if (held == Held.DOUBLE) {
            return functions.call(text, operation, x);
        }
        List<String> wide = x.stream()
                .map(operand -> convert(text, Held.SINGLE, Held.DOUBLE, operand))
                .toList();
        return convert(text, Held.DOUBLE, Held.SINGLE, functions.call(text, operation, wide));
    }

    private static String one(KernelText text, Held held, String instruction, String x) {
        return text.emit(held.kind(), instruction + " %s, %s", x);
    }

    private static String two(KernelText text, Held held, String instruction, String x, String y) {
        return text.emit(held.kind(), instruction + " %s, %s, %s", x, y);
    }

    private static String whole(KernelText text, Held held, String mode, String x) {
        return one(text, held, "cvt." + mode + "." + held.type() + "." + held.type(), x);
    }

    /** As {@link org.curvature4j.op.Arithmetic#round}: to the nearest integer, halves away from 0. */
    private static String rounded(KernelText text, Held held, String x) {
        String type = held.type();
        String whole = whole(text, held, "rzi", x);
        String rest = one(text, held, "abs." + type, two(text, held, "sub.rn." + type, x, whole));
        String away = two(text, held, "add.rn." + type, whole, copySign(text, held, held.literal(1), x));
        String far = text.emit(Kind.PREDICATE, "setp.ge." + type + " %s, %s, %s", rest, held.literal(0.5));
        return text.emit(held.kind(), "selp." + type + " %s, %s, %s, %s", away, whole, far);
    }

    private static String copySign(KernelText text, Held held, String size, String sign) {
        return text.emit(held.kind(), "copysign." + held.type() + " %s, %s, %s", sign, size);
    }

    /** Zeros and NaN stay what they are. */
    private static String sign(KernelText text, Held held, String x) {
        String type = held.type();
        String one = copySign(text, held, held.literal(1), x);
        String other = text.emit(Kind.PREDICATE, "setp.neu." + type + " %s, %s, %s", x, held.literal(0));
        String known = text.emit(Kind.PREDICATE, "setp.num." + type + " %s, %s, %s", x, x);
        String both = text.emit(Kind.PREDICATE, "and.pred %s, %s, %s", other, known);
        return text.emit(held.kind(), "selp." + type + " %s, %s, %s, %s", one, x, both);
    }

    /** As {@link Math#max} and {@link Math#min}: NaN where one is, and 0.0 above -0.0. */
    static String extreme(KernelText text, Held held, String x, String y, boolean largest) {
        String type = held.type();
        String bits = held == Held.DOUBLE ? "b64" : "b32";
        String better = text.emit(Kind.PREDICATE, "setp." + (largest ? "gt." : "lt.") + type + " %s, %s, %s", x, y);
        String chosen = text.emit(held.kind(), "selp." + type + " %s, %s, %s, %s", x, y, better);
        String same = text.emit(Kind.PREDICATE, "setp.eq." + type + " %s, %s, %s", x, y);
        // Equal numbers are the same, or zeros that differ in the sign's bit alone.
        String joined = bitwise(text, held, (largest ? "and." : "or.") + bits, x, y);
        String equal = text.emit(held.kind(), "selp." + type + " %s, %s, %s, %s", joined, chosen, same);
        String unknown = text.emit(Kind.PREDICATE, "setp.nan." + type + " %s, %s, %s", x, y);
        String sum = two(text, held, "add.rn." + type, x, y);
        return text.emit(held.kind(), "selp." + type + " %s, %s, %s, %s", sum, equal, unknown);
    }

    private static String bitwise(KernelText text, Held held, String instruction, String x, String y) {
        Kind bits = held == Held.DOUBLE ? Kind.B64 : Kind.B32;
        String mov = held == Held.DOUBLE ? "mov.b64 %s, %s" : "mov.b32 %s, %s";
        String result = text.emit(bits, instruction + " %s, %s, %s", text.emit(bits, mov, x), text.emit(bits, mov, y));
        return text.emit(held.kind(), mov, result);
    }

    private static String test(KernelText text, Comparison comparison, Held held, String x, String y) {
        if (comparison.isLogical()) {
            String name =
                    switch (comparison) {
                        case AND -> "and";
                        case OR -> "or";
                        default -> "xor";
                    };
            return text.emit(Kind.PREDICATE, name + ".pred %s, %s, %s", x, y);
        } else if (held == Held.FLAG) {
            return compareFlags(text, comparison, x, y);
        }
        String name =
                switch (comparison) {
                    case LT -> "lt";
                    case LE -> "le";
                    case GT -> "gt";
                    case GE -> "ge";
                    case EQ -> "eq";
                    default -> "neu";
                };
        return text.emit(Kind.PREDICATE, "setp." + name + "." + held.type() + " %s, %s, %s", x, y);
    }

    private static String compareFlags(KernelText text, Comparison comparison, String x, String y) {
        String first = text.emit(Kind.B32, "selp.u32 %s, 1, 0, %s", x);
        String second = text.emit(Kind.B32, "selp.u32 %s, 1, 0, %s", y);
        String name = comparison.name().toLowerCase(java.util.Locale.ROOT);
        return text.emit(Kind.PREDICATE, "setp." + name + ".u32 %s, %s, %s", first, second);
    }

    private static String select(KernelText text, Held held, String condition, String yes, String no) {
        if (held != Held.FLAG) {
            return text.emit(held.kind(), "selp." + held.type() + " %s, %s, %s, %s", yes, no, condition);
        }
        String taken = text.emit(Kind.PREDICATE, "and.pred %s, %s, %s", condition, yes);
        String other = text.emit(Kind.PREDICATE, "not.pred %s, %s", condition);
        String left = text.emit(Kind.PREDICATE, "and.pred %s, %s, %s", other, no);
        return text.emit(Kind.PREDICATE, "or.pred %s, %s, %s", taken, left);
    }

    /** The same number held otherwise; whether it isn't 0, as a predicate. */
    static String convert(KernelText text, Held from, Held to, String x) {
        if (from == to) {
            return x;
        } else if (from == Held.FLAG) {
            return text.emit(to.kind(), "selp." + to.type() + " %s, %s, %s, %s", to.literal(1), to.literal(0), x);
        } else if (to == Held.FLAG) {
            return text.emit(Kind.PREDICATE, "setp.neu." + from.type() + " %s, %s, %s", x, from.literal(0));
        }
        String mode = to == Held.SINGLE ? "cvt.rn.f32.f64" : "cvt.f64.f32";
        return text.emit(to.kind(), mode + " %s, %s", x);
    }

    /** A number cast to a type, as Java casts; integers are held as numbers. */
    static String cast(KernelText text, DType from, DType to, String x) {
        Held target = Held.of(to);
        if (!from.isFloat() || to.isFloat() || to == DType.BOOL) {
            return convert(text, Held.of(from), target, x);
        }
        String wide = convert(text, Held.of(from), Held.DOUBLE, x);
        Kind kind = to == DType.INT32 ? Kind.B32 : Kind.B64;
        String type = to == DType.INT32 ? "s32" : "s64";
        String integer = text.emit(kind, "cvt.rzi." + type + ".f64 %s, %s", wide);
        String number = text.emit(Kind.F64, "cvt.rn.f64." + type + " %s, %s", integer);
        String known = text.emit(Kind.PREDICATE, "setp.num.f64 %s, %s, %s", wide, wide);
        return text.emit(Kind.F64, "selp.f64 %s, %s, %s, %s", number, Held.DOUBLE.literal(0), known);
    }
}
