package org.curvature4j.io;

import java.util.Arrays;
import java.util.stream.LongStream;

/** Checks and sizes of row ranges, shared by readers and writers. */
final class Rows {
    private Rows() {}

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

    /** Checks that {@code count} rows fit into what the caller gave, and returns their number of elements. */
    static int checkRoom(long count, long rowLength, long room) {
        if (rowLength != 0 && count > room / rowLength) {
            throw new IllegalArgumentException("rows: expected room for " + count + " rows of " + rowLength
                    + " elements, got room for " + room + " elements");
        }
        return (int) (count * rowLength);
    }
}
