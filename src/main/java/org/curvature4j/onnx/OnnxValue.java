package org.curvature4j.onnx;

import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A value of an ONNX graph.
 *
 * @param variable in the SameDiff graph
 * @param rank number of axes, or {@link #UNKNOWN}
 * @param constant its value, where the file states it
 */
record OnnxValue(SDVariable variable, int rank, @Nullable INDArray constant) {
    static final int UNKNOWN = -1;

    static OnnxValue of(SDVariable variable, int rank) {
        return new OnnxValue(variable, rank, null);
    }

    /** Another value of the same rank. */
    OnnxValue with(SDVariable other) {
        return of(other, rank);
    }
}
