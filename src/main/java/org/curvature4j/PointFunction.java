package org.curvature4j;

import org.curvature4j.engine.BatchFunction;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.host.ArrayRows;
import org.curvature4j.host.HostArray;
import org.curvature4j.host.Progress;
import org.curvature4j.host.RowSink;
import org.curvature4j.host.RowSource;
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
        if (one.length() != point.size()) {
            throw new IllegalArgumentException(
                    "point: expected " + point.size() + " numbers, got shape " + Shape.of(one.shape()));
        }
        try (INDArray row = HostArray.outsideWorkspaces(() -> one.dup('c'))) {
            return batch(row.reshape(1, point.size())).reshape(result.shape().toArray());
        }
    }

    INDArray batch(INDArray points) {
        long rows = rows(points);
        DataType dtype = result.dtype() == DType.FLOAT32 ? DataType.FLOAT : DataType.DOUBLE;
        long[] shape = Shapes.prepend(rows, result.shape().toArray());
        if (rows == 0) {
            return HostArray.create(dtype, shape);
        }
        INDArray results = HostArray.create(dtype, shape);
        boolean floating = points.dataType() == DataType.DOUBLE || points.dataType() == DataType.FLOAT;
        INDArray numbers = floating ? points : HostArray.outsideWorkspaces(() -> points.castTo(DataType.DOUBLE));
        try (HostArray source = HostArray.reading(numbers)) {
            HostArray sink = HostArray.writing(results);
            stream(ArrayRows.source(source, rows, point.size()), ArrayRows.sink(sink, result.size()), Progress.NONE);
            sink.finish();
        } finally {
            if (!floating) {
                numbers.close();
            }
        }
        return results;
    }

    void stream(RowSource source, RowSink sink, Progress progress) {
        engine.evaluate(source, sink, progress);
    }

    String describe() {
        return engine.describe();
    }

    private long rows(INDArray points) {
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
