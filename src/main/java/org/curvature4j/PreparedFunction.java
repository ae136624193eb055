package org.curvature4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.nd4j.TensorPlan;
import org.curvature4j.internal.engine.tile.BatchFunction;
import org.curvature4j.internal.host.ArrayRows;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.host.Lifetime;
import org.curvature4j.internal.host.NativeArrays;
import org.curvature4j.internal.transform.Simplifier;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSink;
import org.curvature4j.stream.RowSource;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A function prepared for many points of n numbers: one of a graph, or a derivative of it, which is the same whichever way it
 * is asked for; {@code Hessian.of(f)} and {@code f.hessian().prepare()} give the same bits at the same cost. Safe for several
 * threads; owns native memory, which closing frees.
 */
public sealed class PreparedFunction implements AutoCloseable permits Hessian, Jacobian {
    private final TensorFunction function;
    private final TensorType point;
    private final TensorType result;
    private final ConcurrentLinkedDeque<TensorPlan> plans = new ConcurrentLinkedDeque<>();
    private final Object preparing = new Object();
    private final Lifetime lifetime = new Lifetime("function", this::free);
    private volatile @Nullable BatchFunction engine;

    /** Prepares points, where the function is one of the point alone, so that what is refused is refused now. */
    PreparedFunction(TensorFunction function) {
        this(function, function.isOfThePointAlone());
    }

    /**
     * @param points whether to prepare points now, and not when the first is given
     */
    PreparedFunction(TensorFunction function, boolean points) {
        this.function = function;
        this.point = function.pointType();
        this.result = function.resultType();
        if (points) {
            engine();
        }
    }

    private BatchFunction engine() {
        lifetime.requireOpen();
        BatchFunction known = engine;
        if (known == null) {
            synchronized (preparing) {
                lifetime.requireOpen();
                known = engine;
                if (known == null) {
                    known = Engines.of(function);
                    engine = known;
                }
            }
        }
        return known;
    }

    /**
     * The result at one point, [n] or any shape with n numbers; not modified.
     *
     * @return the result shape; owned by the caller
     */
    public INDArray at(INDArray point) {
        return HostArray.copyOf(
                at(numbers(this.point, point)),
                NativeArrays.dataType(result.dtype()),
                result.shape().toArray());
    }

    /**
     * As {@link #at(INDArray)}, into an array of yours: the result shape, row-major, of the points' type.
     *
     * @throws IllegalArgumentException if it isn't such an array
     */
    public void at(INDArray point, INDArray result) {
        requireTarget("result", this.result.shape().toArray(), result);
        double[] numbers = at(numbers(this.point, point));
        HostArray sink = HostArray.writing(result);
        sink.write(0, numbers, numbers.length);
        sink.finish();
    }

    /** The numbers of a point of this type; refuses more or fewer. */
    static double[] numbers(TensorType point, INDArray one) {
        if (HostArray.length(one) != point.size()) {
            throw new IllegalArgumentException(
                    "point: expected " + point.size() + " numbers, got shape " + Shape.of(one.shape()));
        }
        return HostArray.numbers("point", one);
    }

    /**
     * The result at one point of n numbers, as Java numbers: the quickest way to a single one.
     *
     * @return the result shape row-major, a new array
     */
    public double[] at(double[] point) {
        double[] numbers = new double[Math.toIntExact(result.size())];
        at(point, numbers);
        return numbers;
    }

    /** As {@link #at(double[])}, into an array of yours; allocates nothing where the engine is fused code. */
    public void at(double[] point, double[] result) {
        requireLength("point", this.point.size(), point);
        requireLength("result", this.result.size(), result);
        engine().evaluate(point, result);
    }

    /**
     * The result at the present values of the graph's variables.
     *
     * @return the result shape; owned by the caller
     * @throws IllegalStateException if the point holds placeholders
     */
    public INDArray atPresent() {
        try (INDArray present = function.point()) {
            return at(present);
        }
    }

    /**
     * The results at a batch of points.
     *
     * @param points [B, n], or [B, ...] with n numbers a point; not modified
     * @return [B, result shape]; owned by the caller
     */
    public INDArray batch(INDArray points) {
        INDArray results = HostArray.create(NativeArrays.dataType(result.dtype()), shape(rows(point, points)));
        batch(points, results);
        return results;
    }

