package org.curvature4j.onnx;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.curvature4j.graph.DType;
import org.jspecify.annotations.Nullable;

/**
 * The element types of files that have one here, with their numbers in onnx.proto, which goes on where the protobuf classes
 * end.
 */
enum OnnxType {
    FLOAT(1, DType.FLOAT64, 32, true),
    UINT8(2, DType.INT64, 8, false),
    INT8(3, DType.INT64, 8, true),
    UINT16(4, DType.INT64, 16, false),
    INT16(5, DType.INT64, 16, true),
    INT32(6, DType.INT64, 32, true),
    INT64(7, DType.INT64, 64, true),
    BOOL(9, DType.BOOL, 8, false),
    FLOAT16(10, DType.FLOAT64, 16, true),
    DOUBLE(11, DType.FLOAT64, 64, true),
    UINT32(12, DType.INT64, 32, false),
    UINT64(13, DType.INT64, 64, false),
    BFLOAT16(16, DType.FLOAT64, 16, true),
    FLOAT8E4M3FN(17, DType.FLOAT64, 8, true),
    FLOAT8E4M3FNUZ(18, DType.FLOAT64, 8, true),
    FLOAT8E5M2(19, DType.FLOAT64, 8, true),
    FLOAT8E5M2FNUZ(20, DType.FLOAT64, 8, true),
    UINT4(21, DType.INT64, 4, false),
    INT4(22, DType.INT64, 4, true),
    FLOAT4E2M1(23, DType.FLOAT64, 4, true),
    FLOAT8E8M0(24, DType.FLOAT64, 8, false),
    UINT2(25, DType.INT64, 2, false),
    INT2(26, DType.INT64, 2, true);

    private final int number;
    private final DType dtype;
    private final int bits;
    private final boolean signed;

    OnnxType(int number, DType dtype, int bits, boolean signed) {
        this.number = number;
        this.dtype = dtype;
        this.bits = bits;
        this.signed = signed;
    }

    /** The type of a number; null where none has it. */
    static @Nullable OnnxType find(int number) {
        return Arrays.stream(values())
                .filter(type -> type.number == number)
                .findFirst()
                .orElse(null);
    }

    static OnnxType of(int number, String what) {
        OnnxType type = find(number);
        if (type == null) {
            throw new IllegalArgumentException(what + ": expected floating numbers, integers or booleans, got "
                    + (number == 8 ? "text" : "number " + number) + " (known are "
                    + Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", ")) + ")");
        }
        return type;
    }

    /** The usual type of what becomes one. */
    static OnnxType of(DType dtype) {
        return switch (dtype) {
            case FLOAT64, FLOAT32 -> FLOAT;
            case INT64, INT32 -> INT64;
            case BOOL -> BOOL;
        };
    }

    /** What it becomes. */
    DType dtype() {
        return dtype;
    }

    /** How many bits an element has in a file. */
    int bits() {
        return bits;
    }

    boolean isSigned() {
        return signed;
    }

    /** Whether its numbers are so few that rounding to them is what a model means by it. */
    boolean isQuantized() {
        return bits < 16 && this != BOOL;
    }
}
