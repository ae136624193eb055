package org.curvature4j.internal.engine.gpu.tiles;

import java.util.List;
import java.util.Optional;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.code.Unsuitable;
import org.curvature4j.internal.engine.program.TensorProgram;
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
        return new ProgramCode(program(graph)).kernels().text();
    }

    /** How many kernels run each time. */
    public static int launches(Graph graph) {
        return new ProgramCode(program(graph)).each().size();
    }

    /** The first output. */
    public static Tensor evaluate(Device device, Graph graph, List<Tensor> arguments) {
        TensorProgram program = program(graph);
        ProgramCode code = new ProgramCode(program);
        List<Arrival> arrivals = program.inputs().stream()
                .map(input -> Arrival.of(code, code.array(input)))
                .toList();
        DeviceArray output = code.array(program.outputs().get(0));
        DeviceArray numbers = Arrival.scratch(code, output.shape());
        List<Launch> result = code.target()
                .cast(output, numbers, output.dtype(), DType.FLOAT64)
                .list();
        try (Lane lane = new Lane(device, code.bytes())) {
            PlanMemory memory = new PlanMemory(lane, code);
            for (int i = 0; i < arguments.size(); i++) {
                double[] values = arguments.get(i).values();
                memory.upload(values, values.length, arrivals.get(i).place());
                memory.run(arrivals.get(i).then());
            }
            memory.clearMarks();
            memory.run(code.each());
            memory.await();
            memory.check();
            memory.run(result);
            TensorType type = graph.outputs().get(0).type();
            double[] values = new double[Math.toIntExact(type.size())];
            memory.download(numbers.place(), values, values.length);
            return Tensor.of(type, values);
        }
    }
}
