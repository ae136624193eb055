package org.curvature4j.io;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.LongStream;
import java.util.zip.Checksum;

/** Checks and sizes of row ranges, shared by readers and writers. */
final class RowRanges {
    private static final int BLOCK = 1 << 20;

    private RowRanges() {}

    /** The shape of a row: all axes but the first. */
    static long[] shape(long[] shape) {
        return shape.length == 0 ? shape : Arrays.copyOfRange(shape, 1, shape.length);
    }

    static long product(long[] shape) {
        return LongStream.of(shape).reduce(1, (a, b) -> a * b);
    }

    /** {@code [count, rowShape...]}. */
    static long[] of(long count, long[] rowShape) {
        return LongStream.concat(LongStream.of(count), LongStream.of(rowShape)).toArray();
    }

    static void checkRange(long first, long count, long rows) {
        if (first < 0 || count < 0 || first > rows - count) {
            throw new IllegalArgumentException(
                    "rows: expected a range within 0 to " + rows + ", got " + count + " rows from " + first);
        }
    }

    /** Adds bytes of a file, which must be that long, to a checksum. */
    static void addTo(Checksum sum, ByteRanges content, long from, long to) throws IOException {
        ByteBuffer block = ByteBuffer.allocate((int) Math.min(BLOCK, Math.max(0, to - from)));
        for (long at = from; at < to; at += block.limit()) {
            block.clear().limit((int) Math.min(block.capacity(), to - at));
            while (block.hasRemaining()) {
                if (content.read(block, at + block.position()) < 0) {
                    throw new EOFException("the file is too short");
                }
            }
            sum.update(block.flip());
        }
    }

    /** Checks that {@code count} rows fit into what the caller gave, and returns their number of elements. */
    static int checkRoom(long count, long rowLength, long room) {
        if (rowLength != 0 && count > room / rowLength) {
            throw new IllegalArgumentException("rows: expected room for " + count + " rows of " + rowLength
                    + " elements, got room for " + room + " elements");
        }
        return (int) (count * rowLength);
    }
}
