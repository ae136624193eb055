package org.curvature4j.internal.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.curvature4j.internal.cli.options.ModelName;
import org.curvature4j.internal.cli.options.Shapes;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.UsageException;
import org.curvature4j.internal.cli.subject.GraphReport;
import org.curvature4j.internal.cli.subject.GraphSource;
import org.curvature4j.internal.cli.subject.KinkReports;
import org.curvature4j.internal.cli.subject.OperationReport;
import org.curvature4j.internal.cli.subject.Possibilities;
import org.curvature4j.internal.cli.subject.Wiring;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.onnx.Quantized;
import org.curvature4j.samediff.ImportRules;
import org.curvature4j.samediff.OpReport;
import org.curvature4j.samediff.SameDiffImport;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SameDiff;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code curvature inspect}. */
@Command(
        name = "inspect",
        sortOptions = false,
        customSynopsis = "curvature inspect --model FILE|NAME [--output NAME] [--list]",
        description = {
            "What a model consists of, and what can be asked of it.",
            "Inputs, outputs, parameters; kinds of operations: smooth, with kinks, or not",
            "supported, and why; sizes and arithmetic of derivatives; commands to go on",
            "with. Nothing of the model is computed."
        },
        footer = {
            "",
            "Examples:",
            "  curvature inspect --model net.fb",
            "  curvature inspect --model net.onnx --list",
            "  curvature inspect --model net.fb --output loss --json"
        })
final class InspectCommand extends CurvatureCommand {
    /** What other commands need for models that round what they compute. */
    private static final List<String> STRAIGHT_THROUGH = List.of("--quantized", "straight-through");

    @Option(
            names = "--model",
            required = true,
            paramLabel = "FILE|NAME",
            description = "A file or a name, as in all commands.")
    private String model = "";

    @Option(names = "--output", paramLabel = "NAME", description = "Only what this variable needs.")
    private @Nullable String output;

    @Option(
            names = "--shape",
            paramLabel = "NAME=SIZES",
            description = "The whole shape of a placeholder, as in x=1,28,28.")
    private Map<String, String> shapes = new LinkedHashMap<>();

    @Option(names = "--list", description = "Each operation by itself, not by kind.")
    private boolean list;

    @Override
    void check() {
        Shapes.parse(shapes);
        ModelName.check("--model", model);
    }

    @Override
    void run(Report report) {
        Backend.get();
        GraphSource source = GraphSource.open(model, 0, Quantized.STRAIGHT_THROUGH);
        SameDiff graph = source.graph();
        if (output != null && !graph.hasVariable(output)) {
            throw new UsageException("--output: expected a variable of the graph, such as its outputs "
                    + Wiring.declared(graph) + ", got '" + output + "'");
        }
        source.close(Shapes.parse(shapes));
        report.text(source.name() + (source.description().isEmpty() ? "" : ": " + source.description()));
        source.origin(report, 0);
        report.field("model", source.name());
        List<String> outputs = output == null ? List.of() : List.of(output);
        List<OpReport> operations = SameDiffImport.inspect(graph, outputs, ImportRules.standard());
        boolean isTried = Possibilities.tooLarge(graph, output, operations.size()) == null;
        if (isTried) {
            operations = SameDiffImport.attempt(graph, outputs, ImportRules.standard());
        }
        GraphReport.variables(report, graph, output);
        OperationReport told = new OperationReport(operations, isTried);
        told.describe(report, list);
        // Whether a function is flat follows from derivatives, which aren't made of what is too large.
        KinkReports.inspect(report, graph, !isTried ? List.of() : output == null ? Wiring.declared(graph) : outputs);
        new Possibilities(graph, output, operations)
                .describe(report, source, told.quantizes() ? STRAIGHT_THROUGH : List.of(), shapes);
    }
}
