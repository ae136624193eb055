package org.curvature4j.samediff;

import org.curvature4j.graph.DType;
import org.nd4j.linalg.api.buffer.DataType;

/** ND4J's element types and ours. */
final class Nd4jTypes {
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

    /** The type that ND4J numbers {@code id} in a cast. */
    static DType ofId(long id) {
        return dtype(DataType.fromInt(Math.toIntExact(id)));
    }

    /** The type of a result of two operands: the floating one, else the wider, as ND4J chooses. */
    static DType wider(DType a, DType b) {
        if (a.isFloat() != b.isFloat()) {
            return a.isFloat() ? a : b;
        }
        return a.bytes() >= b.bytes() ? a : b;
    }
}
