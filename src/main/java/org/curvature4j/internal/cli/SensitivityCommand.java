package org.curvature4j.internal.cli;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.curvature4j.Jacobian;
import org.curvature4j.internal.cli.options.Destination;
import org.curvature4j.internal.cli.options.FigureOptions;
import org.curvature4j.internal.cli.options.Headings;
import org.curvature4j.internal.cli.options.ModelOptions;
import org.curvature4j.internal.cli.options.ResumeOptions;
import org.curvature4j.internal.cli.options.RowOptions;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.Timing;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.internal.cli.run.ArrayFile;
import org.curvature4j.internal.cli.run.Experiment;
import org.curvature4j.internal.cli.run.Provenance;
import org.curvature4j.internal.cli.run.RunFiles;
import org.curvature4j.internal.cli.run.Segments;
import org.curvature4j.internal.cli.run.SensitivityComputation;
import org.curvature4j.internal.cli.subject.ChosenFunction;
import org.curvature4j.internal.cli.subject.PointSet;
import org.curvature4j.plot.Figure;
import org.curvature4j.plot.SensitivityPlot;
import org.curvature4j.spectrum.Sensitivity;
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
final class SensitivityCommand extends BatchCommand {
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

    @ArgGroup(validate = false, order = 40, heading = Headings.LONG)
    private ResumeOptions resume = new ResumeOptions();

    @Override
    void check() {
        model.check();
        points.check();
        resume.check(out != null);
    }

    @Override
    List<String> contents() {
        return List.of(VALUES, FIGURE);
    }

    @Override
    SensitivityComputation open() {
        ChosenFunction subject = ChosenFunction.open(model, points.data());
        Jacobian jacobian = Jacobian.of(subject.function());
        try {
            PointSet source = PointSet.of(points, subject);
            if (source.rows() == 0) {
                source.close();
                throw new IllegalArgumentException("points: expected at least one, got none");
            }
            return new SensitivityComputation(subject, source, jacobian, VALUES, PointSet.isPresent(points, subject));
        } catch (RuntimeException e) {
            jacobian.close();
            throw e;
        }
    }

    @Override
    void runHere(Report report) {
        long start = System.nanoTime();
        try (SensitivityComputation computation = open()) {
            explain(computation.engine(), "singular values", false);
            computation.describe(report);
            figure.use(out, FIGURE);
            Timing.describe(report, start, compute(computation, report), "point");
        }
    }

    /** Returns how many points were computed now, not by an earlier run that this one went on with. */
    private long compute(SensitivityComputation computation, Report report) {
        ChosenFunction subject = computation.subject();
        long count = computation.count();
        @Nullable Path file = Destination.fileOf(out, VALUES);
        List<ArrayFile> arrays = ArrayFile.all(computation, Collections.singletonList(file));
        Map<String, String> run = Provenance.of(name(), computation, arrays);
        @Nullable Experiment experiment = out == null ? null : Experiment.open(out, run, resume.resume());
        if (experiment != null && experiment.isComplete()) {
            experiment.describeComplete(report);
            return 0;
        }
        try (RunFiles files = RunFiles.open(arrays, run, count, resume.resume(), errors())) {
            long before = files.complete();
            files.describe(report, before);
            List<Sensitivity.Rank> ranking = computation.describeRanking(
                    report,
                    new Segments(files, resume.seconds()).run(computation, Collections.singletonList(file), "point"));
            figure.draw(report, () -> draw(subject, ranking, count));
            if (experiment != null) {
                experiment.write(
                        report,
                        Stream.ofNullable(file).toList(),
                        Stream.ofNullable(figure.file()).toList(),
                        count - before);
            }
            files.finish();
            report.written(file, figure.file());
            return count - before;
        }
    }

    private static Figure draw(ChosenFunction subject, List<Sensitivity.Rank> ranking, long count) {
        return SensitivityPlot.of(
                ranking.stream().map(Sensitivity.Rank::name).toList(),
                ranking.stream().mapToDouble(Sensitivity.Rank::norm).toArray(),
                "'" + subject.output() + "' of " + subject.source().name() + ", " + Words.count(count, "point"));
    }
}
