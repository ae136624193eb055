package org.curvature4j.internal.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.curvature4j.Jacobian;
import org.curvature4j.internal.cli.options.Destination;
import org.curvature4j.internal.cli.options.FigureOptions;
import org.curvature4j.internal.cli.options.Headings;
import org.curvature4j.internal.cli.options.ModelOptions;
import org.curvature4j.internal.cli.options.RowOptions;
import org.curvature4j.internal.cli.report.ProgressDisplay;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.SensitivityReports;
import org.curvature4j.internal.cli.report.Timing;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.internal.cli.run.ArrayFile;
import org.curvature4j.internal.cli.run.Experiment;
import org.curvature4j.internal.cli.run.Provenance;
import org.curvature4j.internal.cli.run.RunFiles;
import org.curvature4j.internal.cli.subject.ChosenFunction;
import org.curvature4j.internal.cli.subject.PointSet;
import org.curvature4j.plot.Figure;
import org.curvature4j.plot.SensitivityPlot;
import org.curvature4j.spectrum.JacobianSink;
import org.curvature4j.spectrum.Sensitivity;
import org.curvature4j.stream.RowSink;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code curvature sensitivity}. */
@Command(
        name = "sensitivity",
        sortOptions = false,
        customSynopsis = {"curvature sensitivity MODEL POINTS [--out S.npy|DIR] [--plot S.png] ..."},
        description = {
            "Singular values of a function's Jacobian at each point.",
            "log |det| of square ones, and which inputs move the outputs most. The file",
            "holds [B, min(m, n)], descending; with --wrt of variables and no points",
            "[min(m, n)]."
        },
        footer = {
            "",
            "Examples:",
            "  curvature sensitivity --model tanh --random 1000 --seed 1 --plot S.png",
            "  curvature sensitivity --model net.fb --output logits --points X.npy \\",
            "            --out S.npy"
        })
final class SensitivityCommand extends CurvatureCommand {
    private static final String VALUES = "singular-values.npy";
    private static final String FIGURE = "sensitivity.png";

    @Option(
            names = "--out",
            converter = Destination.ArrayOrFolder.class,
            paramLabel = "FILE.npy|DIR",
            description = {"Where the singular values go.", "A folder gets a manifest and the figure too."})
    private @Nullable Destination out;

    @ArgGroup(validate = false, order = 10, heading = Headings.MODEL)
    private ModelOptions model = new ModelOptions();

    @ArgGroup(validate = false, order = 20, heading = Headings.POINTS)
    private RowOptions points = new RowOptions();

    @ArgGroup(validate = false, order = 30, heading = Headings.RESULTS)
    private FigureOptions figure = new FigureOptions();

    @Override
    void check() {
        model.check();
        points.check();
    }

    @Override
    List<String> contents() {
        return List.of(VALUES, FIGURE);
    }

    @Override
    void run(Report report) {
        ChosenFunction subject = ChosenFunction.open(model, points.data());
        boolean present = PointSet.isPresent(points, subject);
        report.text("Sensitivity of " + subject.title());
        subject.describe(report);
        figure.use(out, FIGURE);
        long start = System.nanoTime();
        try (PointSet source = PointSet.of(points, subject);
                Jacobian jacobian = Jacobian.of(subject.function())) {
            explain(jacobian.describe(), "singular values", false);
            if (source.rows() == 0) {
                throw new IllegalArgumentException("points: expected at least one, got none");
            }
            source.describe(report);
            compute(subject, source, jacobian, present, report);
            Timing.describe(report, start, source.rows(), "point");
        }
    }

    private void compute(ChosenFunction subject, PointSet source, Jacobian jacobian, boolean present, Report report) {
        int rows = Math.toIntExact(subject.function().outputSize());
        int columns = Math.toIntExact(subject.inputSize());
        long count = source.rows();
        @Nullable Path file = Destination.fileOf(out, VALUES);
        List<ArrayFile> arrays = Stream.ofNullable(file)
                .map(name -> ArrayFile.of(name, subject.type(), present, count, Math.min(rows, columns)))
                .toList();
        Map<String, String> run = Provenance.begin(name());
        subject.identify(run);
        source.identify(run);
        arrays.forEach(array -> array.identify(run));
        Provenance.addMachine(run, jacobian.describe());
        @Nullable Experiment experiment = out == null ? null : Experiment.open(out, run, false);
        try (RunFiles files = RunFiles.open(arrays, run, count, false, errors())) {
            @Nullable RowSink written = files.sink(file);
            RowSink values = written == null ? (first, some, numbers) -> {} : written;
            try (JacobianSink sink =
                    new JacobianSink(rows, columns, subject.type().dataType(), values)) {
                try (ProgressDisplay progress = ProgressDisplay.of(count, 0, "point")) {
                    jacobian.streamRows(source, sink, progress);
                }
                files.publish(Map.of());
                SensitivityReports.describe(report, sink.summary());
                List<Sensitivity.Rank> ranking =
                        SensitivityReports.describe(report, sink.sensitivity(), jacobian.blocks(), subject.names());
                figure.draw(report, () -> draw(subject, ranking, count));
            }
            if (experiment != null) {
                experiment.write(
                        report,
                        Stream.ofNullable(file).toList(),
                        Stream.ofNullable(figure.file()).toList(),
                        count);
            }
            files.finish();
            report.written(file, figure.file());
        }
    }

    private static Figure draw(ChosenFunction subject, List<Sensitivity.Rank> ranking, long count) {
        return SensitivityPlot.of(
                ranking.stream().map(Sensitivity.Rank::name).toList(),
                ranking.stream().mapToDouble(Sensitivity.Rank::norm).toArray(),
                "'" + subject.output() + "' of " + subject.source().name() + ", " + Words.count(count, "point"));
    }
}
