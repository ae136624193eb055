package org.curvature4j.internal.gpu;

import org.curvature4j.stream.RowSource;

/** Rows that a device can make itself, the same to the last bit as {@link #read} gives, so that none is uploaded. */
public interface DeviceSource extends RowSource {

    /** What makes these rows by way of a queue; used by one thread at a time, and nothing to be closed. */
    Maker open(Queue queue);

    /** Makes rows on one device. */
    @FunctionalInterface
    interface Maker {
        /**
         * Queues what makes rows.
         *
         * @param planes take number k of row {@code first + i} at [k * stride + i]
         * @param stride rows from one plane to the next, at least {@code count}
         */
        void make(long first, int count, Buffer planes, long stride);
    }

    /** Some of these rows, which a device can make too. */
    @Override
    default RowSource part(long first, long count) {
        return first == 0 && count == rows() ? this : new DeviceSourcePart(this, first, count);
    }
}
