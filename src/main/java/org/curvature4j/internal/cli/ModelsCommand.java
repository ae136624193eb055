package org.curvature4j.internal.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.curvature4j.TensorFunction;
import org.curvature4j.data.Dataset;
import org.curvature4j.internal.cli.options.DatasetOptions;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.tutorial.ModelGraph;
import org.curvature4j.internal.tutorial.Models;
import org.nd4j.autodiff.samediff.VariableType;
import picocli.CommandLine.Command;

/** {@code curvature models}. */
@Command(
        name = "models",
        sortOptions = false,
        customSynopsis = "curvature models",
        description = {
            "The models and the data that come along.",
            "What --model and --function take by name, and what --data does."
        },
        footer = {"", "Examples:", "  curvature models", "  curvature models --json"})
final class ModelsCommand extends CurvatureCommand {
    /** What there is of a model to tell. */
    private record Model(String name, long inputs, long outputs, long parameters, String description) {
        static Model of(String name) {
            ModelGraph graph = Models.byName(name, 0);
            TensorFunction function = TensorFunction.of(graph.sd(), graph.output(), graph.input());
            long parameters = graph.sd().variables().stream()
                    .filter(variable -> variable.getVariableType() == VariableType.VARIABLE)
                    .mapToLong(variable -> variable.getArr().length())
                    .sum();
            return new Model(name, function.inputSize(), function.outputSize(), parameters, graph.description());
        }

        private String line(int width) {
            return String.format(
                    Locale.ROOT,
                    "%-" + width + "s  %2d -> %d, %s: %s",
                    name,
                    inputs,
                    outputs,
                    Words.count(parameters, "parameter"),
                    description);
        }
    }

    @Override
    void run(Report report) {
        Backend.get();
        List<Model> nets = new ArrayList<>();
        List<Model> functions = new ArrayList<>();
        Models.names().stream().map(Model::of).forEach(model -> (Models.isNet(model.name) ? nets : functions)
                .add(model));
        report.text(lines("Nets", nets));
        report.text(lines("Functions", functions));
        report.field("nets", nets).field("functions", functions);
        Dataset digits = Dataset.digits();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("name", DatasetOptions.DIGITS);
        data.put("rows", digits.rows());
        data.put("features", digits.features().size(1));
        data.put("classes", digits.targets().size(1));
        report.text("Data\n  " + DatasetOptions.DIGITS + "  " + Words.count(digits.rows(), "row") + " of "
                + Words.count(digits.features().size(1), "feature") + ", "
                + digits.targets().size(1)
                + " classes: the UCI handwritten digits");
        report.field("data", List.of(data));
    }

    private static String lines(String heading, List<Model> models) {
        int width = models.stream().mapToInt(model -> model.name.length()).max().orElse(0);
        return models.stream()
                .map(model -> model.line(width))
                .collect(Collectors.joining("\n  ", heading + "\n  ", ""));
    }
}
