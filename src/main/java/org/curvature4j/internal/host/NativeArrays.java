package org.curvature4j.internal.host;

import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.Strides;
import org.curvature4j.graph.TensorType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J's element types and arrays in terms of the graph's: all row-major, views made without copying. */
public final class NativeArrays {
    private NativeArrays() {}

    /** Whether a graph has a type for ND4J's. */
    public static boolean isSupported(DataType type) {
        return switch (type) {
            case DOUBLE, FLOAT, LONG, INT, BOOL -> true;
            default -> false;
        };
    }

    /**
     * The graph's type for ND4J's.
     *
     * @throws IllegalArgumentException for one that has none
     */
    public static DType dtype(DataType type) {
        return switch (type) {
            case DOUBLE -> DType.FLOAT64;
            case FLOAT -> DType.FLOAT32;
            case LONG -> DType.INT64;
            case INT -> DType.INT32;
            case BOOL -> DType.BOOL;
            default ->
                throw new IllegalArgumentException(
                        "element type: expected DOUBLE, FLOAT, LONG, INT or BOOL, got " + type + " (cast it)");
        };
    }

    /** ND4J's type for the graph's. */
    public static DataType dataType(DType dtype) {
        return switch (dtype) {
            case FLOAT64 -> DataType.DOUBLE;
            case FLOAT32 -> DataType.FLOAT;
            case INT64 -> DataType.INT64;
            case INT32 -> DataType.INT32;
            case BOOL -> DataType.BOOL;
        };
    }

    /** Uninitialised memory, to be closed by the caller. */
    public static INDArray allocate(TensorType type) {
        DataType dataType = dataType(type.dtype());
        long[] shape = type.shape().toArray();
        return type.size() == 0 ? Nd4j.create(dataType, shape) : Nd4j.createUninitialized(dataType, shape);
    }

    /** A constant, a value for each element, row-major, or one for all; to be closed by the caller. */
    public static INDArray constant(TensorType type, double[] values) {
        INDArray array = allocate(type);
        if (type.size() == 0) {
            return array;
        } else if (values.length == 1 && type.size() != 1) {
            return array.assign(values[0]);
        }
        try (INDArray source = Nd4j.createFromArray(values)) {
            array.assign(source.reshape(type.shape().toArray()));
        }
        return array;
    }

    /** A row-major array inside a one-dimensional one, from an element on. */
    public static INDArray inside(INDArray memory, long from, Shape shape) {
        return view(memory, Strides.of(shape).after(from));
    }

    /** The block of a row-major array that begins at {@code starts}, as a strided view. */
    public static INDArray block(INDArray array, Shape whole, List<Long> starts, Shape sizes) {
        return view(array, Strides.of(whole).block(starts, sizes));
    }

    private static INDArray view(INDArray array, Strides strides) {
        return Nd4j.create(
                array.data(), strides.shape().toArray(), strides.steps(), array.offset() + strides.first(), 'c');
    }
}
