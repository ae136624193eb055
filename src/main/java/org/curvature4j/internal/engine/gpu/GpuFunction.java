package org.curvature4j.internal.engine.gpu;

import java.util.List;
import java.util.stream.Collectors;
import org.curvature4j.internal.engine.backend.Settings;
import org.curvature4j.internal.engine.code.Unsuitable;
import org.curvature4j.internal.engine.scalar.ScalarProgram;
import org.curvature4j.internal.engine.tile.BatchFunction;
import org.curvature4j.internal.gpu.Device;
import org.curvature4j.internal.host.Lifetime;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSink;
import org.curvature4j.stream.RowSource;

/**
 * A small function as straight-line code for GPUs, a thread a point, over tiles of the batch that all devices share. The same
 * bits for any number of devices and any tile, since every point is computed alone.
 */
public final class GpuFunction implements BatchFunction {
    private final FunctionCode code;
    private final GpuCost cost;
    private final List<Device> devices;
    private final Settings settings;
    private final TilePipeline tiles;
    private final Lifetime lifetime = new Lifetime("function", this::free);

    private GpuFunction(FunctionCode code, GpuCost cost, List<Device> devices, Settings settings) {
        this.code = code;
        this.cost = cost;
        this.devices = devices;
        this.settings = settings;
        this.tiles = new TilePipeline(code, devices, settings);
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
     * @throws org.curvature4j.internal.gpu.driver.DriverException if a device fails before any result was handed on, so that
     *     another engine may begin anew
     * @throws IllegalStateException if one fails later
     */
    @Override
    public void evaluate(RowSource source, RowSink sink, Progress progress) {
        lifetime.use(() -> tiles.evaluate(source, List.of(), sink, progress));
    }

    /**
     * Computes a few rows, a tile, by one of the devices.
     *
     * @throws org.curvature4j.internal.gpu.driver.DriverException if it fails
     */
    public void evaluate(Device device, RowSource source, RowSink sink) {
        lifetime.use(() -> tiles.evaluate(device, source, List.of(), sink));
    }

    @Override
    public String describe() {
        return "GPU code, for small functions: " + code.computations() + " computations a point, on "
                + devices.stream().map(Device::toString).collect(Collectors.joining(" and "));
    }

    private void free() {
        tiles.close();
    }

    @Override
    public void close() {
        lifetime.close();
    }
}
