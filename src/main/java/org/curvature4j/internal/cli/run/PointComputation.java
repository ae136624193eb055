package org.curvature4j.internal.cli.run;

import java.util.Map;
import org.curvature4j.PreparedFunction;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.subject.ChosenFunction;
import org.curvature4j.internal.cli.subject.PointSet;
import org.curvature4j.internal.cli.subject.Streaming;
import org.curvature4j.internal.host.Resources;
import org.curvature4j.io.NpyType;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSink;

/** What is computed of a derivative of a function at its points. */
public abstract class PointComputation implements Computation {
    private final ChosenFunction subject;
    private final PointSet points;
    private final PreparedFunction derivative;
    private final String heading;
    private final boolean single;

    /**
     * @param points closed with this
     * @param derivative likewise
     * @param heading of the report
     * @param single whether there is one point, which isn't one of a batch
     */
    PointComputation(
            ChosenFunction subject, PointSet points, PreparedFunction derivative, String heading, boolean single) {
        this.subject = subject;
        this.points = points;
        this.derivative = derivative;
        this.heading = heading;
        this.single = single;
    }

    public final ChosenFunction subject() {
        return subject;
    }

    final PointSet points() {
        return points;
    }

    /** Has the derivatives at some of the points written. */
    final void stream(long first, long count, RowSink sink, Progress progress) {
        Streaming.part(derivative::streamRows, points, first, count, sink, progress);
    }

    @Override
    public final long count() {
        return points.rows();
    }

    @Override
    public final boolean isSingle() {
        return single;
    }

    @Override
    public final NpyType type() {
        return subject.type();
    }

    @Override
    public final String engine() {
        return derivative.describe();
    }

    @Override
    public final void identify(Map<String, String> run) {
        subject.identify(run);
        points.identify(run);
    }

    @Override
    public final void describe(Report report) {
        report.text(heading + " of " + subject.title());
        subject.describe(report);
        points.describe(report);
    }

    @Override
    public final void close() {
        Resources.of(derivative, points).close();
    }
}
