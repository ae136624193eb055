package org.curvature4j.internal.gpu;

import org.curvature4j.stream.RowSink;

/**
 * A sink that takes results on the device that computes them, so that they need not leave it. What it can't take there
 * it has to get by {@link #write} like any other: each row comes once, by one way or the other.
 */
public interface DeviceSink extends RowSink {

    /**
     * Whether this sink takes results on a device at all, as it is; else all rows are to be written. Always the same for one
     * sink.
     */
    boolean takesPlanes();

    /** Bytes of device memory that a session needs for each row of a tile, more or less, to choose the tile by. */
    long sessionBytes();

    /**
     * What takes results that one queue computes, with memory of its own; only where {@link #takesPlanes}. To be closed.
     *
     * @param tile how many rows it gets at once at most
     * @throws org.curvature4j.internal.gpu.driver.DriverException if the device lacks the memory, whereupon all are closed and
     *     others asked for with a smaller tile
     */
    Session open(Queue queue, int tile);

    /** A sink for the same rows numbered otherwise: its row 0 is this one's row {@code offset}. */
    @Override
    default RowSink from(long offset) {
        return offset == 0 ? this : new ShiftedSink(this, offset);
    }

    /**
     * Takes the tiles of one queue, one after the other: for each {@link #accept}, then, when the queue has been waited for,
     * {@link #complete}. Used by one thread at a time.
     */
    interface Session extends AutoCloseable {
        /**
         * Queues what takes a tile.
         *
         * @param first row of the tile, as for {@link RowSink#write}
         * @param count rows of it
         * @param planes the results, number k of row i at [k * stride + i]; not to be modified, and there until
         *     {@link #complete} has returned
         * @param stride rows from one plane to the next, at least {@code count}
         */
        void accept(long first, int count, Buffer planes, long stride);

        /**
         * Ends the tile, after the queue has been waited for: hands on what it downloaded, and takes rows that it can't
         * deal with on the device by downloading them from the planes and giving them to {@link RowSink#write}.
         * When this returns, all rows of the tile are taken, and what the sink tells of is theirs too; if
         * it throws, none of the tile's is.
         */
        void complete();

        /** Frees its memory. What was completed stays. */
        @Override
        void close();
    }
}
