package org.curvature4j.spectrum;

import org.curvature4j.internal.gpu.DeviceSink;
import org.curvature4j.internal.gpu.Queue;
import org.curvature4j.stream.RowSink;
import org.jspecify.annotations.Nullable;

/**
 * A {@link SpectraSink} as devices see it.
 *
 * @param sink does what isn't done on a device
 * @param values takes the eigenvalues, or null
 */
record DeviceSpectraSink(
        SpectraSink sink, int order, Precision precision, SpectrumOptions options, @Nullable RowSink values)
        implements DeviceSink {

    @Override
    public void write(long first, int count, double[] rows) {
        sink.write(first, count, rows);
    }

    @Override
    public boolean takesPlanes() {
        return order >= 1 && order <= EigenvalueKernel.LARGEST_ORDER;
    }

    @Override
    public long sessionBytes() {
        int numbers = EigenvalueKernel.planes(order) + (values == null ? 0 : order);
        return (long) numbers * Double.BYTES;
    }

    @Override
    public Session open(Queue queue, int tile) {
        SpectraCheck.run(queue, order, precision);
        return new DeviceSpectra(sink, order, precision, options, values, queue, tile);
    }
}
