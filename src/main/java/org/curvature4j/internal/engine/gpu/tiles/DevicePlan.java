package org.curvature4j.internal.engine.gpu.tiles;

import org.curvature4j.internal.engine.tile.TilePlan;
import org.curvature4j.internal.gpu.Device;
import org.curvature4j.internal.host.HostArray;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A program's plan for a tile on a device. Rows are transposed there. */
final class DevicePlan implements TilePlan {
    /** Numbers of a feed that are converted at a time. */
    private static final int BLOCK = 1 << 20;

    private final ProgramCode code;
    private final Transfers transfers;
    private final PlanMemory memory;

    DevicePlan(Device device, ProgramCode code) {
        this.code = code;
        this.transfers = code.transfers();
        this.memory = new PlanMemory(device, code);
    }

    @Override
    public int inputSize() {
        return Math.toIntExact(transfers.input(0).shape().size());
    }

    @Override
    public void points(double[] rows, int tile) {
        Transfers.Arrival arrival = transfers.points();
        memory.upload(rows, inputSize(), arrival.place());
        memory.run(arrival.then().list());
    }

    @Override
    public void feed(int input, INDArray value) {
        Transfers.Arrival arrival = transfers.arrival(input);
        long length = HostArray.length(value);
        double[] block = new double[(int) Math.min(BLOCK, length)];
        try (HostArray source = HostArray.reading("feed", value)) {
            for (long from = 0; from < length; from += BLOCK) {
                int count = (int) Math.min(BLOCK, length - from);
                source.read(from, block, count);
                memory.upload(block, count, arrival.place() + from * Double.BYTES);
            }
        }
        memory.run(arrival.then().list());
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
        if (outputSize() == 0) {
            return;
        }
        Transfers.Arrival arrival = transfers.rows();
        memory.run(arrival.then().list());
        int rank = transfers.output().shape().rank();
        long batch = rank == 0 ? 1 : transfers.output().shape().dim(rank - 1);
        memory.download(arrival.place(), rows, Math.toIntExact(outputSize() / batch * Math.min(count, batch)));
    }

    @Override
    public void close() {
        memory.close();
    }
}
