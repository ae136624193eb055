package org.curvature4j.engine;

import java.util.List;
import java.util.Optional;
import org.curvature4j.graph.Graph;
import org.curvature4j.op.JavaKernels.Tensor;

/** Opens loops over Java arrays to tests in other packages. */
public final class LoopRunner {
    private LoopRunner() {}

    /** Why a graph can't be computed by loops; empty if it can. */
    public static Optional<String> refusal(Graph graph) {
        try {
            TileEngine.LOOPS.program(graph);
            return Optional.empty();
        } catch (ScalarAlgebra.Unsuitable e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** The first output. */
    public static Tensor evaluate(Graph graph, List<Tensor> arguments) {
        try (LoopPlan plan = new LoopPlan(TileEngine.LOOPS.program(graph))) {
            for (int i = 0; i < arguments.size(); i++) {
                double[] values = arguments.get(i).values();
                System.arraycopy(values, 0, plan.input(i).values(), 0, values.length);
            }
            plan.run();
            HeapArray output = plan.output();
            return Tensor.of(
                    graph.outputs().get(0).type(),
                    java.util.Arrays.copyOfRange(output.values(), output.from(), output.to()));
        }
    }
}
