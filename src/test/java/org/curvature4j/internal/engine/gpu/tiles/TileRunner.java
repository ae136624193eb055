package org.curvature4j.internal.engine.gpu.tiles;

import java.util.List;
import java.util.Optional;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.code.Unsuitable;
import org.curvature4j.internal.engine.program.TensorProgram;
import org.curvature4j.internal.engine.tile.Transposer;
import org.curvature4j.internal.gpu.Device;
import org.curvature4j.op.JavaKernels.Tensor;

/** Opens tiles on a device to tests in other packages. */
public final class TileRunner {
    private TileRunner() {}

    private static TensorProgram program(Graph graph) {
        return TensorProgram.of(graph, new DeviceRecorder());
    }

    /** Why a graph can't be computed on a device; empty if it can. */
    public static Optional<String> refusal(Graph graph) {
        try {
            program(graph);
            return Optional.empty();
        } catch (Unsuitable e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** The kernels of a graph, as PTX. */
    public static String text(Graph graph) {
        return new ProgramCode(program(graph)).text();
    }

    /** How many kernels run each time. */
    public static int launches(Graph graph) {
        return new ProgramCode(program(graph)).each().size();
    }

    /** The first output, its last axis taken for a batch. */
    public static Tensor evaluate(Device device, Graph graph, List<Tensor> arguments) {
        TileCode tile = new TileCode(program(graph));
        ProgramCode code = tile.code();
        TensorType type = graph.outputs().get(0).type();
        int batch = type.rank() == 0 ? 1 : Math.toIntExact(type.shape().dim(type.rank() - 1));
        try (Lane lane = new Lane(device, code.bytes())) {
            PlanMemory memory = new PlanMemory(lane, code);
            for (int i = 0; i < arguments.size(); i++) {
                double[] values = arguments.get(i).values();
                Arrival arrival = tile.arrival(i);
                memory.upload(values, values.length, arrival.place());
                memory.run(arrival.then());
            }
            memory.clearMarks();
            memory.run(code.each());
            memory.await();
            double[] rows = new double[Math.toIntExact(type.size())];
            double[] values = new double[rows.length];
            Arrival arrival = tile.rows();
            memory.run(arrival.then());
            memory.download(arrival.place(), rows, rows.length);
            Transposer.transpose(rows, 0, batch, batch == 0 ? 0 : rows.length / batch, values);
            return Tensor.of(type, values);
        }
    }
}
