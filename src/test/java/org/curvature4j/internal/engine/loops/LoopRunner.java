package org.curvature4j.internal.engine.loops;

import java.util.List;
import java.util.Optional;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.code.Unsuitable;
import org.curvature4j.internal.engine.tile.Transposer;
import org.curvature4j.op.JavaKernels.Tensor;

/** Opens loops over Java arrays to tests in other packages. */
public final class LoopRunner {
    private LoopRunner() {}

    /** Why a graph can't be computed by loops; empty if it can. */
    public static Optional<String> refusal(Graph graph) {
        try {
            LoopTiles.ENGINE.program(graph);
            return Optional.empty();
        } catch (Unsuitable e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** The first output, its last axis taken for a batch. */
    public static Tensor evaluate(Graph graph, List<Tensor> arguments) {
        try (LoopPlan plan = new LoopPlan(LoopTiles.ENGINE.program(graph))) {
            for (int i = 0; i < arguments.size(); i++) {
                double[] values = arguments.get(i).values();
                System.arraycopy(values, 0, plan.input(i).values(), 0, values.length);
            }
            plan.run();
            TensorType type = graph.outputs().get(0).type();
            int batch = type.rank() == 0 ? 1 : Math.toIntExact(type.shape().dim(type.rank() - 1));
            double[] rows = new double[plan.outputSize()];
            double[] values = new double[rows.length];
            plan.results(0, batch, rows);
            Transposer.transpose(rows, 0, batch, batch == 0 ? 0 : rows.length / batch, values);
            return Tensor.of(type, values);
        }
    }
}
