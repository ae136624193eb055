package org.curvature4j.internal.cli.subject;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.internal.io.Printable;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.samediff.SameDiffImport;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.buffer.DataType;

/** What goes into a graph and comes out, in both forms of a report. */
public final class GraphReport {
    /** Arrays that are listed one by one; of more, the largest. */
    private static final int LISTED = 12;

    private GraphReport() {}

    /**
     * Adds inputs, outputs and trainable variables.
     *
     * @param output to which what is told is limited; null for the whole graph
     */
    public static void variables(Report report, SameDiff graph, @Nullable String output) {
        List<SDVariable> outputs = (output == null ? Wiring.declared(graph) : List.of(output))
                .stream().map(graph::getVariable).toList();
        @Nullable Set<String> needed = output == null ? null : SameDiffImport.leaves(graph, List.of(output));
        List<SDVariable> inputs = ofType(graph, VariableType.PLACEHOLDER, needed);
        List<SDVariable> trainable = ofType(graph, VariableType.VARIABLE, needed);
        List<SDVariable> constants = ofType(graph, VariableType.CONSTANT, needed);
        long parameters = trainable.stream().mapToLong(GraphReport::size).sum();
        report.line("inputs", lines(inputs, false));
        report.line("outputs", lines(outputs, false));
        report.line(
                "parameters",
                lines(trainable, true)
                        + (trainable.size() > 1
                                ? "\n" + Words.count(parameters, "number") + " in all, "
                                        + Numbers.bytes(bytes(trainable))
                                : ""));
        report.line(
                "constants",
                Words.count(constants.size(), "array")
                        + (constants.isEmpty() ? "" : ", " + Numbers.bytes(bytes(constants))));
        report.field("inputs", inputs.stream().map(GraphReport::fields).toList());
        report.field("outputs", outputs.stream().map(SDVariable::name).toList());
        report.field("parameters", trainable.stream().map(GraphReport::fields).toList());
        report.field("parameterCount", parameters);
        report.field("parameterBytes", bytes(trainable));
        report.field("constantCount", constants.size());
        report.field("constantBytes", bytes(constants));
    }

    private static List<SDVariable> ofType(SameDiff graph, VariableType type, @Nullable Set<String> needed) {
        return graph.variables().stream()
                .filter(variable -> variable.getVariableType() == type)
                .filter(variable -> needed == null || needed.contains(variable.name()))
                .toList();
    }

    /** @param sized whether how many numbers each has is told too */
    private static String lines(List<SDVariable> variables, boolean sized) {
        if (variables.isEmpty()) {
            return "none";
        }
        boolean all = variables.size() <= LISTED;
        List<SDVariable> listed = all
                ? variables
                : variables.stream()
                        .sorted(Comparator.comparingLong(GraphReport::size).reversed())
                        .limit(LISTED)
                        .toList();
        int width = listed.stream()
                .mapToInt(variable -> Printable.name(variable.name()).length())
                .max()
                .orElse(0);
        String rest = "\n... "
                + Words.count(variables.size() - listed.size(), "more array").replace("more arrays", "more");
        return listed.stream()
                        .map(variable -> padded(Printable.name(variable.name()), width) + " " + shape(variable)
                                + type(variable)
                                + (sized && rank(variable) > 1 ? ", " + Words.count(size(variable), "number") : ""))
                        .collect(Collectors.joining("\n"))
                + (all ? "" : rest);
    }

    private static String padded(String name, int width) {
        return name + " ".repeat(width - name.length());
    }

    private static String shape(SDVariable variable) {
        long[] shape = variable.getShape();
        if (shape == null) {
            return variable.getVariableType() == VariableType.ARRAY ? "" : "of any shape ";
        }
        return Words.shape(shape) + " ";
    }

    private static String type(SDVariable variable) {
        @Nullable DataType type = variable.dataType();
        if (type == null) {
            return "of unknown type";
        }
        return switch (type) {
            case DOUBLE -> "float64";
            case FLOAT -> "float32";
            case HALF -> "float16";
            case LONG -> "int64";
            case INT -> "int32";
            case SHORT -> "int16";
            case BYTE -> "int8";
            case UBYTE -> "uint8";
            default -> type.name().toLowerCase(Locale.ROOT);
        };
    }

    private static long size(SDVariable variable) {
        long[] shape = variable.getShape();
        return shape == null ? 0 : LongStream.of(shape).reduce(1, (a, b) -> a * b);
    }

    private static int rank(SDVariable variable) {
        long[] shape = variable.getShape();
        return shape == null ? 0 : shape.length;
    }

    /** What the arrays take in the graph, of variables that have some. */
    private static long bytes(List<SDVariable> variables) {
        return variables.stream()
                .mapToLong(variable -> size(variable) * variable.dataType().width())
                .sum();
    }

    private static Map<String, Object> fields(SDVariable variable) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", variable.name());
        long[] shape = variable.getShape();
        if (shape != null) {
            fields.put("shape", shape);
        }
        fields.put("dtype", type(variable));
        return fields;
    }
}
