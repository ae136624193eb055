package org.curvature4j.io;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.curvature4j.internal.host.HostArray;
import org.nd4j.linalg.api.buffer.DataType;

/** The element types of {@code .npy} files that ND4J has too. */
public enum NpyType {
    FLOAT64("f8", 8, DataType.DOUBLE),
    FLOAT32("f4", 4, DataType.FLOAT),
    INT64("i8", 8, DataType.INT64),
    INT32("i4", 4, DataType.INT32),
    INT16("i2", 2, DataType.INT16),
    INT8("i1", 1, DataType.INT8),
    UINT8("u1", 1, DataType.UINT8),
    BOOL("b1", 1, DataType.BOOL);

    private final String code;
    private final int bytes;
    private final DataType dataType;

    NpyType(String code, int bytes, DataType dataType) {
        this.code = code;
        this.bytes = bytes;
        this.dataType = dataType;
    }

    /** NumPy's code without the byte order, such as {@code f8}. */
    public String code() {
        return code;
    }

    /** Bytes an element. */
    public int bytes() {
        return bytes;
    }

    /** ND4J's type of the same elements. */
    public DataType dataType() {
        return dataType;
    }

    /**
     * The file type of ND4J's elements.
     *
     * @throws IllegalArgumentException if {@code .npy} files of this library have no such type
     */
    public static NpyType of(DataType dataType) {
        return Arrays.stream(values())
                .filter(type -> type.dataType == dataType)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("npy: expected an array of "
                        + Arrays.stream(values())
                                .map(type -> type.dataType.name())
                                .collect(Collectors.joining(", "))
                        + ", got " + dataType + " (cast it with castTo)"));
    }

    static Optional<NpyType> ofCode(String code) {
        return Arrays.stream(values()).filter(type -> type.code.equals(code)).findFirst();
    }

    static String codes() {
        return Arrays.stream(values()).map(NpyType::code).collect(Collectors.joining(", "));
    }

    /**
     * Widens {@code count} elements to float64; 64-bit integers that it doesn't hold are refused.
     *
     * @param source what a refusal is told of
     * @param from the elements from its position on, in its byte order; its position is not changed
     */
    void toDoubles(ByteBuffer from, double[] into, int offset, int count, String source) {
        int start = from.position();
        switch (this) {
            case FLOAT64 ->
                from.slice(start, 8 * count)
                        .order(from.order())
                        .asDoubleBuffer()
                        .get(into, offset, count);
            case FLOAT32 -> {
                for (int i = 0; i < count; i++) {
                    into[offset + i] = from.getFloat(start + 4 * i);
                }
            }
            case INT64 -> {
                for (int i = 0; i < count; i++) {
                    into[offset + i] = HostArray.exact(source, from.getLong(start + 8 * i));
                }
            }
            case INT32 -> {
                for (int i = 0; i < count; i++) {
                    into[offset + i] = from.getInt(start + 4 * i);
                }
            }
            case INT16 -> {
                for (int i = 0; i < count; i++) {
                    into[offset + i] = from.getShort(start + 2 * i);
                }
            }
            case INT8 -> {
                for (int i = 0; i < count; i++) {
                    into[offset + i] = from.get(start + i);
                }
            }
            case UINT8, BOOL -> {
                for (int i = 0; i < count; i++) {
                    into[offset + i] = from.get(start + i) & 0xff;
                }
            }
        }
    }

    /** Reverses the bytes of every element between the buffer's position and its limit, in place. */
    void swapBytes(ByteBuffer elements) {
        for (int i = elements.position(); i < elements.limit(); i += bytes) {
            switch (bytes) {
                case 8 -> elements.putLong(i, Long.reverseBytes(elements.getLong(i)));
                case 4 -> elements.putInt(i, Integer.reverseBytes(elements.getInt(i)));
                case 2 -> elements.putShort(i, Short.reverseBytes(elements.getShort(i)));
                default -> {
                    return;
                }
            }
        }
    }
}
