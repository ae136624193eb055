package org.curvature4j.internal.engine.gpu;

import java.util.Locale;
import org.curvature4j.graph.DType;
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
 * The kernels in PTX: of numbers held as doubles in {@code .f64} registers or as floats in {@code .f32} registers, and of
 * booleans held in predicates. It has words for the same kernels as {@link JavaDialect}; functions are the methods that Java
 * code calls for them, translated. Names that begin with {@code %own} are its own.
 */
public final class PtxDialect {
    private PtxDialect() {}

    /** An empty module, in which methods that call functions of {@link Math} get those of {@link PlainMath}. */
    public static PtxModule module() {
        return new PtxModule(PlainMath.class);
    }

    /** Whether this has words for an operation, which otherwise is composed of others. */
    public static boolean spells(Elementwise operation) {
        return JavaDialect.spells(operation);
    }

    /**
     * Whether a kernel of float64 numbers gives the bits that {@link JavaDialect}'s code gives: all but powers, which the
     * JVM computes itself, faster; both are within 2 units in the last place.
     */
    public static boolean hasBitsOfJava(Kernel kernel) {
        return kernel != Elementwise.POW;
    }

    /** A number as an operand, to the last bit. */
    public static String literal(double value) {
        return String.format("0d%016X", Double.doubleToRawLongBits(value));
    }

    /** A number as an operand, to the last bit. */
    public static String literal(float value) {
        return String.format("0f%08X", Float.floatToRawIntBits(value));
    }

    /**
     * Instructions that compute a kernel: lines that end with a semicolon and a newline.
     *
     * @param module takes the functions that are called
     * @param type of what a kernel computes with, compares, or chooses between: FLOAT32 computes in float32, functions in
     *     float64 with their results rounded; BOOL chooses between predicates, which are compared as numbers; any other computes
     *     in float64, integers too
     * @param result a register, or a predicate where the kernel gives a boolean
     * @param operands registers, predicates, or literals: also numbers for known booleans
     */
    public static String spell(PtxModule module, Kernel kernel, DType type, String result, String... operands) {
        String number = type == DType.FLOAT32 ? "f32" : "f64";
        if (kernel instanceof Comparison comparison) {
            return comparison.isLogical()
                    ? PredicateText.connect(comparison, result, operands[0], operands[1])
                    : line("setp." + word(comparison) + "." + number, result, operands);
        } else if (kernel instanceof Cast cast) {
            return cast(cast.to(), number, result, operands[0]);
        } else if (kernel instanceof Elementwise operation) {
            return elementwise(module, operation, number, result, operands);
        }
        return type == DType.BOOL
                ? select(result, operands[0], operands[1], operands[2])
                : PredicateText.select(number, result, operands[0], operands[1], operands[2]);
    }

    /** A choice between booleans. */
    public static String select(String result, String condition, String yes, String no) {
        return PredicateText.select(result, condition, yes, no);
    }

    static String line(String word, String result, String... operands) {
        return "\t" + word + " " + result + ", " + String.join(", ", operands) + ";\n";
    }

    static String word(Comparison comparison) {
        return comparison == Comparison.NE ? "neu" : comparison.name().toLowerCase(Locale.ROOT);
    }

    private static String elementwise(
            PtxModule module, Elementwise operation, String number, String result, String... operands) {
        String name = operation.name().toLowerCase(Locale.ROOT);
        return switch (operation) {
            case NEG, ABS -> line(name + "." + number, result, operands);
            case ADD, SUB, MUL, DIV, SQRT -> line(name + ".rn." + number, result, operands);
            case FLOOR -> line("cvt.rmi." + number + "." + number, result, operands);
            case CEIL -> line("cvt.rpi." + number + "." + number, result, operands);
            case MAX, MIN -> extremum(name, number, result, operands[0], operands[1]);
            default ->
                number.equals("f32")
                        ? widened(module, operation, result, operands)
                        : call(function(module, operation), result, operands);
        };
    }

    private static String call(String function, String result, String... operands) {
        return "\tcall (" + result + "), " + function + ", (" + String.join(", ", operands) + ");\n";
    }

    /** PTX's own takes the one that is a number, and knows -0 from 0 as Java does. */
    private static String extremum(String name, String number, String result, String x, String y) {
        String none = number.equals("f32") ? literal(Float.NaN) : literal(Double.NaN);
        return "\t{\n\t.reg .pred %own0;\n\t.reg ." + number + " %own1;\n"
                + line("setp.nan." + number, "%own0", x, y)
                + line(name + "." + number, "%own1", x, y)
                + line("selp." + number, result, none, "%own1", "%own0") + "\t}\n";
    }

    private static String widened(PtxModule module, Elementwise operation, String result, String... operands) {
        String[] wide = new String[operands.length];
        StringBuilder text = new StringBuilder("\t{\n\t.reg .f64 %own<" + (operands.length + 1) + ">;\n");
        for (int i = 0; i < operands.length; i++) {
            wide[i] = "%own" + (i + 1);
            text.append(line("cvt.f64.f32", wide[i], operands[i]));
        }
        return text.append(call(function(module, operation), "%own0", wide))
                .append(line("cvt.rn.f32.f64", result, "%own0"))
                .append("\t}\n")
                .toString();
    }

    /** Adds the function of float64 numbers that computes an operation; gives its name for calls. */
    public static String function(PtxModule module, Elementwise operation) {
        String name = operation.name().toLowerCase(Locale.ROOT);
        return switch (operation) {
            case ROUND -> module.function(Arithmetic.class, name);
            case ACOSH, POW -> module.function(Elementary.class, name);
            default -> module.function(PlainMath.class, name);
        };
    }

    /** Within numbers of one kind of register; true is 1. */
    private static String cast(DType to, String number, String result, String x) {
        boolean single = number.equals("f32");
        return switch (to) {
            case FLOAT64 -> line("mov." + number, result, x);
            case FLOAT32 ->
                single
                        ? line("mov.f32", result, x)
                        : "\t{\n\t.reg .f32 %own0;\n" + line("cvt.rn.f32.f64", "%own0", x)
                                + line("cvt.f64.f32", result, "%own0") + "\t}\n";
            case INT32, INT64 -> whole(to == DType.INT32 ? "32" : "64", number, result, x);
            case BOOL -> line("setp.neu." + number, result, x, single ? literal(0f) : literal(0d));
        };
    }

    /** Towards zero, to the nearest that there is, NaN to 0. */
    private static String whole(String size, String number, String result, String x) {
        return "\t{\n\t.reg .pred %own0;\n\t.reg .b" + size + " %own1;\n"
                + line("setp.nan." + number, "%own0", x, x)
                + line("cvt.rzi.s" + size + "." + number, "%own1", x)
                + line("selp.b" + size, "%own1", "0", "%own1", "%own0")
                + line("cvt.rn." + number + ".s" + size, result, "%own1") + "\t}\n";
    }
}
