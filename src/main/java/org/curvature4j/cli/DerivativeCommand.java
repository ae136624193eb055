package org.curvature4j.cli;

import java.nio.file.Path;
import org.curvature4j.host.Progress;
import org.curvature4j.host.RowSink;
import org.curvature4j.host.RowSource;
import org.curvature4j.io.NpyWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** A matrix at each point, streamed to a file. */
abstract class DerivativeCommand extends CurvatureCommand {
    @ArgGroup(validate = false, order = 10, heading = Headings.MODEL)
    private ModelOptions model = new ModelOptions();

    @ArgGroup(validate = false, order = 20, heading = Headings.POINTS)
    private PointOptions points = new PointOptions();

    @Option(names = "--out", required = true, paramLabel = "FILE.npy", description = "Where the result goes.")
    private @Nullable Path out;

    /** How points become matrices. */
    @FunctionalInterface
    interface Streaming {
        void stream(RowSource points, RowSink matrices, Progress progress);
    }

    @Override
    void check() {
        model.check();
        points.check();
        OutputFiles.checkArray("--out", out);
    }

    @Override
    final void run(Report report) {
        run(Subject.open(model), report);
    }

    /** Prepares the derivative and calls {@link #write}. */
    abstract void run(Subject subject, Report report);

    /**
     * Computes the matrices at the points given, [B, rows, columns], or at the one that the graph's variables are at,
     * [rows, columns].
     */
    final void write(Subject subject, Streaming derivative, long rows, long columns, Report report) {
        boolean present = !points.given() && subject.hasPoint();
        long start = System.nanoTime();
        Path file = java.util.Objects.requireNonNull(out);
        try (PointSet source = open(subject, present)) {
            long count = source.rows();
            checkCount(count);
            long[] shape = present ? new long[] {rows, columns} : new long[] {count, rows, columns};
            Range range;
            try (NpyWriter writer = NpyWriter.create(file, subject.type(), shape);
                    ProgressDisplay progress = ProgressDisplay.of(count, "point")) {
                RowSink all = present
                        ? (first, some, numbers) -> writer.writeRows(0, rows, numbers, 0)
                        : (first, some, numbers) -> writer.writeRows(first, some, numbers, 0);
                range = new Range(all, rows * columns);
                derivative.stream(source, range, progress);
                writer.commit();
            }
            source.describe(report);
            report.line("result", Words.shape(shape) + " " + subject.typeName() + range.words());
            report.field("shape", shape);
            report.field("dtype", subject.typeName());
            range.describe(report);
            Path drawn = draw(subject, file, count, report);
            OutputFiles.describe(report, file, drawn);
            Timing.describe(report, start, count, "point");
        }
    }

    /** Checks what depends on the number of matrices, before they are computed. */
    void checkCount(long count) {
        // Nothing does here.
    }

    /** Draws what was written, if that is wanted; returns the file of the figure, or null. */
    @Nullable
    Path draw(Subject subject, Path written, long count, Report report) {
        return null;
    }

    /** Where the result goes. */
    final @Nullable Path out() {
        return out;
    }

    private PointSet open(Subject subject, boolean present) {
        return present ? PointSet.present(subject.function().point()) : points.open(subject.inputSize(), model.seed());
    }
}
