package org.curvature4j.internal.cli.run;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.curvature4j.Jacobian;
import org.curvature4j.KinkReport;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.SensitivityReports;
import org.curvature4j.internal.cli.subject.ChosenFunction;
import org.curvature4j.internal.cli.subject.PointSet;
import org.curvature4j.spectrum.JacobianSink;
import org.curvature4j.spectrum.JacobianSummary;
import org.curvature4j.spectrum.Sensitivity;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSink;
import org.jspecify.annotations.Nullable;

/** The singular values of a function's Jacobians at its points, and which inputs move the outputs most. */
public final class SensitivityComputation extends PointComputation {
    private static final String SUMMARY = "summary";

    private final Jacobian jacobian;
    private final String name;
    private final int rows;
    private final int columns;

    /**
     * @param points closed with this
     * @param jacobian likewise
     * @param name of the file of singular values in a folder
     * @param single whether there is one point, which isn't one of a batch
     */
    public SensitivityComputation(
            ChosenFunction subject, PointSet points, Jacobian jacobian, String name, boolean single) {
        super(subject, points, jacobian, "Sensitivity", single);
        this.jacobian = jacobian;
        this.name = name;
        this.rows = Math.toIntExact(subject.function().outputSize());
        this.columns = Math.toIntExact(subject.inputSize());
    }

    @Override
    public List<Result> results() {
        return List.of(new Result(name, List.of((long) Math.min(rows, columns))));
    }

    @Override
    public long numbers() {
        return (long) rows * columns;
    }

    @Override
    public Pass begin(long first, List<? extends @Nullable RowSink> sinks) {
        @Nullable RowSink given = sinks.get(0);
        RowSink values = given == null ? (from, count, numbers) -> {} : given;
        JacobianSink sink = new JacobianSink(new JacobianSummary(rows, columns, type().dataType(), first), values);
        return new Pass() {
            @Override
            public void compute(long from, long count, Progress progress) {
                stream(from, count, sink, progress);
            }

            @Override
            public Map<String, long[]> sums() {
                return Map.of(SUMMARY, sink.total().state());
            }

            @Override
            public void close() {
                sink.close();
            }
        };
    }

    @Override
    public Map<String, long[]> joined(Map<String, long[]> before, Map<String, long[]> following) {
        return Sums.joined(before, following, Map.of(SUMMARY, (one, other) -> {
            JacobianSummary all = summary(one);
            all.append(summary(other));
            return all.state();
        }));
    }

    private JacobianSummary summary(long... state) {
        return JacobianSummary.of(type().dataType(), state);
    }

    /** Nobody asks: what isn't finite is refused, and first derivatives at kinks are the documented conventions. */
    @Override
    public @Nullable KinkReport kinks(long first, long count) {
        return null;
    }

    @Override
    public void describe(Report report, Map<String, long[]> sums) {
        describeRanking(report, sums);
    }

    /** As {@link #describe(Report, Map)}; returns the ranking of the inputs. */
    public List<Sensitivity.Rank> describeRanking(Report report, Map<String, long[]> sums) {
        JacobianSummary summary = summary(Objects.requireNonNull(sums.get(SUMMARY)));
        SensitivityReports.describe(report, summary.singularValues());
        return SensitivityReports.describe(
                report, summary.sensitivity(), jacobian.blocks(), subject().names());
    }
}
