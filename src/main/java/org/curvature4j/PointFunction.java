package org.curvature4j;

import java.util.Arrays;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.host.ArrayRows;
import org.curvature4j.host.HostArray;
import org.curvature4j.host.Progress;
import org.curvature4j.host.RowSink;
import org.curvature4j.host.RowSource;
import org.curvature4j.internal.engine.tile.BatchFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An engine with arrays of points before it and arrays of results behind it. */
final class PointFunction implements AutoCloseable {
    private final BatchFunction engine;
    private final TensorType point;
    private final TensorType result;

    PointFunction(BatchFunction engine, TensorType point, TensorType result) {
        this.engine = engine;
        this.point = point;
        this.result = result;
    }

    INDArray at(INDArray one) {
        double[] numbers = new double[Math.toIntExact(result.size())];
        evaluate(one, numbers);
        return HostArray.copyOf(numbers, dataType(), result.shape().toArray());
    }

    void at(INDArray one, INDArray target) {
        requireTarget("result", result.shape().toArray(), target);
        double[] numbers = new double[Math.toIntExact(result.size())];
        evaluate(one, numbers);
        HostArray sink = HostArray.writing(target);
        sink.write(0, numbers, numbers.length);
        sink.finish();
    }

    private void evaluate(INDArray one, double[] numbers) {
        if (HostArray.length(one) != point.size()) {
            throw new IllegalArgumentException(
                    "point: expected " + point.size() + " numbers, got shape " + Shape.of(one.shape()));
        }
        engine.evaluate(HostArray.numbers("point", one), numbers);
    }

    double[] at(double[] one) {
        double[] numbers = new double[Math.toIntExact(result.size())];
        at(one, numbers);
        return numbers;
    }

    void at(double[] one, double[] target) {
        requireLength("point", point.size(), one);
        requireLength("result", result.size(), target);
        engine.evaluate(one, target);
    }

    void batch(double[] points, double[] results) {
        int length = Math.toIntExact(point.size());
        if (length == 0 || points.length % length != 0) {
            throw new IllegalArgumentException(
                    "points: expected a multiple of " + length + " numbers, got " + points.length);
        }
        requireLength("results", points.length / length * result.size(), results);
        stream(
                ArrayRows.source(points, length),
                ArrayRows.sink(results, Math.toIntExact(result.size())),
                Progress.NONE);
    }

    INDArray batch(INDArray points) {
        INDArray results = HostArray.create(
                dataType(), Shapes.prepend(rows(points), result.shape().toArray()));
        batch(points, results);
        return results;
    }

    void batch(INDArray points, INDArray results) {
        long rows = rows(points);
        requireTarget("results", Shapes.prepend(rows, result.shape().toArray()), results);
        try (HostArray source = HostArray.reading("points", points)) {
            if (rows > 0) {
                HostArray sink = HostArray.writing(results);
                stream(
                        ArrayRows.source(source, rows, point.size()),
                        ArrayRows.sink(sink, result.size()),
                        Progress.NONE);
                sink.finish();
            }
        }
    }

    private DataType dataType() {
        return result.dtype() == DType.FLOAT32 ? DataType.FLOAT : DataType.DOUBLE;
    }

    private static void requireLength(String name, long expected, double[] given) {
        if (given.length != expected) {
            throw new IllegalArgumentException(name + ": expected " + expected + " numbers, got " + given.length);
        }
    }

    private void requireTarget(String name, long[] shape, INDArray target) {
        if (target.dataType() != dataType() || !Arrays.equals(target.shape(), shape) || !HostArray.isPlain(target)) {
            throw new IllegalArgumentException(name + ": expected a row-major array of its own, " + dataType() + " "
                    + Shape.of(shape) + ", got " + (HostArray.isPlain(target) ? "" : "a view or other strides, ")
                    + target.dataType() + " " + Shape.of(target.shape())
                    + " (create one with Nd4j.createUninitialized)");
        }
    }

    void stream(RowSource source, RowSink sink, Progress progress) {
        engine.evaluate(source, sink, progress);
    }

    String describe() {
        return engine.describe();
    }

    private long rows(INDArray points) {
        return rows(point, points);
    }

    /** How many points an array holds; refuses one whose rows aren't points of this type. */
    static long rows(TensorType point, INDArray points) {
        boolean fits = points.rank() >= 1
                && (points.rank() == 1 ? point.size() == 1 : ArrayRows.rowLength(points) == point.size());
        if (!fits) {
            throw new IllegalArgumentException("points: expected [B, " + point.size() + "] or [B, ...] with "
                    + point.size() + " numbers a point, got " + Shape.of(points.shape()));
        }
        return points.size(0);
    }

    @Override
    public void close() {
        engine.close();
    }
}
