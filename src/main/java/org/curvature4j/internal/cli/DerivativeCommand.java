package org.curvature4j.internal.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.curvature4j.internal.cli.options.Destination;
import org.curvature4j.internal.cli.options.Headings;
import org.curvature4j.internal.cli.options.ModelOptions;
import org.curvature4j.internal.cli.options.ResumeOptions;
import org.curvature4j.internal.cli.options.RowOptions;
import org.curvature4j.internal.cli.report.ProgressDisplay;
import org.curvature4j.internal.cli.report.Range;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.Timing;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.internal.cli.run.ArrayFile;
import org.curvature4j.internal.cli.run.Experiment;
import org.curvature4j.internal.cli.run.Provenance;
import org.curvature4j.internal.cli.run.RunFiles;
import org.curvature4j.internal.cli.run.Segments;
import org.curvature4j.internal.cli.subject.ChosenFunction;
import org.curvature4j.internal.cli.subject.PointSet;
import org.curvature4j.internal.cli.subject.Streaming;
import org.curvature4j.io.NpyType;
import org.curvature4j.stream.RowSink;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** A matrix at each point, streamed to a file. */
abstract class DerivativeCommand extends CurvatureCommand {
    private static final String RANGE = "range";

    @ArgGroup(validate = false, order = 10, heading = Headings.MODEL)
    private ModelOptions model = new ModelOptions();

    @ArgGroup(validate = false, order = 20, heading = Headings.POINTS)
    private RowOptions points = new RowOptions();

    @ArgGroup(validate = false, order = 40, heading = Headings.LONG)
    private ResumeOptions resume = new ResumeOptions();

    @Option(
            names = "--out",
            converter = Destination.ArrayOrFolder.class,
            required = true,
            paramLabel = "FILE.npy|DIR",
            description = {"Where the result goes.", "A folder gets a manifest and figures too."})
    private Destination out = Destination.UNNAMED;

    @Override
    void check() {
        model.check();
        points.check();
        resume.check(true);
    }

    @Override
    final void run(Report report) {
        run(ChosenFunction.open(model, points.data()), report);
    }

    /** Prepares the derivative and calls {@link #write}. */
    abstract void run(ChosenFunction subject, Report report);

    /** The name of the array in a folder. */
    abstract String arrayName();

    /**
     * Computes the matrices, by an engine in words, at the points given, [B, rows, columns], or at the one that the graph's variables are at,
     * [rows, columns].
     */
    final void write(
            ChosenFunction subject, Streaming derivative, String engine, long rows, long columns, Report report) {
        explain(engine);
        boolean present = PointSet.isPresent(points, subject);
        long start = System.nanoTime();
        try (PointSet source = PointSet.of(points, subject)) {
            long count = source.rows();
            checkCount(count);
            ArrayFile array = ArrayFile.of(out(), subject.type(), present, count, shapeEach(rows, columns));
            Map<String, String> run = Provenance.begin(name());
            subject.identify(run);
            source.identify(run);
            array.identify(run);
            Provenance.addMachine(run, engine);
            Experiment experiment = Experiment.open(destination(), run, resume.resume());
            if (experiment.isComplete()) {
                experiment.describeComplete(report);
                return;
            }
            try (RunFiles files = RunFiles.open(List.of(array), run, count, resume.resume(), errors())) {
                long before = files.complete();
                source.describe(report);
                files.describe(report, before);
                stream(derivative, source, files, array, rows, report);
                describeKinks(subject, source, report);
                Path drawn = draw(subject, out(), count, report);
                experiment.write(
                        report, List.of(out()), Stream.ofNullable(drawn).toList(), count - before);
                files.finish();
                report.written(out(), drawn);
            }
            Timing.describe(report, start, count, "point");
        }
    }

    private void stream(
            Streaming derivative, PointSet source, RunFiles files, ArrayFile array, long rows, Report report) {
        Range range =
                new Range(Objects.requireNonNull(files.sink(array.file())), array.lengthEach(), files.state(RANGE));
        Supplier<Map<String, long[]>> sums = () -> Map.of(RANGE, range.state());
        try (ProgressDisplay progress = ProgressDisplay.of(source.rows(), files.complete(), "point")) {
            new Segments(files, resume.seconds())
                    .run(derivative, source, array.lengthEach(), sink(range, rows), sums, progress);
        }
        files.publish(sums.get());
        String type = array.type() == NpyType.FLOAT32 ? "float32" : "float64";
        report.line("result", Words.shape(array.shape()) + " " + type + range.words());
        report.field("shape", array.shape());
        report.field("dtype", type);
        range.describe(report);
    }

    /** Checks what depends on the number of matrices, before they are computed. */
    void checkCount(long count) {
        // Nothing does here.
    }

    /** Adds how many points lie on kinks, where second derivatives are told of. */
    void describeKinks(ChosenFunction subject, PointSet source, Report report) {
        // First derivatives at kinks are the documented conventions.
    }

    /** The shape in which a matrix is written. */
    long[] shapeEach(long rows, long columns) {
        return new long[] {rows, columns};
    }

    /** Brings matrices of so many rows into that shape. */
    RowSink sink(RowSink written, long rows) {
        return written;
    }

    /** Draws what was written, if that is wanted; returns the file of the figure, or null. */
    @Nullable
    Path draw(ChosenFunction subject, Path written, long count, Report report) {
        return null;
    }

    /** What {@code --out} says. */
    final Destination destination() {
        return out;
    }

    /** Where the result goes. */
    final Path out() {
        return destination().file(arrayName());
    }
}
