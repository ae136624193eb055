package org.curvature4j.samediff;

import org.curvature4j.graph.DType;
import org.nd4j.linalg.api.buffer.DataType;

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

    /** The type that ND4J numbers {@code id} in a cast. */
    static DType ofId(long id) {
        return dtype(DataType.fromInt(Math.toIntExact(id)));
    }

    /** The type of arithmetic on two operands, as ND4J chooses it: the first one's, unless only the second is floating. */
    static DType joined(DType first, DType second) {
        return second.isFloat() && !first.isFloat() ? second : first;
    }
}
