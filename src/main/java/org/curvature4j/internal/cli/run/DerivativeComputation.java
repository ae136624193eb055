package org.curvature4j.internal.cli.run;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.curvature4j.KinkReport;
import org.curvature4j.PreparedFunction;
import org.curvature4j.internal.cli.report.Range;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.internal.cli.subject.ChosenFunction;
import org.curvature4j.internal.cli.subject.KinkReports;
import org.curvature4j.internal.cli.subject.Packing;
import org.curvature4j.internal.cli.subject.PointSet;
import org.curvature4j.io.NpyType;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSink;
import org.jspecify.annotations.Nullable;

/** A derivative of a function at its points, a matrix each. */
public final class DerivativeComputation extends PointComputation {
    private static final String RANGE = "range";
    private static final RowSink NOWHERE = (first, count, rows) -> {};

    private final Matrices matrices;

    /**
     * What the matrices are.
     *
     * @param heading of the report
     * @param name of their file in a folder
     * @param packed whether they are symmetric and written as upper triangles
     * @param single whether there is one, which isn't one of a batch
     * @param bends whether kinks are told of though all is finite: first derivatives there are the documented conventions
     */
    public record Matrices(
            String heading, String name, long rows, long columns, boolean packed, boolean single, boolean bends) {
        /** Sizes of the axes of one, as it is written. */
        List<Long> sizes() {
            return packed ? List.of(Packing.length(rows)) : List.of(rows, columns);
        }
    }

    /**
     * @param points closed with this
     * @param derivative likewise
     */
    public DerivativeComputation(
            ChosenFunction subject, PointSet points, PreparedFunction derivative, Matrices matrices) {
        super(subject, points, derivative, matrices.heading, matrices.single);
        this.matrices = matrices;
    }

    public Matrices matrices() {
        return matrices;
    }

    /** The array that all of them make. */
    public long[] shape() {
        LongStream batch = matrices.single ? LongStream.empty() : LongStream.of(count());
        return LongStream.concat(batch, matrices.sizes().stream().mapToLong(Long::longValue))
                .toArray();
    }

    @Override
    public List<Result> results() {
        return List.of(new Result(matrices.name, matrices.sizes()));
    }

    @Override
    public long numbers() {
        return matrices.sizes().stream().reduce(1L, (one, other) -> one * other);
    }

    @Override
    public Pass begin(long first, List<? extends @Nullable RowSink> sinks) {
        @Nullable RowSink given = sinks.get(0);
        Range range = new Range(given == null ? NOWHERE : given, numbers(), null);
        RowSink sink = matrices.packed ? new Packing(range, Math.toIntExact(matrices.rows)) : range;
        return new Pass() {
            @Override
            public void compute(long from, long count, Progress progress) {
                stream(from, count, sink, progress);
            }

            @Override
            public Map<String, long[]> sums() {
                return Map.of(RANGE, range.state());
            }

            @Override
            public void close() {
                // It owns nothing.
            }
        };
    }

    @Override
    public Map<String, long[]> joined(Map<String, long[]> before, Map<String, long[]> following) {
        return Sums.joined(before, following, Map.of(RANGE, Range::joined));
    }

    @Override
    public KinkReport kinks(long first, long count) {
        return KinkReports.count(subject().function(), points(), first, count);
    }

    @Override
    public void describe(Report report, Map<String, long[]> sums) {
        Range range = new Range(NOWHERE, numbers(), sums.get(RANGE));
        String type = type() == NpyType.FLOAT32 ? "float32" : "float64";
        report.line("result", Words.shape(shape()) + " " + type + range.words());
        report.field("shape", shape());
        report.field("dtype", type);
        range.describe(report);
        if (!range.isFinite() || matrices.bends) {
            KinkReport here = kinks(0, sums.containsKey(KINKS) ? 0 : count());
            KinkReports.describe(report, Sums.kinks(here, sums));
        }
    }
}
