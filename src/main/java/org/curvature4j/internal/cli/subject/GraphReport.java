package org.curvature4j.internal.cli.subject;

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
import org.curvature4j.samediff.OpReport;
import org.curvature4j.samediff.SameDiffImport;
import org.curvature4j.samediff.Smoothness;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;

/** A graph in both forms of a report. */
public final class GraphReport {
    private static final String UNSUPPORTED = "unsupported";

    private GraphReport() {}

    /**
     * Adds inputs, outputs and trainable variables.
     *
     * @param output to which what is told is limited; null for the whole graph
     */
    public static void variables(Report report, SameDiff graph, @Nullable String output) {
        List<String> outputs = output == null ? Wiring.outputs(graph) : List.of(output);
        List<SDVariable> inputs = ofType(graph, VariableType.PLACEHOLDER, output);
        List<SDVariable> trainable = ofType(graph, VariableType.VARIABLE, output);
        long parameters = trainable.stream().mapToLong(GraphReport::size).sum();
        report.line("inputs", lines(inputs, "none"));
        report.line("outputs", outputs.isEmpty() ? "none" : names(outputs));
        report.line(
                "parameters",
                lines(trainable, "none")
                        + (trainable.size() > 1 ? "\n" + Words.count(parameters, "number") + " in all" : ""));
        report.line(
                "constants",
                Words.count(ofType(graph, VariableType.CONSTANT, output).size(), "array"));
        report.field("inputs", inputs.stream().map(GraphReport::fields).toList());
        report.field("outputs", outputs);
        report.field("parameters", trainable.stream().map(GraphReport::fields).toList());
        report.field("parameterCount", parameters);
    }

    private static List<SDVariable> ofType(SameDiff graph, VariableType type, @Nullable String output) {
        @Nullable Set<String> needed = output == null ? null : SameDiffImport.leaves(graph, List.of(output));
        return graph.variables().stream()
                .filter(variable -> variable.getVariableType() == type)
                .filter(variable -> needed == null || needed.contains(variable.name()))
                .toList();
    }

    private static String lines(List<SDVariable> variables, String otherwise) {
        int width = variables.stream()
                .mapToInt(variable -> Printable.name(variable.name()).length())
                .max()
                .orElse(0);
        return variables.isEmpty()
                ? otherwise
                : variables.stream()
                        .map(variable -> padded(Printable.name(variable.name()), width) + " " + shape(variable) + " "
                                + type(variable))
                        .collect(Collectors.joining("\n"));
    }

    private static String padded(String name, int width) {
        return name + " ".repeat(width - name.length());
    }

    private static String names(List<String> names) {
        return names.stream().map(Printable::name).collect(Collectors.joining(", "));
    }

    private static String shape(SDVariable variable) {
        long[] shape = variable.getShape();
        return shape == null ? "of any shape" : Words.shape(shape);
    }

    private static String type(SDVariable variable) {
        return switch (variable.dataType()) {
            case DOUBLE -> "float64";
            case FLOAT -> "float32";
            default -> variable.dataType().name().toLowerCase(Locale.ROOT);
        };
    }

    private static long size(SDVariable variable) {
        long[] shape = variable.getShape();
        return shape == null ? 0 : LongStream.of(shape).reduce(1, (a, b) -> a * b);
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

    /** Adds every operation, and what they come to. */
    public static void operations(Report report, List<OpReport> operations) {
        int width = operations.stream()
                .mapToInt(operation -> operation.op().length())
                .max()
                .orElse(0);
        report.line(
                "operations",
                operations.isEmpty()
                        ? "none"
                        : operations.stream()
                                .map(operation ->
                                        String.format("%-" + width + "s  %s", operation.op(), told(operation)))
                                .collect(Collectors.joining("\n")));
        notes(report, operations);
        report.line("summary", summary(operations));
        report.field("operations", operations.stream().map(GraphReport::fields).toList());
        report.field("supported", operations.stream().allMatch(OpReport::supported));
        report.field("smooth", operations.stream().allMatch(one -> one.smoothness() == Smoothness.SMOOTH));
    }

    private static String told(OpReport operation) {
        return verdict(operation) + " -> " + names(operation.variables());
    }

    /** Each operation's note once. */
    private static void notes(Report report, List<OpReport> operations) {
        Map<String, String> notes = new LinkedHashMap<>();
        operations.stream()
                .filter(operation -> !operation.note().isEmpty())
                .forEach(operation -> notes.put(operation.op(), operation.note()));
        if (!notes.isEmpty()) {
            report.line(
                    "notes",
                    notes.entrySet().stream()
                            .map(entry -> entry.getKey() + ": " + entry.getValue())
                            .collect(Collectors.joining("\n")));
        }
    }

    private static String verdict(OpReport operation) {
        Smoothness smoothness = operation.smoothness();
        return smoothness == null ? UNSUPPORTED : smoothness.label();
    }

    private static String summary(List<OpReport> operations) {
        long unsupported = operations.stream().filter(one -> !one.supported()).count();
        if (unsupported > 0) {
            return unsupported + " of " + Words.count(operations.size(), "operation") + " unsupported";
        }
        long bent = operations.stream()
                .filter(one -> one.smoothness() != Smoothness.SMOOTH)
                .count();
        return Words.count(operations.size(), "operation") + ", all supported, "
                + (bent == 0 ? "all smooth" : bent + " with kinks or steps");
    }

    private static Map<String, Object> fields(OpReport operation) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("op", operation.op());
        fields.put("variables", operation.variables());
        fields.put("supported", operation.supported());
        fields.put("smoothness", verdict(operation));
        fields.put("note", operation.note());
        return fields;
    }
}
