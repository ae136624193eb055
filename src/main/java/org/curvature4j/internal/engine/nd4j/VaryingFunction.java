package org.curvature4j.internal.engine.nd4j;

import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Node;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.program.TensorProgram;
import org.curvature4j.internal.engine.tile.Feeds;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.host.Lifetime;
import org.curvature4j.internal.host.Resources;
import org.curvature4j.internal.text.Arguments;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A function of several inputs of which one changes from call to call, such as a Hessian-vector product at one point in many
 * directions: what doesn't depend on that one is computed once and kept. Safe for several threads, one call at a time; owns
 * its memory, which closing frees. Results are the same bits for any number of threads.
 */
public final class VaryingFunction implements AutoCloseable {
    private final Graph graph;
    private final TensorPlan plan;
    private final int varying;
    private final int threads;
    private boolean closed;

    private VaryingFunction(Graph graph, TensorPlan plan, int varying, int threads) {
        this.graph = graph;
        this.plan = plan;
        this.varying = varying;
        this.threads = threads;
    }

    /**
     * Prepares a function, and computes what doesn't depend on the input that changes.
     *
     * @param graph one output; simplified before, where that is wanted
     * @param varying position of the input that changes
     * @param others values of all other inputs, in their order; copied
     * @throws IllegalArgumentException if there are too few or too many, or one has another shape
     */
    public static VaryingFunction of(Graph graph, int varying, List<INDArray> others) {
        return of(graph, varying, others, Backend.get().settings().threads());
    }

    static VaryingFunction of(Graph graph, int varying, List<INDArray> others, int threads) {
        TensorPlan plan = TensorPlan.shared(graph, varying, threads);
        VaryingFunction function = new VaryingFunction(graph, plan, varying, threads);
        try {
            function.feed(others);
            return function;
        } catch (RuntimeException e) {
            function.close();
            throw e;
        }
    }

    /**
     * The same function with memory of its own, of the values that this one was given last: cheaper than to prepare it again.
     * Owned by the caller.
     *
     * @param sharing threads that share the work of a call at most; results are the same bits for any number
     */
    public synchronized VaryingFunction another(int sharing) {
        requireOpen();
        TensorPlan copy = plan.another(sharing);
        try {
            for (int i = 0; i < plan.inputs().size(); i++) {
                if (i != varying) {
                    HostArray.copy("input", plan.inputs().get(i), copy.inputs().get(i));
                }
            }
            copy.prepare();
            return new VaryingFunction(graph, copy, varying, sharing);
        } catch (RuntimeException | Error e) {
            Resources.of(copy).closeAfter(e);
            throw e;
        }
    }

    /** Memory that the function of a graph takes, in bytes: values kept, intermediate ones, inputs and outputs. */
    public static long bytes(Graph graph, int varying) {
        return TensorProgram.of(graph, varying).bytes();
    }

    /** Memory that this takes, in bytes. */
    public long bytes() {
        return plan.bytes();
    }

    /**
     * Gives the other inputs new values, such as another minibatch's, and computes what depends on them alone anew: cheaper
     * than another function, and no more memory.
     *
     * @param others values of all inputs but the one that changes, in their order; copied
     * @throws IllegalArgumentException if there are too few or too many, or one has another shape
     */
    public synchronized void feed(List<INDArray> others) {
        requireOpen();
        List<INDArray> typed = typed(others);
        int next = 0;
        for (int i = 0; i < plan.inputs().size(); i++) {
            if (i != varying) {
                HostArray.copy(
                        "others " + next, typed.get(next++), plan.inputs().get(i));
            }
        }
        Feeds.close(typed, others);
        plan.prepare();
    }

    /** The values in their inputs' types; all are looked at before one is taken. */
    private List<INDArray> typed(List<INDArray> others) {
        List<Node> inputs = IntStream.range(0, graph.inputs().size())
                .filter(i -> i != varying)
                .mapToObj(graph.inputs()::get)
                .toList();
        return Feeds.typed(inputs.stream().map(Node::type).toList(), others);
    }

    /**
     * Computes the output.
     *
     * @param vector the numbers of the changing input, row-major; not modified
     * @param result takes those of the output
     * @throws IllegalArgumentException if one is of another length
     */
    public synchronized void evaluate(double[] vector, double[] result) {
        requireOpen();
        INDArray input = plan.inputs().get(varying);
        INDArray output = plan.outputs().get(0);
        requireLength("vector", vector, input);
        requireLength("result", result, output);
        HostArray target = HostArray.writing(input);
        target.writeAll(0, vector, vector.length, threads);
        target.finish();
        plan.run();
        try (HostArray source = HostArray.reading("result", output)) {
            source.readAll(result, threads);
        }
    }

    /**
     * As {@link #evaluate(double[], double[])}, of ND4J's arrays.
     *
     * @param vector as many numbers as the input has, in any shape; not modified
     * @param result row-major, of the output's type and length, in any shape
     */
    public synchronized void evaluate(INDArray vector, INDArray result) {
        requireOpen();
        INDArray input = plan.inputs().get(varying);
        INDArray output = plan.outputs().get(0);
        Arguments.requireLength("vector", HostArray.length(input), HostArray.length(vector));
        Arguments.requireLength("result", HostArray.length(output), HostArray.length(result));
        HostArray.copyNumbers("vector", vector, input, threads);
        plan.run();
        HostArray.copyNumbers("result", output, result, threads);
    }

    private static void requireLength(String name, double[] numbers, INDArray array) {
        Arguments.requireLength(name, HostArray.length(array), numbers.length);
    }

    private void requireOpen() {
        if (closed) {
            throw Lifetime.closed("function");
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            plan.close();
        }
    }
}
