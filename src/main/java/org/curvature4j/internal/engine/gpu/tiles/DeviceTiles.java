package org.curvature4j.internal.engine.gpu.tiles;

import org.curvature4j.graph.Graph;
import org.curvature4j.internal.engine.program.TensorProgram;
import org.curvature4j.internal.engine.tile.TileEngine;
import org.curvature4j.internal.engine.tile.TilePlan;
import org.curvature4j.internal.engine.tile.TileSize;
import org.curvature4j.internal.gpu.Device;

/**
 * Tiles on a device: functions of float64 and float32 that are too large for one thread a point. A tile is large, so that
 * every multiprocessor has threads to do in each kernel.
 */
public final class DeviceTiles implements TileEngine {
    private final Device device;

    public DeviceTiles(Device device) {
        this.device = device;
    }

    @Override
    public TensorProgram program(Graph graph) {
        return TensorProgram.of(graph, new DeviceRecorder());
    }

    @Override
    public TilePlan plan(TensorProgram program) {
        return new DevicePlan(device, new TileCode(program));
    }

    /** Bytes of the device's memory. */
    @Override
    public long bytes(TensorProgram program) {
        return new TileCode(program).code().bytes();
    }

    @Override
    public TileSize.Comfort comfort() {
        return new TileSize.Comfort(1 << 16, 1L << 30);
    }

    @Override
    public String words() {
        return "kernels over arrays on " + device.name() + ", for functions too large for one thread a point";
    }
}
