package org.curvature4j.onnx;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import onnx.Onnx.SparseTensorProto;
import onnx.Onnx.TensorProto;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.host.NativeArrays;
import org.curvature4j.internal.text.Arguments;
import org.curvature4j.op.Ops;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The numbers of a file and of those beside it. Floating ones of every width become float64, so that derivatives are exact
 * for the very weights that the file holds; integers become 64 bits wide.
 */
final class OnnxTensors {
    private final OnnxData data;

    OnnxTensors(OnnxData data) {
        this.data = data;
    }

    OnnxData data() {
        return data;
    }

    /**
     * An array of a file; a new one, owned by the caller.
     *
     * @throws IllegalArgumentException where it has an element type without use here, or fewer numbers than its shape says,
     *     or lies in a file that isn't there or isn't the model's to read
     */
    INDArray array(TensorProto tensor) {
        String what = "tensor '" + tensor.getName() + "'";
        long[] shape = shape(tensor);
        int count = count(shape, what);
        DType dtype = OnnxType.of(tensor.getDataType(), what).dtype();
        OnnxNumbers numbers = new OnnxNumbers(tensor, data.of(tensor, what), what, count);
        if (count == 0) {
            return NativeArrays.allocate(TensorType.of(dtype, shape));
        } else if (dtype == DType.FLOAT64) {
            return Nd4j.createFromArray(floats(count, numbers.floats())).reshape(shape);
        }
        INDArray whole =
                Nd4j.createFromArray(integers(count, numbers.integers())).reshape(shape);
        return dtype == DType.BOOL ? whole.castTo(NativeArrays.dataType(dtype)) : whole;
    }

    /** A constant of a graph. */
    Node literal(Ops ops, TensorProto tensor) {
        String what = "tensor '" + tensor.getName() + "'";
        long[] shape = shape(tensor);
        int count = count(shape, what);
        DType dtype = OnnxType.of(tensor.getDataType(), what).dtype();
        OnnxNumbers numbers = new OnnxNumbers(tensor, data.of(tensor, what), what, count);
        double[] values = dtype == DType.FLOAT64
                ? floats(count, numbers.floats())
                : Arrays.stream(integers(count, numbers.integers()))
                        .mapToDouble(value -> dtype.round((double) value))
                        .toArray();
        return ops.constant(TensorType.of(dtype, shape), values);
    }

    /** A tensor of which the file states only what isn't 0, with positions row-major or one an axis. */
    INDArray array(SparseTensorProto sparse) {
        INDArray values = array(sparse.getValues());
        INDArray indices = array(sparse.getIndices());
        long[] shape = sparse.getDimsList().stream().mapToLong(size -> size).toArray();
        String what = "tensor '" + sparse.getValues().getName() + "'";
        INDArray dense = Nd4j.zeros(values.dataType(), count(shape, what));
        int axes = indices.rank() == 2 ? shape.length : 1;
        for (int i = 0; i < values.length(); i++) {
            long position = 0;
            for (int axis = 0; axis < axes; axis++) {
                position = (axes == 1 ? 0 : position * shape[axis]) + indices.getLong((long) i * axes + axis);
            }
            Arguments.refuseIf(
                    position < 0 || position >= dense.length(), what, "positions inside " + dense.length(), position);
            dense.putScalar(position, values.getDouble(i));
        }
        return dense.reshape(shape);
    }

    private static long[] shape(TensorProto tensor) {
        return tensor.getDimsList().stream().mapToLong(size -> size).toArray();
    }

    private static int count(long[] shape, String what) {
        long count = 1;
        for (long size : shape) {
            if (size < 0 || (size > 0 && count > Integer.MAX_VALUE / size)) {
                throw new IllegalArgumentException(what + ": expected sizes that an array can have, got "
                        + Arrays.toString(shape) + " (damaged file?)");
            }
            count *= size;
        }
        return (int) count;
    }

    private static double[] floats(int count, IntToDoubleFunction element) {
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = element.applyAsDouble(i);
        }
        return numbers;
    }

    private static long[] integers(int count, IntToLongFunction element) {
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = element.applyAsLong(i);
        }
        return numbers;
    }
}
