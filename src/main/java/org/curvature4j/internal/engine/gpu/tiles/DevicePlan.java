package org.curvature4j.internal.engine.gpu.tiles;

import org.curvature4j.internal.engine.tile.TilePlan;
import org.curvature4j.internal.gpu.Device;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A program's plan for a tile on a device. Rows are transposed there. */
final class DevicePlan implements TilePlan {
    private final ProgramCode code;
    private final Transfers transfers;
    private final Lane lane;
    private final PlanMemory memory;

    DevicePlan(Device device, ProgramCode code) {
        this.code = code;
        this.transfers = code.transfers();
        this.lane = new Lane(device, code.bytes());
        try {
            this.memory = new PlanMemory(lane, code);
        } catch (RuntimeException | Error e) {
            lane.close();
            throw e;
        }
    }

    @Override
    public int inputSize() {
        return Math.toIntExact(transfers.input(0).shape().size());
    }

    @Override
    public void points(double[] rows, int tile) {
        Transfers.Arrival arrival = transfers.points();
        memory.upload(rows, inputSize(), arrival.place());
        memory.run(arrival.then());
    }

    @Override
    public void feed(int input, INDArray value) {
        memory.feed(input, value);
    }

    @Override
    public void run() {
        memory.clearMarks();
        memory.run(code.each());
    }

    @Override
    public int outputSize() {
        return Math.toIntExact(transfers.output().shape().size());
    }

    @Override
    public void results(int count, double[] rows) {
        memory.await();
        int rank = transfers.output().shape().rank();
        long batch = rank == 0 ? 1 : transfers.output().shape().dim(rank - 1);
        if (outputSize() > 0) {
            Transfers.Arrival arrival = transfers.rows();
            memory.run(arrival.then());
            memory.download(arrival.place(), rows, Math.toIntExact(outputSize() / batch * Math.min(count, batch)));
        }
    }

    @Override
    public void close() {
        try {
            memory.close();
        } finally {
            lane.close();
        }
    }
}
