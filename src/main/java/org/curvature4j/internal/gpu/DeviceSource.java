package org.curvature4j.internal.gpu;

import org.curvature4j.stream.RowSource;

/** Rows that a device can make itself, the same to the last bit as {@link #read(long, int, double[])} gives, so that none is uploaded. */
public interface DeviceSource extends RowSource {

    /**
     * Queues what makes rows.
     *
     * @param planes take number k of row {@code first + i} at [k * stride + i]
     * @param stride rows from one plane to the next, at least {@code count}
     */
    void read(Queue queue, long first, int count, Buffer planes, long stride);

    /** Some of these rows, which a device can make too. */
    @Override
    default RowSource part(long first, long count) {
        return first == 0 && count == rows() ? this : new DeviceSourcePart(this, first, count);
    }
}
