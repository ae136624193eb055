package org.curvature4j.internal.engine.gpu;

import java.util.List;
import org.curvature4j.internal.gpu.Buffer;
import org.curvature4j.internal.gpu.Device;
import org.curvature4j.internal.gpu.DeviceSink;
import org.curvature4j.internal.gpu.DeviceSource;
import org.curvature4j.internal.gpu.HostBuffer;
import org.curvature4j.internal.gpu.PlaneRows;
import org.curvature4j.internal.gpu.Queue;
import org.curvature4j.internal.host.Resources;
import org.curvature4j.stream.RowSink;
import org.curvature4j.stream.RowSource;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The queue and the memory by which one thread at a time has a device compute a tile of points: while it reads and writes
 * rows, the device computes for another. Owns memory here and there until it is closed.
 */
final class PointTile implements AutoCloseable {
    /** Numbers that are moved at once between Java and memory that the device reads: they stay in the processor's cache. */
    private static final int BLOCK = 1 << 14;

    private final DeviceCode code;
    private final int size;
    /** The queue first, so that nothing is under way when memory is freed. */
    private final Resources owned = new Resources();

    private final Queue queue;
    private final DeviceCode.Computation computation;
    private final PlaneRows turning;
    private final Buffer points;
    private final Buffer results;
    private final @Nullable Buffer rows;
    private final @Nullable HostBuffer in;
    private final @Nullable HostBuffer out;
    private final double[] block;
    private List<INDArray> fed = List.of();

    /** Which rows pass through this machine's memory. */
    record Transfer(boolean up, boolean down) {
        static Transfer of(RowSource source, RowSink sink) {
            return new Transfer(
                    !(source.origin() instanceof DeviceSource),
                    !(sink.origin() instanceof DeviceSink taker && taker.takesPlanes()));
        }

        /** Numbers a point for which a device has memory. */
        long deviceNumbers(int inputs, int outputs) {
            return (long) inputs + outputs + rowNumbers(inputs, outputs);
        }

        /** Of these, what turns between rows and planes. */
        int rowNumbers(int inputs, int outputs) {
            return Math.max(up ? inputs : 0, down ? outputs : 0);
        }

        /** Numbers a point that pass through this machine. */
        long hostNumbers(int inputs, int outputs) {
            return (up ? (long) inputs : 0) + (down ? outputs : 0);
        }
    }

    /** @throws org.curvature4j.internal.gpu.driver.DriverException if there isn't the memory; nothing is kept then */
    PointTile(DeviceCode code, Device device, int size, Transfer transfer) {
        this.code = code;
        this.size = size;
        try {
            queue = owned.add(device.queue());
            turning = new PlaneRows(queue);
            points = owned.add(device.allocate(bytes(code.inputs())));
            results = owned.add(device.allocate(bytes(code.outputs())));
            long across = transfer.rowNumbers(code.inputs(), code.outputs());
            rows = across == 0 ? null : owned.add(device.allocate(bytes(across)));
            in = transfer.up() ? owned.add(device.allocateHost(bytes(code.inputs()))) : null;
            out = transfer.down() ? owned.add(device.allocateHost(bytes(code.outputs()))) : null;
            computation = owned.add(code.open(queue, size, points, results));
        } catch (RuntimeException e) {
            owned.closeAfter(e);
            throw e;
        }
        block = new double[Math.max(BLOCK, Math.max(code.inputs(), code.outputs()))];
    }

    private long bytes(long numbers) {
        return Double.BYTES * numbers * size;
    }

    Queue queue() {
        return queue;
    }

    int size() {
        return size;
    }

    /** Whether this can serve where such rows pass. */
    boolean serves(Transfer transfer) {
        return (in != null || !transfer.up()) && (out != null || !transfer.down());
    }

    /** Sets the inputs after the first; those that are the same arrays as before stay. */
    void feed(List<INDArray> feeds) {
        boolean same = fed.size() == feeds.size();
        for (int i = 0; same && i < feeds.size(); i++) {
            same = fed.get(i) == feeds.get(i);
        }
        if (!same) {
            fed = List.of();
            computation.feed(feeds);
            fed = List.copyOf(feeds);
        }
    }

    /**
     * Where a tile's rows come from and go to.
     *
     * @param maker makes the points on the device; null if they are to be read from the source
     * @param session takes the results on the device; null if they are to be written to the sink
     * @param delivery is called before the first result is handed on
     */
    record Ends(
            RowSource source,
            DeviceSource.@Nullable Maker maker,
            RowSink sink,
            DeviceSink.@Nullable Session session,
            Runnable delivery) {}

    /** Computes {@code count} rows, at most a tile, from {@code first} on. */
    void run(Ends ends, long first, int count) {
        load(ends, first, count);
        computation.run(count);
        DeviceSink.Session session = ends.session();
        if (session != null) {
            session.accept(first, count, results, size);
            await(ends);
            session.complete();
        } else {
            write(ends, first, count);
        }
    }

    private void load(Ends ends, long first, int count) {
        DeviceSource.Maker maker = ends.maker();
        if (maker != null) {
            maker.make(first, count, points, size);
            return;
        }
        HostBuffer staging = present(in);
        int most = block.length / code.inputs();
        for (int done = 0; done < count; done += most) {
            int some = Math.min(most, count - done);
            ends.source().read(first + done, some, block);
            staging.write((long) done * code.inputs() * Double.BYTES, block, 0, some * code.inputs());
        }
        queue.upload(staging, 0, present(rows), 0, (long) count * code.inputs() * Double.BYTES);
        turning.toPlanes(present(rows), points, size, count, code.inputs());
    }

    private void await(Ends ends) {
        queue.await();
        computation.check();
        ends.delivery().run();
    }

    private void write(Ends ends, long first, int count) {
        HostBuffer staging = present(out);
        turning.toRows(results, size, 0, present(rows), count, code.outputs());
        queue.download(present(rows), 0, staging, 0, (long) count * code.outputs() * Double.BYTES);
        await(ends);
        int most = block.length / code.outputs();
        for (int done = 0; done < count; done += most) {
            int some = Math.min(most, count - done);
            staging.read((long) done * code.outputs() * Double.BYTES, block, 0, some * code.outputs());
            ends.sink().write(first + done, some, block);
        }
    }

    private static <T> T present(@Nullable T resource) {
        if (resource == null) {
            throw new IllegalStateException("tile: expected one for such rows, got one without their memory");
        }
        return resource;
    }

    @Override
    public void close() {
        owned.close();
    }
}
