package org.curvature4j.internal.host;

import org.curvature4j.stream.RowSink;
import org.curvature4j.stream.RowSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An array's rows, the first axis counting them, as a source or a sink. */
public final class ArrayRows {
    private ArrayRows() {}

    /** Rows read from an array that {@link HostArray#reading} opened. */
    public static RowSource source(HostArray array, long rows, long length) {
        return RowSource.of(
                rows, (first, count, into) -> array.read(first * length, into, Math.toIntExact(count * length)));
    }

    /** Rows written into an array that {@link HostArray#create} made; finish it at the end. */
    public static RowSink sink(HostArray array, long length) {
        return sink(array, length, 1);
    }

    /**
     * As {@link #sink(HostArray, long)}.
     *
     * @param threads that write a large row: who first writes to memory waits for the system to give it
     */
    public static RowSink sink(HostArray array, long length, int threads) {
        return (first, count, rows) ->
                array.writeAll(first * length, rows, Math.toIntExact(count * length), count == 1 ? threads : 1);
    }

    /** Rows of a Java array. */
    public static RowSource source(double[] array, int length) {
        return RowSource.of(
                array.length / length,
                (first, count, into) ->
                        System.arraycopy(array, Math.toIntExact(first * length), into, 0, count * length));
    }

    /** Rows into a Java array. */
    public static RowSink sink(double[] array, int length) {
        return (first, count, rows) ->
                System.arraycopy(rows, 0, array, Math.toIntExact(first * length), count * length);
    }

    /** The length of a row. */
    public static long rowLength(INDArray array) {
        long length = 1;
        for (int axis = 1; axis < array.rank(); axis++) {
            length *= array.size(axis);
        }
        return length;
    }
}
