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
import org.curvature4j.internal.cli.report.SmallMatrices;
import org.curvature4j.internal.cli.report.Timing;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.internal.cli.run.ArrayFile;
import org.curvature4j.internal.cli.run.Experiment;
import org.curvature4j.internal.cli.run.Provenance;
import org.curvature4j.internal.cli.run.RunFiles;
import org.curvature4j.internal.cli.run.Segments;
import org.curvature4j.internal.cli.subject.ChosenFunction;
import org.curvature4j.internal.cli.subject.KinkReports;
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
            @Nullable Path file = Destination.fileOf(out, arrayName());
            @Nullable SmallMatrices printed = file == null ? new SmallMatrices(count, rows, columns) : null;
            ArrayFile array = ArrayFile.of(
                    file == null ? Path.of(arrayName()) : file,
                    subject.type(),
                    present,
                    count,
                    shapeEach(rows, columns));
            Map<String, String> run = Provenance.begin(name());
            if (out != null) {
                subject.identify(run);
                source.identify(run);
                array.identify(run);
                Provenance.addMachine(run, engine);
            }
            @Nullable Experiment experiment = out == null ? null : Experiment.open(out, run, resume.resume());
            if (experiment != null && experiment.isComplete()) {
                experiment.describeComplete(report);
                return;
            }
            List<ArrayFile> arrays = file == null ? List.of() : List.of(array);
            try (RunFiles files = RunFiles.open(arrays, run, count, resume.resume(), errors())) {
                long before = files.complete();
                source.describe(report);
                files.describe(report, before);
                @Nullable RowSink written = files.sink(file);
                boolean finite = stream(
                        derivative,
                        source,
                        files,
                        array,
                        written == null ? Objects.requireNonNull(printed) : written,
                        rows,
                        report);
                if (!finite || bends()) {
                    KinkReports.describe(report, KinkReports.count(subject.function(), source));
                }
                if (printed != null) {
                    printed.describe(report, title(), names(subject, rows), subject.names());
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
            }
            Timing.describe(report, start, count, "point");
        }
    }

    /** Computes all, and says whether all is finite. */
    private boolean stream(
            Streaming derivative,
            PointSet source,
            RunFiles files,
            ArrayFile array,
            RowSink written,
            long rows,
            Report report) {
        Range range = new Range(written, array.lengthEach(), files.state(RANGE));
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
        return range.isFinite();
    }

    /** What the rows of a matrix are called. */
    List<String> names(ChosenFunction subject, long rows) {
        return subject.names();
    }

    /** What one matrix is called. */
    abstract String title();

    /** Checks what depends on the number of matrices, before they are computed. */
    void checkCount(long count) {
        // Nothing does here.
    }

    /** Whether kinks are told of though all is finite: first derivatives there are the documented conventions. */
    boolean bends() {
        return false;
    }

    /** The shape in which a matrix is written. */
    long[] shapeEach(long rows, long columns) {
        return new long[] {rows, columns};
    }

    /** Brings matrices of so many rows into that shape. */
    RowSink sink(RowSink written, long rows) {
        return written;
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
