package org.curvature4j;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.host.HostArray;
import org.curvature4j.host.Lifetime;
import org.curvature4j.host.Progress;
import org.curvature4j.host.RowSink;
import org.curvature4j.host.RowSource;
import org.curvature4j.internal.engine.nd4j.TensorPlan;
import org.curvature4j.internal.engine.tile.BatchFunction;
import org.curvature4j.internal.transform.Simplifier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A function prepared for many points. Safe for several threads; owns native memory, which closing frees.
 */
public final class Evaluator implements AutoCloseable {
    private final TensorFunction function;
    private final ConcurrentLinkedDeque<TensorPlan> plans = new ConcurrentLinkedDeque<>();
    private final Object preparing = new Object();
    private final Lifetime lifetime = new Lifetime("evaluator", this::free);
    private @Nullable PointFunction points;

    Evaluator(TensorFunction function) {
        this.function = function;
    }

    /**
     * The result at one point, [n] or any shape with n numbers; not modified.
     *
     * @return the result shape; owned by the caller
     */
    public INDArray at(INDArray point) {
        return points().at(point);
    }

    /**
     * As {@link #at(INDArray)}, into an array of yours: the result shape, row-major, of the points' type.
     *
     * @throws IllegalArgumentException if it isn't such an array
     */
    public void at(INDArray point, INDArray result) {
        points().at(point, result);
    }

    /**
     * The result at one point of n numbers, as Java numbers: the quickest way to a single one.
     *
     * @return the result shape row-major, a new array
     */
    public double[] at(double[] point) {
        return points().at(point);
    }

    /** As {@link #at(double[])}, into an array of yours; allocates nothing where the engine is fused code. */
    public void at(double[] point, double[] result) {
        points().at(point, result);
    }

    /**
     * The results at a batch of points.
     *
     * @param points [B, n], or [B, ...] with n numbers a point; not modified
     * @return [B, result shape]; owned by the caller
     */
    public INDArray batch(INDArray points) {
        return points().batch(points);
    }

    /**
     * As {@link #batch(INDArray)}, into an array of yours, which saves the time to get fresh memory.
     *
     * @param points not modified, and not overlapping the results
     * @param results [B, result shape], row-major, of the points' type
     * @throws IllegalArgumentException if the results aren't such an array
     */
    public void batch(INDArray points, INDArray results) {
        points().batch(points, results);
    }

    /**
     * The results at B points, as Java numbers, into an array of yours.
     *
     * @param points B points of n numbers, one after the other; not modified
     * @param results [B, result shape], row-major
     */
    public void batch(double[] points, double[] results) {
        points().batch(points, results);
    }

    /** The results at points that stream in, to where they stream; memory is bounded by the tile, not the batch. */
    public void stream(RowSource source, RowSink sink, Progress progress) {
        points().stream(source, sink, progress);
    }

    /** What computes, in tiles of how many points, on how many threads, with how much memory, and why: for people. */
    public String describe() {
        return points().describe();
    }

    private PointFunction points() {
        synchronized (preparing) {
            lifetime.requireOpen();
            PointFunction known = points;
            if (known == null) {
                Graph graph = function.graph();
                TensorFunction differentiated = function.hessianOf();
                BatchFunction engine = differentiated == null
                        ? Engines.pointwise(graph, function, 0)
                        : Engines.hessian(differentiated);
                known = new PointFunction(
                        engine, function.pointType(), graph.outputs().get(0).type());
                points = known;
            }
            return known;
        }
    }

    /**
     * The result for one value of each input of {@link TensorFunction#inputNames()}; none is modified.
     *
     * @return the result shape; owned by the caller
     */
    public INDArray call(INDArray... arguments) {
        List<INDArray> all = arguments(arguments);
        if (function.hessianOf() != null) {
            return points().at(arguments[0]);
        }
        lifetime.enter();
        try {
            TensorPlan pooled = plans.poll();
            TensorPlan plan = pooled == null ? TensorPlan.shared(Simplifier.simplify(function.graph())) : pooled;
            try {
                return plan.call(all).get(0);
            } finally {
                plans.push(plan);
            }
        } finally {
            lifetime.exit();
        }
    }

    private List<INDArray> arguments(INDArray... given) {
        List<String> names = function.inputNames();
        if (given.length != names.size()) {
            throw new IllegalArgumentException(
                    "arguments: expected one for each of " + names + ", got " + given.length);
        }
        List<INDArray> all = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < function.graph().inputs().size(); i++) {
            Node input = function.graph().inputs().get(i);
            INDArray feed = function.feeds().get(function.graph().inputName(i));
            all.add(feed != null ? feed : checked(function.graph().inputName(i), input.type(), given[next++]));
        }
        return all;
    }

    private static INDArray checked(String name, TensorType type, INDArray given) {
        HostArray.requireNumbers("argument '" + name + "'", given);
        if (!Shape.of(given.shape()).equals(type.shape())) {
            throw new IllegalArgumentException(
                    "argument '" + name + "': expected " + type + ", got " + Shape.of(given.shape()));
        }
        return given;
    }

    private void free() {
        synchronized (preparing) {
            if (points != null) {
                points.close();
            }
        }
        for (TensorPlan plan = plans.poll(); plan != null; plan = plans.poll()) {
            plan.close();
        }
    }

    @Override
    public void close() {
        lifetime.close();
    }
}
