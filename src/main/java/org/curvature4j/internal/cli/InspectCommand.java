package org.curvature4j.internal.cli;

import java.util.List;
import org.curvature4j.internal.cli.options.ModelName;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.UsageException;
import org.curvature4j.internal.cli.subject.GraphReport;
import org.curvature4j.internal.cli.subject.GraphSource;
import org.curvature4j.internal.cli.subject.KinkReports;
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
        customSynopsis = "curvature inspect --model FILE.fb|NAME [--output NAME]",
        description = {
            "What a graph consists of, and whether it is supported.",
            "Inputs, outputs, trainable variables, and for every operation whether it is",
            "supported, and smooth or with kinks."
        },
        footer = {
            "",
            "Examples:",
            "  curvature inspect --model net.fb",
            "  curvature inspect --model net.fb --output loss --json"
        })
final class InspectCommand extends CurvatureCommand {
    @Option(
            names = "--model",
            required = true,
            paramLabel = "FILE.fb|NAME",
            description = "A file or a name, as in all commands.")
    private String model = "";

    @Option(names = "--output", paramLabel = "NAME", description = "Only what this variable needs.")
    private @Nullable String output;

    @Override
    void check() {
        ModelName.check("--model", model);
    }

    @Override
    void run(Report report) {
        Backend.get();
        GraphSource source = GraphSource.open(model, 0, Quantized.STRAIGHT_THROUGH);
        SameDiff graph = source.graph();
        List<String> outputs = output == null ? List.of() : List.of(output);
        if (output != null && !graph.hasVariable(output)) {
            throw new UsageException("--output: expected a variable of the graph, such as its outputs "
                    + Wiring.outputs(graph) + ", got '" + output + "'");
        }
        report.text(source.name() + (source.description().isEmpty() ? "" : ": " + source.description()));
        report.field("model", source.name());
        List<OpReport> operations = SameDiffImport.inspect(graph, outputs, ImportRules.standard());
        GraphReport.variables(report, graph, output);
        GraphReport.operations(report, operations);
        KinkReports.inspect(report, graph, output == null ? Wiring.outputs(graph) : outputs);
    }
}
