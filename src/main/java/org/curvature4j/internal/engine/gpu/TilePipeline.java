package org.curvature4j.internal.engine.gpu;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import org.curvature4j.internal.engine.backend.Settings;
import org.curvature4j.internal.gpu.Device;
import org.curvature4j.internal.gpu.DeviceSink;
import org.curvature4j.internal.gpu.DeviceSource;
import org.curvature4j.internal.gpu.driver.DriverException;
import org.curvature4j.internal.host.Resources;
import org.curvature4j.internal.host.Workers;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSink;
import org.curvature4j.stream.RowSource;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Computes batches by tiles that all devices share, two or more at a time on each: it computes for one while the other reads
 * and writes. Points that a device can make are made there, and a sink that takes results there gets them there; all else
 * passes through this machine's memory. Keeps its tiles for the next batch until it is closed, after the last.
 */
public final class TilePipeline implements AutoCloseable {
    private final DeviceCode code;
    private final List<Device> devices;
    private final Settings settings;
    private final ConcurrentLinkedDeque<PointTile> idle = new ConcurrentLinkedDeque<>();

    /** @param devices that share each batch, at least one */
    public TilePipeline(DeviceCode code, List<Device> devices, Settings settings) {
        this.code = code;
        this.devices = List.copyOf(devices);
        this.settings = settings;
    }

    /**
     * Computes a batch. Where memory is short, with smaller tiles.
     *
     * @param feeds values of the inputs after the first
     * @throws DriverException if a device fails before any result was handed on, so that another engine may begin anew
     * @throws IllegalStateException if one fails later
     */
    public void evaluate(RowSource source, List<INDArray> feeds, RowSink sink, Progress progress) {
        if (source.rows() == 0) {
            return;
        }
        RowSource rows = source.origin();
        @Nullable DeviceSink taker = sink.origin() instanceof DeviceSink there && there.takesPlanes() ? there : null;
        PointTile.Transfer transfer = PointTile.Transfer.of(source, sink);
        AtomicBoolean delivered = new AtomicBoolean();
        for (int tile = size(rows.rows(), transfer, taker); ; tile = multiple(tile / 2)) {
            int workers = (int) Math.min(workers(), (rows.rows() + tile - 1) / tile);
            try (Lent lent = new Lent(workers, tile, transfer, taker)) {
                Workers.run(rows.rows(), tile, workers, () -> lent.worker(rows, feeds, sink, delivered, progress));
                return;
            } catch (CancellationException e) {
                // Some may still be computing.
                unused().closeAfter(e);
                throw e;
            } catch (DriverException e) {
                // What is kept may be broken, or be the memory that is missing.
                unused().closeAfter(e);
                if (delivered.get()) {
                    throw told("got an error after some of its results: ", e);
                } else if (!e.isOutOfMemory() || tile <= code.least()) {
                    throw e;
                }
            }
        }
    }

    /**
     * Computes a few rows, a tile, by one of the devices.
     *
     * @throws DriverException if it fails
     */
    public void evaluate(Device device, RowSource source, List<INDArray> feeds, RowSink sink) {
        RowSource rows = source.origin();
        int count = Math.toIntExact(rows.rows());
        PointTile tile = take(device, multiple(count), PointTile.Transfer.of(source, sink));
        try {
            tile.feed(feeds);
            tile.run(ends(tile, rows, sink, null, () -> {}), 0, count);
        } catch (RuntimeException e) {
            Resources.of(tile).closeAfter(e);
            throw e;
        }
        idle.add(tile);
    }

    private static PointTile.Ends ends(
            PointTile tile, RowSource source, RowSink sink, DeviceSink.@Nullable Session session, Runnable delivery) {
        return new PointTile.Ends(
                source, source instanceof DeviceSource made ? made.open(tile.queue()) : null, sink, session, delivery);
    }

    private PointTile take(Device device, int size, PointTile.Transfer transfer) {
        for (PointTile tile : idle) {
            if (tile.queue().device() == device && tile.size() == size && tile.serves(transfer) && idle.remove(tile)) {
                return tile;
            }
        }
        return new PointTile(code, device, size, transfer);
    }

    /** A failure of {@link #evaluate} in words, where nobody else computes the batch. */
    public static IllegalStateException told(DriverException failure) {
        return told("got ", failure);
    }

