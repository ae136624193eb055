package org.curvature4j.internal.engine.gpu.tiles;

import org.curvature4j.internal.engine.tile.TilePlan;
import org.curvature4j.internal.gpu.Device;
import org.curvature4j.internal.host.Resources;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A program's plan for a tile on a device. Rows are transposed there. */
final class DevicePlan implements TilePlan {
    private final TileCode tile;
    private final Lane lane;
    private final PlanMemory memory;

    DevicePlan(Device device, TileCode tile) {
        this.tile = tile;
        this.lane = new Lane(device, tile.code().bytes());
        try {
            this.memory = new PlanMemory(lane, tile.code());
        } catch (RuntimeException | Error e) {
            Resources.of(lane).closeAfter(e);
            throw e;
        }
    }

    @Override
    public int inputSize() {
        return tile.inputSize();
    }

    @Override
    public void points(double[] rows, int points) {
        memory.upload(rows, inputSize(), tile.points().place());
        memory.run(tile.points().then());
    }

    @Override
    public void feed(int input, INDArray value) {
        memory.feed(tile.arrival(input), value);
    }

    @Override
    public void run() {
        memory.clearMarks();
        memory.run(tile.code().each());
    }

    @Override
    public int outputSize() {
        return tile.outputSize();
    }

    @Override
    public void results(int count, double[] rows) {
        memory.await();
        memory.run(tile.rows().then());
        memory.download(tile.rows().place(), rows, tile.outputSize(count));
    }

    @Override
    public void close() {
        lane.close();
    }
}
