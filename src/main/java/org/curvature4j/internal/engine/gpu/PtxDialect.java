package org.curvature4j.internal.engine.gpu;

import java.util.Locale;
import org.curvature4j.graph.DType;
import org.curvature4j.internal.engine.code.Binary;
import org.curvature4j.internal.engine.code.Elementary;
import org.curvature4j.internal.engine.code.JavaDialect;
import org.curvature4j.internal.engine.code.PlainMath;
import org.curvature4j.internal.gpu.ptx.PtxModule;
import org.curvature4j.op.Arithmetic;
import org.curvature4j.op.Cast;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Kernel;

/**
 * The kernels in PTX: of numbers held as doubles in {@code .f64} registers, or as floats in {@code .f32} registers, and of
 * booleans held in predicates. It has words for the same kernels as {@link JavaDialect}.
 */
public final class PtxDialect {
    private PtxDialect() {}

    /** An empty module, in which methods that call functions of {@link Math} get those of {@link PlainMath}. */
    public static PtxModule module() {
        return new PtxModule(PlainMath.class);
    }

    /** A number as an operand, to the last bit. */
    public static String literal(double value) {
        return String.format("0d%016X", Double.doubleToRawLongBits(value));
    }

    /** Rounded to float32. */
    public static String literal(float value) {
        return String.format("0f%08X", Float.floatToRawIntBits(value));
    }

    /**
     * Instructions that compute a kernel, in lines that end with a semicolon.
     *
     * @param module takes the functions that are called
     * @param type of the numbers: FLOAT32 computes in float32, functions in float64 and rounds their results; any other in
     *     float64, integers too
     * @param result a register, or a predicate where the kernel gives a boolean; a select of booleans isn't spelled here
     * @param operands registers, predicates, or literals
     */
    public static String spell(PtxModule module, Kernel kernel, DType type, String result, String... operands) {
        boolean single = type == DType.FLOAT32;
        String number = single ? "f32" : "f64";
        if (kernel instanceof Comparison comparison) {
            return comparison.isLogical()
                    ? line(comparison.name().toLowerCase(Locale.ROOT) + ".pred", result, operands)
                    : line("setp." + word(comparison) + "." + number, result, operands);
        } else if (kernel instanceof Cast cast) {
            return cast(cast.to(), number, result, operands[0]);
        } else if (kernel instanceof Elementwise operation) {
            return elementwise(module, operation, single, result, operands);
        }
        return line("selp." + number, result, operands[1], operands[2], operands[0]);
    }

    /** A choice between booleans. */
    public static String select(String result, String condition, String yes, String no) {
        return "{\n\t.reg .pred %yes, %no;\n"
                + line("and.pred", "%yes", condition, yes)
                + line("not.pred", "%no", condition)
                + line("and.pred", "%no", "%no", no)
                + line("or.pred", result, "%yes", "%no") + "\t}\n";
    }

    private static String line(String word, String result, String... operands) {
        return "\t" + word + " " + result + ", " + String.join(", ", operands) + ";\n";
    }

    private static String word(Comparison comparison) {
        return comparison == Comparison.NE ? "neu" : comparison.name().toLowerCase(Locale.ROOT);
    }

    private static String elementwise(
            PtxModule module, Elementwise operation, boolean single, String result, String... operands) {
        String number = single ? "f32" : "f64";
        return switch (operation) {
            case NEG -> line("neg." + number, result, operands);
            case ABS -> line("abs." + number, result, operands);
            case ADD, SUB, MUL, DIV -> line(
                    operation.name().toLowerCase(Locale.ROOT) + ".rn." + number, result, operands);
            case SQRT -> line("sqrt.rn." + number, result, operands);
            case FLOOR -> line("cvt.rmi." + number + "." + number, result, operands);
            case CEIL -> line("cvt.rpi." + number + "." + number, result, operands);
            case MAX, MIN -> extremum(operation, single, result, operands[0], operands[1]);
            default -> single
                    ? widened(module, operation, result, operands)
                    : call(function(module, operation), result, operands);
        };
    }

    private static String call(String function, String result, String... operands) {
        return "\tcall (" + result + "), " + function + ", (" + String.join(", ", operands) + ");\n";
    }

    /** Not a number if either operand isn't. */
    private static String extremum(Elementwise operation, boolean single, String result, String x, String y) {
        String number = single ? "f32" : "f64";
        String word = operation.name().toLowerCase(Locale.ROOT);
        return "{\n\t.reg .pred %none;\n\t.reg ." + number + " %number;\n"
                + line("setp.nan." + number, "%none", x, y)
                + line(word + "." + number, "%number", x, y)
                + line(
                        "selp." + number,
                        result,
                        single ? literal(Float.NaN) : literal(Double.NaN),
                        "%number",
                        "%none") + "\t}\n";
    }

    private static String widened(PtxModule module, Elementwise operation, String result, String... operands) {
        String[] wide = new String[operands.length];
        StringBuilder text = new StringBuilder("{\n\t.reg .f64 %wide<" + (operands.length + 1) + ">;\n");
        for (int i = 0; i < operands.length; i++) {
            wide[i] = "%wide" + (i + 1);
            text.append(line("cvt.f64.f32", wide[i], operands[i]));
        }
        return text.append(call(function(module, operation), "%wide0", wide))
                .append(line("cvt.rn.f32.f64", result, "%wide0"))
                .append("\t}\n")
                .toString();
    }

    /** The function that computes an operation, from the method that does so in Java. */
    private static String function(PtxModule module, Elementwise operation) {
        String name = operation.name().toLowerCase(Locale.ROOT);
        return switch (operation) {
            case ROUND -> module.function(Arithmetic.class, name);
            case EXP2, LOG2 -> module.function(Binary.class, name);
            case ACOSH, ERF, ERFC, LGAMMA, POW -> module.function(Elementary.class, name);
            default -> module.function(PlainMath.class, name);
        };
    }

    /** Within numbers of one kind of register; true is 1. */
    private static String cast(DType to, String number, String result, String x) {
        return switch (to) {
            case FLOAT64 -> line("mov." + number, result, x);
            case FLOAT32 -> number.equals("f32")
                    ? line("mov.f32", result, x)
                    : "{\n\t.reg .f32 %single;\n" + line("cvt.rn.f32.f64", "%single", x)
                            + line("cvt.f64.f32", result, "%single") + "\t}\n";
            case INT32, INT64 -> whole(to == DType.INT32 ? "s32" : "s64", number, result, x);
            case BOOL -> line("setp.neu." + number, result, x, number.equals("f32") ? literal(0f) : literal(0d));
        };
    }

    /** Towards zero, to the nearest that there is, NaN to 0. */
    private static String whole(String type, String number, String result, String x) {
        String bits = type.replace('s', 'b');
        return "{\n\t.reg .pred %none;\n\t.reg ." + bits + " %whole;\n"
                + line("setp.nan." + number, "%none", x, x)
                + line("cvt.rzi." + type + "." + number, "%whole", x)
                + line("selp." + bits, "%whole", "0", "%whole", "%none")
                + line("cvt.rn." + number + "." + type, result, "%whole") + "\t}\n";
    }
}