    private static IllegalStateException told(String got, DriverException failure) {
        return new IllegalStateException(
                "device: expected a batch to be computed, " + got + failure.getMessage()
                        + " (--device cpu does without a GPU)",
                failure);
    }

    private int workers() {
        return devices.size() * Math.min(4, Math.max(2, settings.threads() / devices.size()));
    }

    private int multiple(int size) {
        return (size + code.unit() - 1) / code.unit() * code.unit();
    }

    /** The tile of a large batch that comes from this machine and goes back to it. */
    public int size() {
        return size(Integer.MAX_VALUE, new PointTile.Transfer(true, true), null);
    }

    /** Bytes of a device's memory that such a tile takes. */
    public long bytes(int size) {
        long numbers = new PointTile.Transfer(true, true).deviceNumbers(code.inputs(), code.outputs());
        return code.bytes(size) + Double.BYTES * numbers * size;
    }

    private int size(long rows, PointTile.Transfer transfer, @Nullable DeviceSink taker) {
        if (settings.tile() > 0) {
            return multiple(settings.tile());
        }
        int workers = workers();
        long session = taker == null ? 0 : taker.sessionBytes();
        long host = Math.max(1, Double.BYTES * transfer.hostNumbers(code.inputs(), code.outputs())) * workers;
        long planes = Double.BYTES * ((long) code.inputs() + code.outputs());
        long across = Double.BYTES * (long) transfer.rowNumbers(code.inputs(), code.outputs());
        // Memory that a tile takes of whatever size, and what each point adds to it.
        long own = Math.max(0, code.bytes(2 * code.unit()) - code.bytes(code.unit())) / code.unit();
        long base = Math.max(0, code.bytes(code.unit()) - own * code.unit());
        long budget = devices.stream().mapToLong(Device::budget).min().orElse(0) / (workers / devices.size());
        long fit = Math.min(
                (code.comfort().bytes() - base) / Math.max(1, planes + own),
                Math.min(settings.memory() / host, (budget - base) / Math.max(1, planes + own + across + session)));
        long enough = Math.min((rows + workers - 1) / workers, code.comfort().points());
        long bounded = Math.min(Long.highestOneBit(Math.max(fit, 1)), 2 * Long.highestOneBit(enough));
        return (int) Math.max(code.least(), Math.min(bounded, code.comfort().points()));
    }

    /** The tiles that one batch uses, all had before its first point is computed. */
    private final class Lent implements AutoCloseable {
        private final List<PointTile> tiles = new ArrayList<>();
        private final List<DeviceSink.Session> sessions = new ArrayList<>();
        private final Resources opened = new Resources();
        private final ConcurrentLinkedDeque<Integer> unused = new ConcurrentLinkedDeque<>();

        Lent(int count, int size, PointTile.Transfer transfer, @Nullable DeviceSink taker) {
            try {
                for (int i = 0; i < count; i++) {
                    PointTile tile = take(devices.get(i % devices.size()), size, transfer);
                    tiles.add(tile);
                    if (taker != null) {
                        sessions.add(opened.add(taker.open(tile.queue(), size)));
                    }
                    unused.add(i);
                }
            } catch (RuntimeException e) {
                idle.addAll(tiles);
                opened.closeAfter(e);
                throw e;
            }
        }

        Workers.Worker worker(
                RowSource source, List<INDArray> feeds, RowSink sink, AtomicBoolean delivered, Progress progress) {
            int number = unused.remove();
            PointTile tile = tiles.get(number);
            tile.feed(feeds);
            DeviceSink.@Nullable Session session = sessions.isEmpty() ? null : sessions.get(number);
            PointTile.Ends ends = ends(tile, source, sink, session, () -> delivered.set(true));
            return (first, count) -> {
                tile.run(ends, first, count);
                progress.advance(count);
            };
        }

        @Override
        public void close() {
            idle.addAll(tiles);
            opened.close();
        }
    }

    /** What no batch uses now, which is forgotten here. */
    private Resources unused() {
        Resources unused = new Resources();
        for (PointTile tile = idle.poll(); tile != null; tile = idle.poll()) {
            unused.add(tile);
        }
        return unused;
    }

    @Override
    public void close() {
        unused().close();
    }
}
