package org.curvature4j.samediff;

import org.curvature4j.graph.DType;
import org.curvature4j.graph.TensorType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J's element types and ours. */
final class Nd4jTypes {
    /** ND4J's number of FLOAT, the type of what states none. */
    static final long FLOAT_ID = 5;

    private Nd4jTypes() {}

    static boolean isSupported(DataType type) {
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
    static DType dtype(DataType type) {
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

    static DataType dataType(DType dtype) {
        return switch (dtype) {
            case FLOAT64 -> DataType.DOUBLE;
            case FLOAT32 -> DataType.FLOAT;
            case INT64 -> DataType.INT64;
            case INT32 -> DataType.INT32;
            case BOOL -> DataType.BOOL;
        };
    }

    /** A new array: a value for each element, row-major, or one for all. */
    static INDArray array(TensorType type, double... values) {
        INDArray array = Nd4j.create(dataType(type.dtype()), type.shape().toArray());
        if (type.size() == 0) {
            return array;
        } else if (values.length == 1) {
            return array.assign(values[0]);
        }
        try (INDArray source = Nd4j.createFromArray(values)) {
            return array.assign(source.reshape(type.shape().toArray()));
        }
    }

    /** The type that ND4J numbers {@code id} in a cast. */
    static DType ofId(long id) {
        return dtype(DataType.fromInt(Math.toIntExact(id)));
    }

    /** The type of arithmetic on two operands, as ND4J chooses it: the first one's, unless only the second is floating. */
    static DType joined(DType first, DType second) {
        return second.isFloat() && !first.isFloat() ? second : first;
    }
}
