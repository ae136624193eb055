package org.curvature4j.internal.cli.subject;

import java.util.Map;
import org.curvature4j.Hessian;
import org.curvature4j.KinkReport;
import org.curvature4j.internal.cli.options.PointOptions;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.host.ArrayRows;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.io.NpyType;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The Hessians of a function at its points, computed as they are asked for. */
public final class ModelMatrices implements SymmetricMatrices {
    private final ChosenFunction subject;
    private final PointSet points;
    private final boolean single;
    private final Hessian hessian;

    /** The Hessians at the points given, or at the present values of the graph's variables. */
    public static ModelMatrices of(ChosenFunction function, PointOptions points) {
        return new ModelMatrices(function, PointSet.of(points, function), PointSet.isPresent(points, function));
    }

    private ModelMatrices(ChosenFunction subject, PointSet points, boolean single) {
        this.subject = subject;
        this.points = points;
        this.single = single;
        this.hessian = Hessian.of(subject.function());
    }

    @Override
    public long count() {
        return points.rows();
    }

    @Override
    public boolean isSingle() {
        return single;
    }

    @Override
    public int order() {
        return Math.toIntExact(subject.inputSize());
    }

    @Override
    public NpyType type() {
        return subject.type();
    }

    @Override
    public String title(long index) {
        return "'" + subject.output() + "' of " + subject.source().name()
                + (single ? ", its variables as they are" : ", point " + index);
    }

    @Override
    public INDArray matrix(long index) {
        double[] numbers = new double[order() * order()];
        hessian.streamRows(
                RowSource.of(1, (first, count, into) -> points.read(index, 1, into)),
                ArrayRows.sink(numbers, numbers.length),
                Progress.NONE);
        return HostArray.copyOf(numbers, type().dataType(), order(), order());
    }

    /** One of the points, float64 [n]. */
    public INDArray point(long index) {
        double[] numbers = new double[order()];
        points.read(index, 1, numbers);
        return HostArray.copyOf(numbers, DataType.DOUBLE, numbers.length);
    }

    @Override
    public RowSource rows() {
        return points;
    }

    @Override
    public Streaming streaming() {
        return hessian::streamRows;
    }

    @Override
    public String engine() {
        return hessian.describe();
    }

    @Override
    public KinkReport kinks(long first, long count) {
        return KinkReports.count(subject.function(), points, first, count);
    }

    @Override
    public void identify(Map<String, String> run) {
        subject.identify(run);
        points.identify(run);
    }

    @Override
    public void describe(Report report) {
        report.text("Spectrum of the Hessian of " + subject.title());
        subject.describe(report);
        points.describe(report);
    }

    /** Adds where the points come from. */
    public void describePoints(Report report) {
        points.describe(report);
    }

    @Override
    public void close() {
        hessian.close();
        points.close();
    }
}
