package org.curvature4j.internal.host;

import java.nio.ByteBuffer;
import java.util.function.LongToDoubleFunction;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The element types of ND4J whose values are numbers, each with what its bits mean in float64. Of these, whole numbers of
 * 64 bits alone have values that float64 doesn't hold.
 */
@SuppressWarnings("ImmutableEnumChecker") // the functions capture nothing
enum ElementType {
    DOUBLE(DataType.DOUBLE, Double::longBitsToDouble),
    FLOAT(DataType.FLOAT, bits -> Float.intBitsToFloat((int) bits)),
    HALF(DataType.FLOAT16, ElementType::half),
    BFLOAT16(DataType.BFLOAT16, bits -> Float.intBitsToFloat((int) bits << 16)),
    INT64(DataType.INT64, bits -> bits),
    INT32(DataType.INT32, bits -> bits),
    INT16(DataType.INT16, bits -> bits),
    INT8(DataType.INT8, bits -> bits),
    UINT64(DataType.UINT64, ElementType::unsigned),
    UINT32(DataType.UINT32, bits -> bits & 0xFFFF_FFFFL),
    UINT16(DataType.UINT16, bits -> bits & 0xFFFFL),
    UINT8(DataType.UINT8, bits -> bits & 0xFFL),
    BOOL(DataType.BOOL, bits -> bits == 0 ? 0 : 1);

    private final DataType dataType;
    private final LongToDoubleFunction value;

    ElementType(DataType dataType, LongToDoubleFunction value) {
        this.dataType = dataType;
        this.value = value;
    }

    /**
     * The type of an argument's elements.
     *
     * @throws IllegalArgumentException if they aren't numbers
     */
    static ElementType of(String argument, DataType dataType) {
        for (ElementType type : values()) {
            if (type.dataType == dataType) {
                return type;
            }
        }
        throw new IllegalArgumentException(
                argument + ": expected numbers, such as float64, got elements of type " + dataType);
    }

    /** Bytes of an element. */
    int width() {
        return dataType.width();
    }

    /** An element as it is stored, its sign extended. */
    long bits(ByteBuffer memory, int at) {
        return switch (width()) {
            case 1 -> memory.get(at);
            case 2 -> memory.getShort(2 * at);
            case 4 -> memory.getInt(4 * at);
            default -> memory.getLong(8 * at);
        };
    }

    /** What the bits of an element mean, rounded if float64 doesn't hold it. */
    double value(long bits) {
        return value.applyAsDouble(bits);
    }

    /** Whether float64 holds every value of this type. */
    boolean isAlwaysExact() {
        return this != INT64 && this != UINT64;
    }

    /** @throws IllegalArgumentException if float64 doesn't hold a value of this type */
    void requireExact(String argument, long bits) {
        if (!isExact(bits)) {
            String text = this == UINT64 ? Long.toUnsignedString(bits) : Long.toString(bits);
            throw new IllegalArgumentException(
                    argument + ": expected numbers that float64 holds, as all whole ones up to 2^53, got " + text);
        }
    }

    private boolean isExact(long bits) {
        long magnitude = this == INT64 ? Math.abs(bits) : bits;
        int significant =
                64 - Long.numberOfLeadingZeros(magnitude) - Long.numberOfTrailingZeros(magnitude == 0 ? 1 : magnitude);
        return isAlwaysExact() || significant <= 53;
    }

    private static double unsigned(long bits) {
        // Shifting one out leaves a positive number; the lowest bit matters for nothing that float64 holds.
        return bits >= 0 ? bits : (bits >>> 1) * 2.0;
    }

    private static double half(long bits) {
        int exponent = (int) (bits >> 10) & 0x1F;
        int fraction = (int) bits & 0x3FF;
        double magnitude;
        if (exponent == 0x1F) {
            magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        } else {
            magnitude = exponent == 0 ? fraction * 0x1p-24 : Math.scalb((double) (0x400 + fraction), exponent - 25);
        }
        return (bits & 0x8000) == 0 ? magnitude : -magnitude;
    }
}
