package org.curvature4j.samediff;

import org.curvature4j.graph.DType;
import org.curvature4j.internal.host.NativeArrays;
import org.nd4j.linalg.api.buffer.DataType;

/** How SameDiff numbers and joins element types. */
final class Nd4jTypes {
    /** ND4J's number of FLOAT, the type of what states none. */
    static final long FLOAT_ID = 5;

    private Nd4jTypes() {}

    /** The type that ND4J numbers {@code id} in a cast. */
    static DType ofId(long id) {
        return NativeArrays.dtype(DataType.fromInt(Math.toIntExact(id)));
    }

    /** The type of arithmetic on two operands, as ND4J chooses it: the first one's, unless only the second is floating. */
    static DType joined(DType first, DType second) {
        return second.isFloat() && !first.isFloat() ? second : first;
    }
}
