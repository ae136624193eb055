package org.curvature4j.internal.host;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;

/** Numbers in an array's memory, of any element type, as float64: what isn't the same number there is refused. */
final class Stored {
    /** Elements looked at together: few enough for Java's buffers, enough that making one costs nothing. */
    private static final int BLOCK = 1 << 16;

    private final String argument;
    private final ElementType type;
    private final BytePointer memory;

    Stored(String argument, DataType dataType, Pointer memory) {
        this.argument = argument;
        this.type = ElementType.of(argument, dataType);
        this.memory = new BytePointer(memory);
    }

    /**
     * Looks at all elements.
     *
     * @throws IllegalArgumentException if float64 doesn't hold one of them
     */
    void requireExact(long count) {
        if (type.isAlwaysExact()) {
            return;
        }
        for (long from = 0; from < count; from += BLOCK) {
            int some = (int) Math.min(BLOCK, count - from);
            ByteBuffer block = block(from, some);
            for (int i = 0; i < some; i++) {
                long bits = type.bits(block, i);
                type.requireExact(argument, bits);
            }
        }
    }

    void read(long from, double[] target, int to, int count) {
        for (int done = 0; done < count; done += BLOCK) {
            int some = Math.min(BLOCK, count - done);
            ByteBuffer block = block(from + done, some);
            if (type == ElementType.FLOAT) {
                FloatBuffer floats = block.asFloatBuffer();
                for (int i = 0; i < some; i++) {
                    target[to + done + i] = floats.get(i);
                }
            } else {
                for (int i = 0; i < some; i++) {
                    target[to + done + i] = type.value(type.bits(block, i));
                }
            }
        }
    }

    /** Writes numbers that this type holds: rounded where it is a floating one, else the same or refused. */
    void write(long from, double[] source, int first, int count) {
        for (int done = 0; done < count; done += BLOCK) {
            int some = Math.min(BLOCK, count - done);
            ByteBuffer block = block(from + done, some);
            if (type == ElementType.FLOAT) {
                FloatBuffer floats = block.asFloatBuffer();
                for (int i = 0; i < some; i++) {
                    floats.put(i, (float) source[first + done + i]);
                }
            } else {
                for (int i = 0; i < some; i++) {
                    put(block, i, source[first + done + i]);
                }
            }
        }
    }

    private void put(ByteBuffer block, int at, double number) {
        boolean holds =
                switch (type) {
                    case INT64 -> (long) number == number && number < 0x1p63;
                    case INT32 -> (int) number == number;
                    case BOOL -> number == 0 || number == 1;
                    default ->
                        throw new IllegalArgumentException(
                                argument + ": expected float64, float32, int64, int32 or bool, got " + type);
                };
        if (!holds) {
            throw new IllegalArgumentException(argument + ": expected numbers that " + type + " holds, got " + number);
        }
        switch (type) {
            case INT64 -> block.putLong(8 * at, (long) number);
            case INT32 -> block.putInt(4 * at, (int) number);
            default -> block.put(at, (byte) number);
        }
    }

    private ByteBuffer block(long from, int count) {
        return memory.getPointer(from * type.width())
                .capacity((long) count * type.width())
                .asByteBuffer()
                .order(ByteOrder.nativeOrder());
    }
}
