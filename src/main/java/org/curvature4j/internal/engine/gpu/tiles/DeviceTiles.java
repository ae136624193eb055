package org.curvature4j.internal.engine.gpu.tiles;

import java.util.List;
import java.util.stream.Collectors;
import org.curvature4j.internal.engine.backend.Settings;
import org.curvature4j.internal.engine.gpu.TilePipeline;
import org.curvature4j.internal.engine.tile.BatchFunction;
import org.curvature4j.internal.engine.tile.Batched;
import org.curvature4j.internal.engine.tile.DoesNotFit;
import org.curvature4j.internal.engine.tile.Feeds;
import org.curvature4j.internal.gpu.Device;
import org.curvature4j.internal.gpu.driver.DriverException;
import org.curvature4j.internal.host.Lifetime;
import org.curvature4j.internal.host.Resources;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSink;
import org.curvature4j.stream.RowSource;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A function of float64 or float32 that is too large for one thread a point, over tiles of the batch that all devices share. The
 * same bits for any number of devices and any tile.
 */
public final class DeviceTiles implements BatchFunction {
    private final ArrayCode code;
    private final List<Device> devices;
    private final List<INDArray> feeds;
    private final TilePipeline tiles;
    private final int tile;
    private final Lifetime lifetime = new Lifetime("function", this::free);

    /**
     * Prepares a function.
     *
     * @param devices that share each batch, at least one
     * @param graph one output; the first input and the output batched
     * @param feeds values of the inputs after the first, copied; null if they are given with each call
     * @param symmetric the size of the square matrix with which each result begins and that is to be symmetric, or 0
     * @param what the function's name, for errors
     * @throws org.curvature4j.internal.engine.code.Unsuitable if the function isn't one for a device
     * @throws DoesNotFit if the memory of the devices isn't enough
     */
    public DeviceTiles(
            List<Device> devices,
            Batched graph,
            @Nullable List<INDArray> feeds,
            int symmetric,
            String what,
            Settings settings) {
        this.code = new ArrayCode(graph, symmetric);
        this.devices = List.copyOf(devices);
        this.tiles = new TilePipeline(code, devices, settings);
        long least = tiles.bytes(code.least());
        long budget = devices.stream().mapToLong(Device::budget).min().orElse(0);
        if (least > budget) {
            throw new DoesNotFit(what, least, budget);
        }
        this.tile = tiles.size();
        this.feeds = feeds == null ? List.of() : Feeds.copies(code.types(), feeds);
    }

    @Override
    public void evaluate(RowSource source, RowSink sink, Progress progress) {
        evaluate(source, feeds, sink, progress);
    }

    @Override
    public void evaluate(RowSource source, List<INDArray> values, RowSink sink, Progress progress) {
        lifetime.use(() -> {
            try {
                tiles.evaluate(source, values, sink, progress);
            } catch (DriverException e) {
                throw TilePipeline.told(e);
            }
        });
    }

    /**
     * Computes a few rows, a tile, by one of the devices.
     *
     * @param values of the inputs after the first; null where the function holds them
     * @throws DriverException if it fails
     */
    public void evaluate(Device device, RowSource source, @Nullable List<INDArray> values, RowSink sink) {
        lifetime.use(() -> tiles.evaluate(device, source, values == null ? feeds : values, sink));
    }

    @Override
    public String describe() {
        return "kernels over arrays on "
                + devices.stream().map(Device::name).distinct().collect(Collectors.joining(" and "))
                + ", for functions too large for one thread a point: tiles of up to " + tile + " points, "
                + (tiles.bytes(tile) >> 10) + " KiB each, on "
                + devices.stream().map(Device::toString).collect(Collectors.joining(" and "));
    }

    private void free() {
        Resources.of(tiles, () -> Feeds.free(feeds)).close();
    }

    @Override
    public void close() {
        lifetime.close();
    }
}
