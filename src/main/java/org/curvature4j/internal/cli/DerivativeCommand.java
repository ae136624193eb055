package org.curvature4j.internal.cli;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.curvature4j.PreparedFunction;
import org.curvature4j.internal.cli.options.Destination;
import org.curvature4j.internal.cli.options.Headings;
import org.curvature4j.internal.cli.options.ModelOptions;
import org.curvature4j.internal.cli.options.ResumeOptions;
import org.curvature4j.internal.cli.options.RowOptions;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.SmallMatrices;
import org.curvature4j.internal.cli.report.Timing;
import org.curvature4j.internal.cli.run.ArrayFile;
import org.curvature4j.internal.cli.run.DerivativeComputation;
import org.curvature4j.internal.cli.run.DerivativeComputation.Matrices;
import org.curvature4j.internal.cli.run.Experiment;
import org.curvature4j.internal.cli.run.Provenance;
import org.curvature4j.internal.cli.run.RunFiles;
import org.curvature4j.internal.cli.run.Segments;
import org.curvature4j.internal.cli.subject.ChosenFunction;
import org.curvature4j.internal.cli.subject.PointSet;
import org.curvature4j.stream.RowSink;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** A matrix at each point, streamed to a file. */
abstract class DerivativeCommand extends BatchCommand {
    @ArgGroup(validate = false, order = 10, heading = Headings.MODEL)
    private ModelOptions model = new ModelOptions();

    @ArgGroup(validate = false, order = 20, heading = Headings.POINTS)
    private RowOptions points = new RowOptions();

    @ArgGroup(validate = false, order = 40, heading = Headings.LONG)
    private ResumeOptions resume = new ResumeOptions();

    @Option(
            names = "--out",
            converter = Destination.ArrayOrFolder.class,
            paramLabel = "FILE.npy|DIR",
            description = {"Where the result goes; printed without it.", "A folder gets a manifest and figures too."})
    private @Nullable Destination out;

    @Override
    void check() {
        model.check();
        points.check();
        resume.check(out != null);
    }

    @Override
    final DerivativeComputation open() {
        ChosenFunction subject = ChosenFunction.open(model, points.data());
        PreparedFunction derivative = prepare(subject);
        try {
            Matrices matrices = matrices(subject, PointSet.isPresent(points, subject));
            return new DerivativeComputation(subject, PointSet.of(points, subject), derivative, matrices);
        } catch (RuntimeException e) {
            derivative.close();
            throw e;
        }
    }

    /** The derivative; refuses a function that it isn't for. */
    abstract PreparedFunction prepare(ChosenFunction subject);

    /** What its results are, of which there is one where the point is what the graph's variables are at. */
    abstract Matrices matrices(ChosenFunction subject, boolean single);

    @Override
    final void runHere(Report report) {
        try (DerivativeComputation computation = open()) {
            explain(computation.engine());
            computation.describe(report);
            write(computation, report);
        }
    }

    /** Computes the matrices, [B, rows, columns] or one, [rows, columns]. */
    private void write(DerivativeComputation computation, Report report) {
        long start = System.nanoTime();
        long count = computation.count();
        ChosenFunction subject = computation.subject();
        Matrices matrices = computation.matrices();
        checkCount(count);
        @Nullable Path file = Destination.fileOf(out, matrices.name());
        @Nullable
        SmallMatrices printed = file == null ? new SmallMatrices(count, matrices.rows(), matrices.columns()) : null;
        List<ArrayFile> arrays = ArrayFile.all(computation, Collections.singletonList(file));
        Map<String, String> run = Provenance.of(name(), computation, arrays);
        @Nullable Experiment experiment = out == null ? null : Experiment.open(out, run, resume.resume());
        if (experiment != null && experiment.isComplete()) {
            experiment.describeComplete(report);
            return;
        }
        try (RunFiles files = RunFiles.open(arrays, run, count, resume.resume(), errors())) {
            long before = files.complete();
            files.describe(report, before);
            @Nullable RowSink sink = file == null ? printed : files.sink(file);
            computation.describe(
                    report,
                    new Segments(files, resume.seconds()).run(computation, "point", Collections.singletonList(sink)));
            if (printed != null) {
                printed.describe(report, name(), names(subject, matrices.rows()), subject.names());
            }
            @Nullable Path drawn = draw(subject, file, printed, report);
            if (experiment != null) {
                experiment.write(
                        report,
                        Stream.ofNullable(file).toList(),
                        Stream.ofNullable(drawn).toList(),
                        count - before);
            }
            files.finish();
            report.written(file, drawn);
            Timing.describe(report, start, count - before, "point");
        }
    }

    /** What the rows of a matrix are called. */
    List<String> names(ChosenFunction subject, long rows) {
        return subject.names();
    }

    /** Checks what depends on the number of matrices, before they are computed. */
    void checkCount(long count) {
        // Nothing does here.
    }

    /** Draws what was written, or printed, if that is wanted; returns the file of the figure, or null. */
    @Nullable
    Path draw(ChosenFunction subject, @Nullable Path written, @Nullable SmallMatrices printed, Report report) {
        return null;
    }

    /** What {@code --out} says; null without it. */
    final @Nullable Destination destination() {
        return out;
    }
}
