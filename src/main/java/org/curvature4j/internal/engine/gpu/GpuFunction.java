package org.curvature4j.internal.engine.gpu;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.curvature4j.internal.engine.backend.Settings;
import org.curvature4j.internal.engine.code.Unsuitable;
import org.curvature4j.internal.engine.scalar.ScalarProgram;
import org.curvature4j.internal.engine.tile.BatchFunction;
import org.curvature4j.internal.gpu.Device;
import org.curvature4j.internal.gpu.DeviceSink;
import org.curvature4j.internal.gpu.DeviceSource;
import org.curvature4j.internal.gpu.driver.DriverException;
import org.curvature4j.internal.host.Lifetime;
import org.curvature4j.internal.host.Resources;
import org.curvature4j.internal.host.Workers;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSink;
import org.curvature4j.stream.RowSource;
import org.jspecify.annotations.Nullable;

/**
 * A small function as straight-line code for GPUs, a thread a point, over tiles of the batch that all devices share. Points
 * that a device can make are made there, and a sink that takes results there gets them there; all else passes through
 * this machine's memory. The same bits for any number of devices and any tile, since every point is computed alone.
 */
public final class GpuFunction implements BatchFunction {
    /** A tile with as many points is not made smaller: the device would wait for this machine all the time. */
    private static final int LEAST = 256;

    private static final int MOST = 1 << 20;

    /** Bytes of points and results beyond which a tile only takes memory: they keep a large device busy for 50 microseconds. */
    private static final long COMFORT = 64L << 20;

    private final FunctionCode code;
    private final GpuCost cost;
    private final List<Device> devices;
    private final Settings settings;
    private final ConcurrentLinkedDeque<PointTile> idle = new ConcurrentLinkedDeque<>();
    private final Lifetime lifetime = new Lifetime("function", this::free);

    private GpuFunction(FunctionCode code, GpuCost cost, List<Device> devices, Settings settings) {
        this.code = code;
        this.cost = cost;
        this.devices = devices;
        this.settings = settings;
    }

    /**
     * Prepares a function; the devices' driver compiles it when it is first computed.
     *
     * @param devices that share each batch, at least one
     * @throws Unsuitable if it has an operation that devices have no code for
     */
    public static GpuFunction of(ScalarProgram program, List<Device> devices, Settings settings) {
        return new GpuFunction(FunctionCode.of(program), GpuCost.of(program), List.copyOf(devices), settings);
    }

    /** Whether results are those of {@code FusedFunction} to the last bit. */
    public boolean hasBitsOfCpu() {
        return code.hasBitsOfCpu();
    }

    /** Whether the devices are expected to compute a batch faster than this machine's processor. */
    public boolean isExpectedFaster(RowSource source, RowSink sink) {
        return cost.isLess(source.rows(), devices, PointTile.Transfer.of(source, sink), settings.threads());
    }

    /**
     * As promised.
     *
     * @throws DriverException if a device fails before any result was handed on, so that another engine may begin anew
     * @throws IllegalStateException if one fails later
     */
    @Override
    public void evaluate(RowSource source, RowSink sink, Progress progress) {
        lifetime.use(() -> compute(source, sink, progress));
    }

    /**
     * Computes a few rows, a tile, by one of the devices.
     *
     * @throws DriverException if it fails
     */
    public void evaluate(Device device, RowSource source, RowSink sink) {
        lifetime.use(() -> {
            RowSource rows = source.origin();
            int count = Math.toIntExact(rows.rows());
            PointTile tile = take(device, count, PointTile.Transfer.of(source, sink));
            try {
                tile.run(ends(tile, rows, sink, null, () -> {}), 0, count);
            } catch (RuntimeException e) {
                Resources.of(tile).closeAfter(e);
                throw e;
            }
            idle.add(tile);
        });
    }

    private static PointTile.Ends ends(
            PointTile tile, RowSource source, RowSink sink, DeviceSink.@Nullable Session session, Runnable delivery) {
        return new PointTile.Ends(
                source,
                source instanceof DeviceSource made ? made.open(tile.queue()) : null,
                sink,
                session,
                delivery);
    }

    private PointTile take(Device device, int size, PointTile.Transfer transfer) {
        for (PointTile tile : idle) {
            if (tile.queue().device() == device
                    && tile.size() == size
                    && tile.serves(transfer)
                    && idle.remove(tile)) {
                return tile;
            }
        }
        return new PointTile(code, device, size, transfer);
    }

    private void compute(RowSource source, RowSink sink, Progress progress) {
        if (source.rows() == 0) {
            return;
        }
        RowSource rows = source.origin();
        @Nullable DeviceSink taker = sink.origin() instanceof DeviceSink there && there.takesPlanes() ? there : null;
        PointTile.Transfer transfer = PointTile.Transfer.of(source, sink);
        AtomicBoolean delivered = new AtomicBoolean();
        for (int tile = tile(rows.rows(), transfer, taker); ; tile /= 2) {
            int workers = (int) Math.min(workers(), (rows.rows() + tile - 1) / tile);
            try (Lent lent = new Lent(workers, tile, transfer, taker)) {
                Workers.run(rows.rows(), tile, workers, () -> lent.worker(rows, sink, delivered, progress));
                return;
            } catch (DriverException e) {
                // What is kept may be broken, or be the memory that is missing.
                unused().closeAfter(e);
                if (delivered.get()) {
                    throw new IllegalStateException(
                            "device: expected a batch to be computed, got an error after some of its results: "
                                    + e.getMessage() + " (--device cpu does without a GPU)",
                            e);
                } else if (!e.isOutOfMemory() || tile <= LEAST) {
                    throw e;
                }
            }
        }
    }

    /** At least two for each device, so that it computes for one while the other reads and writes; more move more bytes. */
    private int workers() {
        return devices.size() * Math.min(4, Math.max(2, settings.threads() / devices.size()));
    }

    private int tile(long rows, PointTile.Transfer transfer, @Nullable DeviceSink taker) {
        int workers = workers();
        if (settings.tile() > 0) {
            return settings.tile();
        }
        long session = taker == null ? 0 : taker.sessionBytes();
        long host = Math.max(1, Double.BYTES * transfer.hostNumbers(code.inputs(), code.outputs())) * workers;
        long device = (Double.BYTES * transfer.deviceNumbers(code.inputs(), code.outputs()) + session)
                * (workers / devices.size());
        long budget = devices.stream().mapToLong(Device::budget).min().orElse(0);
        long fit = Math.min(
                COMFORT / (Double.BYTES * ((long) code.inputs() + code.outputs())),
                Math.min(settings.memory() / host, budget / device));
        long enough = Math.min((rows + workers - 1) / workers, MOST);
        long bounded = Math.min(Long.highestOneBit(Math.max(fit, 1)), 2 * Long.highestOneBit(enough));
        return (int) Math.max(LEAST, bounded);
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

        Workers.Worker worker(RowSource source, RowSink sink, AtomicBoolean delivered, Progress progress) {
            int number = unused.remove();
            PointTile tile = tiles.get(number);
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

    @Override
    public String describe() {
        return "GPU code, for small functions: " + code.computations() + " computations a point, on "
                + devices.stream().map(Device::toString).collect(Collectors.joining(" and "));
    }

    /** What no batch uses now, which is forgotten here. */
    private Resources unused() {
        Resources unused = new Resources();
        for (PointTile tile = idle.poll(); tile != null; tile = idle.poll()) {
            unused.add(tile);
        }
        return unused;
    }

    private void free() {
        unused().close();
    }

    @Override
    public void close() {
        lifetime.close();
    }
}
