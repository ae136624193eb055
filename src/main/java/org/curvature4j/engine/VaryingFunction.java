package org.curvature4j.engine;

import java.util.List;
import org.curvature4j.graph.Graph;
import org.curvature4j.host.HostArray;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A function of several inputs of which one changes from call to call, such as a Hessian-vector product at one point in many
 * directions. Safe for several threads, one call at a time; owns its memory, which closing frees.
 */
public final class VaryingFunction implements AutoCloseable {
    private final TensorPlan plan;
    private final int varying;

    private VaryingFunction(TensorPlan plan, int varying) {
        this.plan = plan;
        this.varying = varying;
    }

    /**
     * Prepares a function.
     *
     * @param graph one output
     * @param varying position of the input that changes
     * @param others values of all other inputs, in their order; copied
     */
    public static VaryingFunction of(Graph graph, int varying, List<INDArray> others) {
        VaryingFunction function = new VaryingFunction(TensorPlan.shared(graph), varying);
        function.feed(others);
        return function;
    }

    /** Bytes that such a function takes. */
    public static long bytes(Graph graph, int varying) {
        return TensorProgram.of(graph).bytes();
    }

    /** Takes other values of all inputs but the changing one, in their order; copied. */
    public synchronized void feed(List<INDArray> others) {
        int next = 0;
        for (int i = 0; i < plan.inputs().size(); i++) {
            if (i != varying) {
                HostArray.copy(others.get(next++), plan.inputs().get(i));
            }
        }
    }

    /**
     * Computes the output.
     *
     * @param vector the numbers of the changing input; not modified
     * @param result takes those of the output
     */
    public synchronized void evaluate(double[] vector, double[] result) {
        HostArray target = HostArray.writing(plan.inputs().get(varying));
        target.write(0, vector, vector.length);
        target.finish();
        plan.run();
        try (HostArray source = HostArray.reading(plan.outputs().get(0))) {
            source.read(0, result, result.length);
        }
    }

    @Override
    public synchronized void close() {
        plan.close();
    }
}
