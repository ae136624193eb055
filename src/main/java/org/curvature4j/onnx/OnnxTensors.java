package org.curvature4j.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorProto.DataType;
import org.curvature4j.internal.text.Arguments;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The numbers of a file. Floating ones of every width become float64, so that derivatives are exact for the very weights
 * that the file holds; integers become 64 bits wide.
 */
final class OnnxTensors {
    private OnnxTensors() {}

    /** The element type that values of a file's type get. */
    static org.nd4j.linalg.api.buffer.DataType dataType(int onnx, String what) {
        DataType type = DataType.forNumber(onnx);
        if (type == null) {
            throw unsupported(what, "number " + onnx);
        }
        return switch (type) {
            case FLOAT, DOUBLE, FLOAT16, BFLOAT16 -> org.nd4j.linalg.api.buffer.DataType.DOUBLE;
            case INT64, INT32, INT16, INT8, UINT8, UINT16 -> org.nd4j.linalg.api.buffer.DataType.INT64;
            case BOOL -> org.nd4j.linalg.api.buffer.DataType.BOOL;
            default -> throw unsupported(what, type.name());
        };
    }

    /**
     * An array of a file; a new one, owned by the caller.
     *
     * @throws IllegalArgumentException where it has an element type without use here, or lies in another file, or has
     *     fewer numbers than its shape says
     */
    static INDArray array(TensorProto tensor) {
        String what = "tensor '" + tensor.getName() + "'";
        if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
            throw new IllegalArgumentException(what
                    + ": expected its numbers in the file, got them in another one (export with external_data=False)");
        }
        long[] shape = tensor.getDimsList().stream().mapToLong(size -> size).toArray();
        int count = count(shape, what);
        org.nd4j.linalg.api.buffer.DataType type = dataType(tensor.getDataType(), what);
        INDArray flat =
                switch (type) {
                    case DOUBLE -> Nd4j.createFromArray(numbers(count, doubles(tensor, count, what)));
                    case BOOL ->
                        Nd4j.createFromArray(whole(count, integers(tensor, count, what)))
                                .castTo(type);
                    default -> Nd4j.createFromArray(whole(count, integers(tensor, count, what)));
                };
        return count == 0 ? Nd4j.empty(type) : flat.reshape(shape);
    }

    private static int count(long[] shape, String what) {
        long count = 1;
        for (long size : shape) {
            if (size < 0 || (size > 0 && count > Integer.MAX_VALUE / size)) {
                throw new IllegalArgumentException(what + ": expected sizes that an array can have, got "
                        + java.util.Arrays.toString(shape) + " (damaged file?)");
            }
            count *= size;
        }
        return (int) count;
    }

    private static double[] numbers(int count, IntToDoubleFunction element) {
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = element.applyAsDouble(i);
        }
        return numbers;
    }

    private static long[] whole(int count, IntToLongFunction element) {
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = element.applyAsLong(i);
        }
        return numbers;
    }

    private static IntToDoubleFunction doubles(TensorProto tensor, int count, String what) {
        ByteBuffer raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        DataType type = DataType.forNumber(tensor.getDataType());
        boolean isRaw = raw.hasRemaining();
        return switch (type) {
            case FLOAT -> {
                requireCount(what, count, isRaw ? raw.remaining() / 4 : tensor.getFloatDataCount());
                yield isRaw ? i -> raw.getFloat(4 * i) : tensor::getFloatData;
            }
            case DOUBLE -> {
                requireCount(what, count, isRaw ? raw.remaining() / 8 : tensor.getDoubleDataCount());
                yield isRaw ? i -> raw.getDouble(8 * i) : tensor::getDoubleData;
            }
            default -> {
                requireCount(what, count, isRaw ? raw.remaining() / 2 : tensor.getInt32DataCount());
                IntToLongFunction bits = isRaw ? i -> raw.getShort(2 * i) : tensor::getInt32Data;
                yield type == DataType.BFLOAT16
                        ? i -> Float.intBitsToFloat((int) bits.applyAsLong(i) << 16)
                        : i -> half((int) bits.applyAsLong(i) & 0xffff);
            }
        };
    }

    /** IEEE 754 binary16. */
    private static double half(int bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        double magnitude =
                switch (exponent) {
                    case 0 -> Math.scalb((double) fraction, -24);
                    case 31 -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
                    default -> Math.scalb((double) (fraction | 0x400), exponent - 25);
                };
        return (bits & 0x8000) == 0 ? magnitude : -magnitude;
    }

    private static IntToLongFunction integers(TensorProto tensor, int count, String what) {
        ByteBuffer raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        DataType type = DataType.forNumber(tensor.getDataType());
        boolean isRaw = raw.hasRemaining();
        if (type == DataType.INT64) {
            requireCount(what, count, isRaw ? raw.remaining() / 8 : tensor.getInt64DataCount());
            return isRaw ? i -> raw.getLong(8 * i) : tensor::getInt64Data;
        }
        int width =
                switch (type) {
                    case INT32 -> 4;
                    case INT16, UINT16 -> 2;
                    default -> 1;
                };
        requireCount(what, count, isRaw ? raw.remaining() / width : tensor.getInt32DataCount());
        if (!isRaw) {
            return tensor::getInt32Data;
        }
        return switch (type) {
            case INT32 -> i -> raw.getInt(4 * i);
            case INT16 -> i -> raw.getShort(2 * i);
            case UINT16 -> i -> raw.getShort(2 * i) & 0xffff;
            case INT8 -> raw::get;
            default -> i -> raw.get(i) & 0xff;
        };
    }

    private static void requireCount(String what, int expected, int found) {
        Arguments.refuseIf(
                found != expected, what, expected + " numbers, as its shape says", found + " (damaged file?)");
    }

    private static IllegalArgumentException unsupported(String what, String type) {
        return new IllegalArgumentException(what + ": expected floating numbers, integers or booleans, got " + type
                + " (known are " + List.of("FLOAT", "DOUBLE", "FLOAT16", "BFLOAT16", "INT8 to INT64", "BOOL") + ")");
    }
}
