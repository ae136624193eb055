package org.curvature4j.onnx;

import java.nio.ByteBuffer;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import onnx.Onnx.TensorProto;
import org.curvature4j.internal.text.Arguments;

/** The elements of a tensor as its file writes them: as bytes, or in fields by type. */
final class OnnxNumbers {
    private final TensorProto tensor;
    private final OnnxType type;
    private final ByteBuffer raw;
    private final boolean isRaw;

    /**
     * @param raw little-endian; empty where fields hold the elements
     * @throws IllegalArgumentException where there are fewer or more than a count
     */
    OnnxNumbers(TensorProto tensor, ByteBuffer raw, String what, int count) {
        this.tensor = tensor;
        this.type = OnnxType.of(tensor.getDataType(), what);
        this.raw = raw;
        this.isRaw = raw.hasRemaining();
        long elements = isRaw ? raw.remaining() * 8L / type.bits() : elements();
        // Elements of less than a byte fill the last one up.
        boolean fits = type.bits() >= 8 ? elements == count : elements >= count && elements - count < 8 / type.bits();
        Arguments.refuseIf(!fits, what, count + " numbers, as its shape says", elements + " (damaged file?)");
    }

    private long elements() {
        return switch (type) {
            case FLOAT -> tensor.getFloatDataCount();
            case DOUBLE -> tensor.getDoubleDataCount();
            case INT64 -> tensor.getInt64DataCount();
            case UINT32, UINT64 -> tensor.getUint64DataCount();
            case UINT4, INT4, FLOAT4E2M1, UINT2, INT2 -> tensor.getInt32DataCount() * 8L / type.bits();
            default -> tensor.getInt32DataCount();
        };
    }

    IntToDoubleFunction floats() {
        return switch (type) {
            case FLOAT -> isRaw ? i -> raw.getFloat(4 * i) : tensor::getFloatData;
            case DOUBLE -> isRaw ? i -> raw.getDouble(8 * i) : tensor::getDoubleData;
            case BFLOAT16 -> {
                IntToLongFunction bits = unsigned();
                yield i -> Float.intBitsToFloat((int) bits.applyAsLong(i) << 16);
            }
            case FLOAT8E8M0 -> {
                IntToLongFunction bits = unsigned();
                yield i -> bits.applyAsLong(i) == 0xff ? Double.NaN : Math.scalb(1.0, (int) bits.applyAsLong(i) - 127);
            }
            default -> {
                IntToLongFunction bits = unsigned();
                SmallFloat format = SmallFloat.of(type);
                yield i -> format.value((int) bits.applyAsLong(i));
            }
        };
    }

    IntToLongFunction integers() {
        if (type.bits() == Long.SIZE) {
            IntToLongFunction field = type == OnnxType.UINT64 ? tensor::getUint64Data : tensor::getInt64Data;
            return isRaw ? i -> raw.getLong(8 * i) : field;
        }
        IntToLongFunction bits = unsigned();
        int unused = Long.SIZE - type.bits();
        return type.isSigned() ? i -> bits.applyAsLong(i) << unused >> unused : bits;
    }

    /** The bits of an element of at most 32, without a sign. */
    private IntToLongFunction unsigned() {
        IntToLongFunction field = type == OnnxType.UINT32 ? tensor::getUint64Data : tensor::getInt32Data;
        return switch (type.bits()) {
            case 32 -> isRaw ? i -> raw.getInt(4 * i) & 0xffffffffL : i -> field.applyAsLong(i) & 0xffffffffL;
            case 16 -> isRaw ? i -> raw.getShort(2 * i) & 0xffff : i -> field.applyAsLong(i) & 0xffff;
            case 8 -> isRaw ? i -> raw.get(i) & 0xff : i -> field.applyAsLong(i) & 0xff;
            default -> {
                IntToLongFunction bytes = isRaw ? raw::get : field;
                int each = 8 / type.bits();
                yield i -> (bytes.applyAsLong(i / each) >> (i % each * type.bits())) & ((1 << type.bits()) - 1);
            }
        };
    }
}
