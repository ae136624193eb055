package org.curvature4j.internal.engine;

import java.util.List;
import java.util.SplittableRandom;
import org.curvature4j.graph.Graph;
import org.curvature4j.internal.engine.backend.DeviceChoice;
import org.curvature4j.internal.engine.backend.Settings;
import org.curvature4j.internal.engine.code.Unsuitable;
import org.curvature4j.internal.engine.gpu.tiles.DeviceSum;
import org.curvature4j.internal.engine.nd4j.VaryingFunction;
import org.curvature4j.internal.gpu.Device;
import org.curvature4j.internal.host.Lifetime;
import org.curvature4j.internal.host.Resources;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A function of one vector at fixed values of its other inputs, prepared: on a GPU where one is asked for, else, and where a
 * GPU can't compute it, on the CPU. Safe for several threads, one call at a time; owns its memory, which closing frees.
 */
public abstract class VectorFunction implements AutoCloseable {
    private final Lifetime lifetime = new Lifetime("function", this::free);

    private VectorFunction() {}

    /**
     * Prepares a function, and computes what doesn't depend on the vector.
     *
     * @param graph one output; simplified before, where that is wanted
     * @param varying position of the input that is the vector
     * @param others values of all other inputs, in their order; copied
     * @throws IllegalArgumentException if there are too few or too many, or one has another shape, or no GPU is there that is
     *     asked for
     */
    public static VectorFunction of(Graph graph, int varying, List<INDArray> others, Settings settings) {
        DeviceChoice choice = settings.device();
        String why = "";
        if (choice.isForced()) {
            try {
                return new OnDevice(choice.devices().get(0), graph, varying, others);
            } catch (Unsuitable e) {
                why = ", on " + processorSince(e);
            }
        }
        return new OnProcessor(VaryingFunction.of(graph, varying, others), why);
    }

    /** What is said where the processor computes what kernels over arrays of a GPU can't, although one was asked for. */
    public static String processorSince(Unsuitable reason) {
        return "the CPU since kernels over arrays can't compute it: " + reason.getMessage();
    }

    /** Why the processor computes although a GPU was asked for, to follow a description; empty if that isn't so. */
    public abstract String why();

    /**
     * Computes the output.
     *
     * @param vector its numbers, row-major; not modified
     * @param result takes those of the output
     */
    public final void evaluate(double[] vector, double[] result) {
        lifetime.use(() -> compute(vector, result));
    }

    abstract void compute(double[] vector, double[] result);

    abstract void free();

    @Override
    public final void close() {
        lifetime.close();
    }

    private static final class OnProcessor extends VectorFunction {
        private final VaryingFunction function;
        private final String why;

        OnProcessor(VaryingFunction function, String why) {
            this.function = function;
            this.why = why;
        }

        @Override
        public String why() {
            return why;
        }

        @Override
        void compute(double[] vector, double[] result) {
            function.evaluate(vector, result);
        }

        @Override
        void free() {
            function.close();
        }
    }

    private static final class OnDevice extends VectorFunction {
        private final DeviceSum sum;

        OnDevice(Device device, Graph graph, int varying, List<INDArray> others) {
            this.sum = new DeviceSum(
                    List.of(device),
                    Math.toIntExact(graph.inputs().get(varying).type().size()),
                    Math.toIntExact(graph.outputs().get(0).type().size()),
                    1);
            try {
                sum.add(0, graph, varying, others, 1);
                check(device, graph, varying, others);
            } catch (RuntimeException | Error e) {
                Resources.of(sum).closeAfter(e);
                throw e;
            }
        }

        @Override
        public String why() {
            return "";
        }

        /** Holds one vector's result to the CPU's. */
        private void check(Device device, Graph graph, int varying, List<INDArray> others) {
            double[] vector = new SplittableRandom(1)
                    .doubles(graph.inputs().get(varying).type().size(), -1, 1)
                    .toArray();
            double[] actual =
                    new double[Math.toIntExact(graph.outputs().get(0).type().size())];
            sum.evaluate(0, 0, vector, actual);
            try (VaryingFunction onProcessor = VaryingFunction.of(graph, varying, others)) {
                DeviceCheck.holdVector(device, DeviceCheck.Promise.of(graph), vector, actual, onProcessor::evaluate);
            }
        }

        @Override
        synchronized void compute(double[] vector, double[] result) {
            sum.evaluate(0, 0, vector, result);
        }

        @Override
        synchronized void free() {
            sum.close();
        }
    }
}
