package org.curvature4j;

import java.util.Arrays;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.host.ArrayRows;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.host.NativeArrays;
import org.curvature4j.stream.RowSink;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Results of a function in arrays: its own, or a caller's. */
record Results(TensorType type) {

    /** What writes results. */
    interface Filling {
        void into(RowSink sink);
    }

    int length() {
        return Math.toIntExact(type.size());
    }

    private DataType dataType() {
        return NativeArrays.dataType(type.dtype());
    }

    private long[] shape(long rows) {
        return Shapes.prepend(rows, type.shape().toArray());
    }

    /** One result in a new array. */
    INDArray one(Filling filling) {
        return filled(1, HostArray.create(dataType(), type.shape().toArray()), filling);
    }

    /** Results for so many rows in a new array. */
    INDArray of(long rows, Filling filling) {
        return filled(rows, HostArray.create(dataType(), shape(rows)), filling);
    }

    private INDArray filled(long rows, INDArray results, Filling filling) {
        try {
            fill(rows, results, filling);
            return results;
        } catch (RuntimeException | Error e) {
            results.close();
            throw e;
        }
    }

    /** Results for so many rows in a caller's array. */
    void fill(long rows, INDArray results, Filling filling) {
        if (rows > 0) {
            HostArray target = HostArray.writing(results);
            filling.into(
                    ArrayRows.sink(target, type.size(), Backend.get().settings().threads()));
            target.finish();
        }
    }

    void requireLength(long count, double[] given) {
        if (given.length != count * type.size()) {
            throw new IllegalArgumentException((count == 1 ? "result" : "results") + ": expected " + count * type.size()
                    + " numbers, got " + given.length);
        }
    }

    /** Refuses a caller's array for one result. */
    void requireOne(INDArray target) {
        require("result", type.shape().toArray(), target);
    }

    /** Refuses a caller's array for results of so many rows. */
    void requireRows(long rows, INDArray target) {
        require("results", shape(rows), target);
    }

    private void require(String name, long[] shape, INDArray target) {
        if (target.dataType() != dataType() || !Arrays.equals(target.shape(), shape) || !HostArray.isPlain(target)) {
            throw new IllegalArgumentException(name + ": expected a row-major array of its own, " + dataType() + " "
                    + Shape.of(shape) + ", got " + (HostArray.isPlain(target) ? "" : "a view or other strides, ")
                    + target.dataType() + " " + Shape.of(target.shape())
                    + " (create one with Nd4j.createUninitialized)");
        }
    }
}
