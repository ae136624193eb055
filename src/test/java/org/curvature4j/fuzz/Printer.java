package org.curvature4j.fuzz;

import java.util.List;
import java.util.stream.Collectors;
import org.curvature4j.fuzz.Item.Given;
import org.curvature4j.fuzz.Item.Kind;
import org.curvature4j.fuzz.Item.Step;
import org.nd4j.linalg.api.buffer.DataType;

/** A program as Java code, to paste into a test. */
final class Printer {
    private Printer() {}

    static String code(Program program) {
        StringBuilder code = new StringBuilder("SameDiff sd = SameDiff.create();\n");
        for (Item item : program.items()) {
            code.append("SDVariable ").append(item.name()).append(" = ");
            code.append(
                    item instanceof Given given
                            ? declaration(given)
                            : ((Step) item).code(((Step) item).operands()::get));
            code.append(";").append(comment(item)).append('\n');
        }
        return code.toString();
    }

    private static String declaration(Given given) {
        String name = '"' + given.name() + '"';
        String dims = Draw.list(given.shape().toArray());
        return switch (given.kind()) {
            case POINT, FED ->
                "sd.placeHolder(" + name + ", DataType." + given.type() + (dims.isEmpty() ? "" : ", " + dims) + ")";
            case VARIABLE -> "sd.var(" + name + ", " + array(given) + ")";
            case CONSTANT -> "sd.constant(" + name + ", " + array(given) + ")";
        };
    }

    private static String comment(Item item) {
        boolean fed = item instanceof Given given && (given.kind() == Kind.POINT || given.kind() == Kind.FED);
        return fed ? " // " + (((Given) item).varies() ? "at " : "fed ") + array((Given) item) : "";
    }

    /** Code of a given value's array. */
    private static String array(Given given) {
        String dims = "new long[] {" + Draw.list(given.shape().toArray()) + "}";
        if (given.values().isEmpty()) {
            return "Nd4j.create(DataType." + given.type() + ", " + dims + ")";
        }
        String array = "Nd4j.create(new double[] {" + numbers(given.values()) + "}, " + dims + ", 'c')";
        return given.type() == DataType.DOUBLE ? array : array + ".castTo(DataType." + given.type() + ")";
    }

    private static String numbers(List<Double> values) {
        return values.stream().map(Printer::number).collect(Collectors.joining(", "));
    }

    private static String number(double value) {
        if (Double.isInfinite(value)) {
            return "Double." + (value > 0 ? "POSITIVE" : "NEGATIVE") + "_INFINITY";
        }
        return Double.isNaN(value) ? "Double.NaN" : Double.toString(value);
    }
}
