package org.curvature4j.internal.cli.subject;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.curvature4j.KinkReport;
import org.curvature4j.Kinks;
import org.curvature4j.TensorFunction;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.stream.RowSource;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** Kinks in both forms of a report. */
public final class KinkReports {
    private KinkReports() {}

    public static KinkReport count(TensorFunction function, PointSet points) {
        return count(function, points, 0, points.rows());
    }

    /** Of a range of the points. */
    public static KinkReport count(TensorFunction function, PointSet points, long first, long count) {
        try (Kinks kinks = Kinks.of(function)) {
            RowSource[] data = Stream.of(points.data())
                    .map(rows -> rows.part(first, count))
                    .toArray(RowSource[]::new);
            return kinks.count(points.alone().part(first, count), data);
        }
    }

    /** Adds how many points lie on kinks; for people, nothing where there are none to lie on. */
    public static void describe(Report report, KinkReport kinks) {
        if (!kinks.operations().isEmpty() || kinks.flat()) {
            report.line("kinks", kinks.words());
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("points", kinks.points());
        fields.put("onKinks", kinks.onKinks());
        fields.put("flat", kinks.flat());
        fields.put("operations", operations(kinks));
        report.field("kinks", fields);
    }

    /** Adds for each output by its only input whether second derivatives are zero between kinks. */
    public static void inspect(Report report, SameDiff graph, List<String> outputs) {
        List<Map<String, Object>> found = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (String output : outputs) {
            List<SDVariable> inputs = Wiring.placeholders(graph, output);
            if (inputs.size() == 1 && Wiring.isFloating(inputs.get(0))) {
                String input = inputs.get(0).name();
                KinkReport kinks = inGeneral(graph, output, input);
                if (kinks != null) {
                    Map<String, Object> fields = new LinkedHashMap<>();
                    fields.put("output", output);
                    fields.put("by", input);
                    fields.put("flat", kinks.flat());
                    fields.put("operations", operations(kinks));
                    found.add(fields);
                }
                if (kinks != null && kinks.flat()) {
                    lines.add("'" + output + "' by " + input + ": " + kinks.flatness());
                }
            }
        }
        if (!lines.isEmpty()) {
            report.line("kinks", String.join("\n", lines));
        }
        report.field("kinks", found);
    }

    /** Null where the graph can't be taken over like that: what is unsupported is told by itself. */
    private static @Nullable KinkReport inGeneral(SameDiff graph, String output, String input) {
        try {
            return Kinks.inGeneral(TensorFunction.of(graph, output, input));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static List<Map<String, Object>> operations(KinkReport kinks) {
        return kinks.operations().stream()
                .map(count -> {
                    Map<String, Object> fields = new LinkedHashMap<>();
                    fields.put("op", count.operation());
                    fields.put("variable", count.variable());
                    fields.put("points", count.points());
                    fields.put("words", count.words());
                    return fields;
                })
                .toList();
    }

    /** An error about a result that isn't finite, with the kinks that may be its reason. */
    public static IllegalArgumentException explained(IllegalArgumentException error, @Nullable KinkReport kinks) {
        return kinks == null || kinks.onKinks() == 0
                ? error
                : new IllegalArgumentException(error.getMessage() + "; " + kinks.words(), error);
    }
}
