package org.curvature4j.internal.engine.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.curvature4j.graph.DType;
import org.curvature4j.op.Cast;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Kernel;

/**
 * Java code of elementwise operations, as format strings with the operands at {@code %1$s}, {@code %2$s} ..., and loops
 * compiled from it: one for each expression, whatever functions it stands in, so that the JIT has seen most of them before.
 */
public final class ElementwiseCode {
    private static final Map<String, ElementwiseLoop> LOOPS = new ConcurrentHashMap<>();
    private static final Map<String, PointLoop> POINT_LOOPS = new ConcurrentHashMap<>();

    /** Elements of a point's row that are computed before any of them is stored. */
    private static final int AT_ONCE = 8;

    /** A point's row up to this length is written out. */
    private static final int WRITTEN_OUT = 32;

    private ElementwiseCode() {}

    /** Of a kernel on numbers, true being 1. */
    public static String of(Kernel kernel) {
        if (kernel instanceof Elementwise operation) {
            String[] operands = {"%1$s", "%2$s"};
            return "(" + JavaDialect.spell(operation, (Object[]) operands) + ")";
        } else if (kernel instanceof Comparison comparison) {
            String operand = comparison.isLogical() ? "(%s != 0)" : "%s";
            String left = String.format(operand, "%1$s");
            String right = String.format(operand, "%2$s");
            return "(" + JavaDialect.spell(comparison, left, right) + " ? 1.0 : 0.0)";
        }
        return "(" + JavaDialect.spell(kernel, "%1$s != 0", "%2$s", "%3$s") + ")";
    }

    /** Within numbers held as doubles. */
    public static String cast(DType from, DType to) {
        boolean keeps = to != DType.BOOL && (from == DType.BOOL || !from.isFloat());
        String code = JavaDialect.spell(new Cast(keeps ? DType.FLOAT64 : to), "%1$s");
        return to == DType.BOOL ? "(" + code + " ? 1.0 : 0.0)" : code;
    }

    /**
     * A loop over elements.
     *
     * @param repeated for each operand, whether it doesn't change within a row
     */
    public static ElementwiseLoop loop(String code, List<Boolean> repeated) {
        return LOOPS.computeIfAbsent(
                repeated + code, any -> GeneratedClass.instance(ElementwiseLoop.class, body(code, repeated)));
    }

    /**
     * A loop over one point's elements, as {@link #loop}.
     *
     * @param length of a row; a short one is written out, since to enter a loop over it takes as long as all its elements
     */
    public static PointLoop pointLoop(String code, List<Boolean> repeated, int length) {
        int written = length <= WRITTEN_OUT ? length : 0;
        return POINT_LOOPS.computeIfAbsent(
                repeated + code + written,
                any -> GeneratedClass.instance(PointLoop.class, pointBody(code, repeated, written)));
    }

    /** @param written the length of all rows; 0 if it is for the caller to say */
    private static String pointBody(String code, List<Boolean> repeated, int written) {
        StringBuilder outside = new StringBuilder();
        StringBuilder inside = new StringBuilder();
        List<String> names = new ArrayList<>();
        for (int k = 0; k < repeated.size(); k++) {
            outside.append("double[] x" + k + " = in[" + k + "];\nint[] at" + k + " = at[" + k + "];\n");
            String first = "at" + k + "[row] + point * step[" + k + "]";
            inside.append(
                    repeated.get(k)
                            ? "double s" + k + " = x" + k + "[" + first + "];\n"
                            : "int first" + k + " = " + first + ";\n");
            names.add(repeated.get(k) ? "s" + k : "x" + k + "[first" + k + " + i + %d]");
        }
        StringBuilder elements = new StringBuilder();
        elements.append("int i = 0;\n");
        if (written > 0) {
            appendElements(elements, code, names, written);
        } else {
            elements.append("for (; i < length; i++) {\n");
            appendElements(elements, code, names, 1);
            elements.append("}\n");
        }
        return "public void run("
                + "double[][] in, int[][] at, int[] step, int point, double[] z, int to, int length) {\n"
                + outside
                + "int first = to;\n"
                + "for (int row = 0; row < at0.length; row++) {\n"
                + inside
                + elements
                + "first += length;\n}\n}\n";
    }

    /** Elements of a row, of which several are computed before they are stored. */
    private static void appendElements(StringBuilder text, String code, List<String> names, int count) {
        for (int i = 0; i < count; i++) {
            String element = String.valueOf(i);
            Object[] operands =
                    names.stream().map(name -> name.replace("%d", element)).toArray();
            text.append("double z" + i + " = " + String.format(code, operands) + ";\n");
            if ((i + 1) % AT_ONCE == 0 || i + 1 == count) {
                for (int k = i - i % AT_ONCE; k <= i; k++) {
                    text.append("z[first + i + " + k + "] = z" + k + ";\n");
                }
            }
        }
    }

    private static String body(String code, List<Boolean> repeated) {
        StringBuilder outside = new StringBuilder();
        StringBuilder inside = new StringBuilder();
        List<String> names = new ArrayList<>();
        for (int k = 0; k < repeated.size(); k++) {
            outside.append("double[] x" + k + " = in[" + k + "];\n");
            if (repeated.get(k)) {
                outside.append("int[] at" + k + " = at[" + k + "];\n");
                inside.append("double s" + k + " = x" + k + "[at" + k + "[row]];\n");
            }
            names.add(repeated.get(k) ? "s" + k : "x" + k + "[i]");
        }
        return "public void run(double[][] in, int[][] at, double[] z, int from, int rows, int length) {\n"
                + outside
                + "int first = from;\n"
                + "for (int row = 0; row < rows; row++) {\n"
                + inside
                + "int end = first + length;\n"
                + "for (int i = first; i < end; i++) {\n"
                + "z[i] = " + String.format(code, names.toArray()) + ";\n"
                + "}\nfirst = end;\n}\n}\n";
    }
}
