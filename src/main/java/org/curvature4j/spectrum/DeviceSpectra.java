package org.curvature4j.spectrum;

import java.util.Objects;
import org.curvature4j.internal.gpu.Buffer;
import org.curvature4j.internal.gpu.DeviceSink;
import org.curvature4j.internal.gpu.HostBuffer;
import org.curvature4j.internal.gpu.PlaneRows;
import org.curvature4j.internal.gpu.Queue;
import org.curvature4j.internal.host.Resources;
import org.curvature4j.internal.text.Arguments;
import org.curvature4j.stream.RowSink;
import org.jspecify.annotations.Nullable;

/**
 * Finds the spectra of a queue's tiles on the device and sums them up there. Where a matrix has none, because it isn't
 * finite or symmetric or its values overflow, its tile goes the processor's way, which knows what to say of it.
 */
final class DeviceSpectra implements DeviceSink.Session {
    /** Bytes of memory here at least, through which matrices go the processor's way: several of any order. */
    private static final long LEAST_MEMORY = 1L << 20;

    /** Eigenvalues that are handed on at once: they stay in the processor's cache. */
    private static final int BLOCK = 1 << 14;

    private final SpectraSink sink;
    private final SpectrumOptions options;
    private final @Nullable RowSink values;
    private final int order;
    private final Queue queue;
    private final int spectraStride;
    private final SpectrumCode code;
    private final PlaneRows turning;
    private final Resources owned = new Resources();
    private final Buffer spectra;
    private final Buffer counts;
    private final Buffer extremes;
    private final HostBuffer memory;
    private final TileSummary summary;
    private final @Nullable Buffer rows;
    private final @Nullable HostBuffer rowsHere;
    private final double[] numbers = new double[BLOCK];
    private @Nullable Tile current;

    /** What {@link #accept} was given. */
    private record Tile(long first, int count, Buffer planes, long stride) {}

    /**
     * @param sink takes summaries, and matrices that have none
     * @param values takes the eigenvalues, or null
     * @param tile how many matrices come at once at most
     */
    DeviceSpectra(
            SpectraSink sink,
            int order,
            Precision precision,
            SpectrumOptions options,
            @Nullable RowSink values,
            Queue queue,
            int tile) {
        this.sink = sink;
        this.order = order;
        this.options = options;
        this.values = values;
        this.queue = queue;
        spectraStride = SpectrumCode.stride(tile);
        owned.add(queue::drain);
        try {
            code = new SpectrumCode(queue, order, precision);
            turning = new PlaneRows(queue);
            spectra = buffer((long) EigenvalueKernel.planes(order) * spectraStride * Double.BYTES);
            counts = buffer(SummaryKernel.COPIES * TileSummary.countsBytes());
            extremes = buffer(TileSummary.extremesBytes(tile));
            memory = here(Math.max(TileSummary.bytes(tile), LEAST_MEMORY));
            summary = new TileSummary(memory);
            long bytes = (long) order * tile * Double.BYTES;
            rows = values == null ? null : buffer(bytes);
            rowsHere = values == null ? null : here(bytes);
        } catch (RuntimeException e) {
            owned.closeAfter(e);
            throw e;
        }
    }

    private Buffer buffer(long bytes) {
        return owned.add(queue.device().allocate(bytes));
    }

    private HostBuffer here(long bytes) {
        return owned.add(queue.device().allocateHost(bytes));
    }

    @Override
    public void accept(long first, int count, Buffer planes, long stride) {
        long numbers = (long) order * order * stride;
        Arguments.refuseIf(numbers > Integer.MAX_VALUE, "tile", "at most 2^31 numbers", numbers);
        current = new Tile(first, count, planes, stride);
        queue.clear(counts, 0, counts.bytes());
        code.solve(planes, stride, spectra, spectraStride, count);
        code.summarise(spectra, spectraStride, count, options, counts, extremes);
        queue.download(counts, 0, memory, 0, TileSummary.countsBytes());
        queue.download(extremes, 0, memory, TileSummary.countsBytes(), TileSummary.extremesBytes(count));
        if (rows != null && rowsHere != null) {
            turning.toRows(spectra, spectraStride, 0, rows, count, order);
            queue.download(rows, 0, rowsHere, 0, (long) count * order * Double.BYTES);
        }
    }

    @Override
    public void complete() {
        Tile done = Objects.requireNonNull(current);
        current = null;
        if (!summary.isComplete()) {
            takeHere(done);
            return;
        }
        if (values != null && rowsHere != null) {
            int most = numbers.length / order;
            for (int start = 0; start < done.count; start += most) {
                int some = Math.min(most, done.count - start);
                rowsHere.read((long) start * order * Double.BYTES, numbers, 0, some * order);
                values.write(done.first + start, some, numbers);
            }
        }
        sink.add(summary.read(done.first, done.count));
    }

    /** Takes a tile by the processor, some matrices at a time. */
    private void takeHere(Tile done) {
        int square = order * order;
        int most = (int) (memory.bytes() / Double.BYTES / square);
        double[] planes = new double[most * square];
        double[] matrices = new double[most * square];
        for (int start = 0; start < done.count; start += most) {
            int some = Math.min(most, done.count - start);
            for (int k = 0; k < square; k++) {
                long from = (k * done.stride + start) * Double.BYTES;
                queue.download(done.planes, from, memory, (long) k * some * Double.BYTES, (long) some * Double.BYTES);
            }
            queue.await();
            memory.read(0, planes, 0, some * square);
            for (int i = 0; i < some; i++) {
                for (int k = 0; k < square; k++) {
                    matrices[i * square + k] = planes[k * some + i];
                }
            }
            sink.write(done.first + start, some, matrices);
        }
    }

    @Override
    public void close() {
        owned.close();
    }
}
