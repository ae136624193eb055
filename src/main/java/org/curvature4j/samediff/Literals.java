package org.curvature4j.samediff;

import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.host.NativeArrays;
import org.curvature4j.op.Ops;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Constants from arrays. */
final class Literals {
    private Literals() {}

    /** An array's elements as a constant of its shape and type. Copied: the array may change or close afterwards. */
    static Node of(Ops ops, INDArray array) {
        TensorType type = TensorType.of(NativeArrays.dtype(array.dataType()), array.shape());
        double[] values = array.isEmpty()
                ? new double[0]
                : array.castTo(DataType.DOUBLE).dup('c').data().asDouble();
        return ops.constant(type, values);
    }
}