    /**
     * As {@link #batch(INDArray)}, into an array of yours, which saves the time to get fresh memory.
     *
     * @param points not modified, and not overlapping the results
     * @param results [B, result shape], row-major, of the points' type
     * @throws IllegalArgumentException if the results aren't such an array
     */
    public void batch(INDArray points, INDArray results) {
        long rows = rows(point, points);
        requireTarget("results", shape(rows), results);
        try (HostArray source = HostArray.reading("points", points)) {
            if (rows > 0) {
                HostArray sink = HostArray.writing(results);
                stream(
                        ArrayRows.source(source, rows, point.size()),
                        ArrayRows.sink(sink, result.size()),
                        Progress.NONE);
                sink.finish();
            }
        }
    }

    /**
     * The results at B points, as Java numbers, into an array of yours.
     *
     * @param points B points of n numbers, one after the other; not modified
     * @param results [B, result shape], row-major
     */
    public void batch(double[] points, double[] results) {
        int length = Math.toIntExact(point.size());
        if (length == 0 || points.length % length != 0) {
            throw new IllegalArgumentException(
                    "points: expected a multiple of " + length + " numbers, got " + points.length);
        }
        requireLength("results", points.length / length * result.size(), results);
        stream(
                ArrayRows.source(points, length),
                ArrayRows.sink(results, Math.toIntExact(result.size())),
                Progress.NONE);
    }

    /** The results at points that stream in, to where they stream; memory is bounded by the tile, not the batch. */
    public void stream(RowSource source, RowSink sink, Progress progress) {
        engine().evaluate(source, sink, progress);
    }

    /** What computes, in tiles of how many points, on how many threads, with how much memory, and why: for people. */
    public String describe() {
        return engine().describe();
    }

    /** How the point is laid out: the columns of a Jacobian, rows and columns of a Hessian. */
    public List<Block> blocks() {
        return function.blocks();
    }

    /** The function that this computes; of a Hessian or Jacobian, that derivative. */
    public TensorFunction function() {
        return function;
    }

    /**
     * The result for one value of each input of {@link TensorFunction#inputNames()}; none is modified.
     *
     * @return the result shape; owned by the caller
     */
    public INDArray call(INDArray... arguments) {
        List<INDArray> all = arguments(arguments);
        if (function.isOfThePointAlone() && function.is(Quantity.HESSIAN)) {
            return at(arguments[0]);
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
        Graph inputs = function.inputs();
        List<INDArray> all = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < inputs.inputs().size(); i++) {
            String name = inputs.inputName(i);
            INDArray feed = function.feeds().get(name);
            all.add(feed != null ? feed : checked(name, inputs.inputs().get(i).type(), given[next++]));
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

    private long[] shape(long rows) {
        return Shapes.prepend(rows, result.shape().toArray());
    }

    /** How many points an array holds; refuses one whose rows aren't points of this type. */
    static long rows(TensorType point, INDArray points) {
        boolean fits = points.rank() >= 1
                && (points.rank() == 1 ? point.size() == 1 : ArrayRows.rowLength(points) == point.size());
        if (!fits) {
            throw new IllegalArgumentException("points: expected [B, " + point.size() + "] or [B, ...] with "
                    + point.size() + " numbers a point, got " + Shape.of(points.shape()));
        }
        return points.size(0);
    }

    private static void requireLength(String name, long expected, double[] given) {
        if (given.length != expected) {
            throw new IllegalArgumentException(name + ": expected " + expected + " numbers, got " + given.length);
        }
    }

    private void requireTarget(String name, long[] shape, INDArray target) {
        var type = NativeArrays.dataType(result.dtype());
        if (target.dataType() != type || !Arrays.equals(target.shape(), shape) || !HostArray.isPlain(target)) {
            throw new IllegalArgumentException(name + ": expected a row-major array of its own, " + type + " "
                    + Shape.of(shape) + ", got " + (HostArray.isPlain(target) ? "" : "a view or other strides, ")
                    + target.dataType() + " " + Shape.of(target.shape())
                    + " (create one with Nd4j.createUninitialized)");
        }
    }

    private void free() {
        synchronized (preparing) {
            BatchFunction prepared = engine;
            if (prepared != null) {
                prepared.close();
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

    @Override
    public String toString() {
        return "prepared " + function;
    }
}
