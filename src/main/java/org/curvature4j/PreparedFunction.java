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
import org.curvature4j.internal.host.Resources;
import org.curvature4j.internal.text.Arguments;
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
    /** Numbers of a result from which an array between costs more than what it spares. */
    private static final int LARGE = 1 << 16;

    private final TensorFunction function;
    private final RowLayout layout;
    private final Results results;
    private final ConcurrentLinkedDeque<TensorPlan> plans = new ConcurrentLinkedDeque<>();
    private final Object preparing = new Object();
    private final Lifetime lifetime = new Lifetime("function", this::free);
    private volatile @Nullable BatchFunction engine;
    private @Nullable Examples examples;

    /** What computes examples at one point, and what their rows hold. */
    private record Examples(RowLayout layout, BatchFunction engine) {}

    /** Prepares points, where the function is one of the point alone, so that what is refused is refused now. */
    PreparedFunction(TensorFunction function) {
        this(function, function.isOfPoints() && function.dataNames().isEmpty());
    }

    /** @param points whether to prepare points now, and not when the first is given */
    PreparedFunction(TensorFunction function, boolean points) {
        this.function = function;
        this.layout = RowLayout.ofPoints(function);
        this.results = new Results(function.resultType());
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
                    known = Engines.of(function, layout);
                    engine = known;
                }
            }
        }
        return known;
    }

    private Examples examples() {
        synchronized (preparing) {
            lifetime.requireOpen();
            Examples known = examples;
            if (known == null) {
                RowLayout data = RowLayout.ofData(function);
                known = new Examples(data, Engines.of(function, data));
                examples = known;
            }
            return known;
        }
    }

    /**
     * The result at one point.
     *
     * @param point [n], or any shape with n numbers; not modified
     * @param data what goes with the point, in the order of {@link TensorFunction#dataNames()}, each of any shape; not modified
     * @return the result shape; owned by the caller
     */
    public INDArray at(INDArray point, INDArray... data) {
        return results.one(sink -> compute(sink, point, data));
    }

    /**
     * As {@link #at(INDArray, INDArray...)}, into an array of yours.
     *
     * @param result the result shape, row-major, of the points' type
     * @throws IllegalArgumentException if it isn't such an array
     */
    public void atInto(INDArray result, INDArray point, INDArray... data) {
        results.requireOne(result);
        results.fill(1, result, sink -> compute(sink, point, data));
    }

    private void compute(RowSink sink, INDArray point, INDArray... data) {
        if (results.length() < LARGE) {
            sink.write(0, 1, computed(point, data));
        } else {
            double[] row = layout.row(RowLayout.withData(point, data));
            RowSource source = RowSource.of(1, (first, count, into) -> System.arraycopy(row, 0, into, 0, row.length));
            engine().evaluate(source, sink, Progress.NONE);
        }
    }

    /** The numbers of the result. */
    double[] computed(INDArray point, INDArray... data) {
        double[] row = layout.row(RowLayout.withData(point, data));
        double[] numbers = new double[results.length()];
        engine().evaluate(row, numbers);
        return numbers;
    }

    /** The numbers of a point of this type; refuses more or fewer. */
    static double[] numbers(TensorType point, INDArray one) {
        Arguments.requireGiven("point", one);
        if (HostArray.length(one) != point.size()) {
            throw new IllegalArgumentException(
                    "point: expected " + point.size() + " numbers, got shape " + Shape.of(one.shape()));
        }
        return HostArray.numbers("point", one);
    }

    /**
     * The result at one point of n numbers, as Java numbers: the quickest way to a single one.
     *
     * @param data the numbers of what goes with the point, in the order of {@link TensorFunction#dataNames()}
     * @return the result shape row-major, a new array
     */
    public double[] at(double[] point, double[]... data) {
        double[] numbers = new double[results.length()];
        atInto(numbers, point, data);
        return numbers;
    }

    /**
     * As {@link #at(double[], double[]...)}, into an array of yours; allocates nothing where the engine is fused code and
     * nothing goes with the point.
     */
    public void atInto(double[] result, double[] point, double[]... data) {
        double[] row = data.length == 0 ? layout.point(point) : layout.row(RowLayout.withData(point, data));
        results.requireLength(1, result);
        engine().evaluate(row, result);
    }

    /**
     * The result at the present values of the graph's variables.
     *
     * @param data what goes with the point, as for {@link #at(INDArray, INDArray...)}
     * @return the result shape; owned by the caller
     * @throws IllegalStateException if the point holds placeholders
     */
    public INDArray atPresent(INDArray... data) {
        try (INDArray present = function.point()) {
            return at(present, data);
        }
    }

    /**
     * The results at a batch of points.
     *
     * @param points [B, n], or [B, ...] with n numbers a point; not modified
     * @param data what goes with each point, in the order of {@link TensorFunction#dataNames()}: [B, m], or [B, ...] with m
     *     numbers a point, of any element type; not modified
     * @return [B, result shape]; owned by the caller
     */
    public INDArray batch(INDArray points, INDArray... data) {
        INDArray[] rows = RowLayout.withData(points, data);
        return results.of(layout.count(rows), sink -> stream(sink, Progress.NONE, rows));
    }

    /**
     * As {@link #batch(INDArray, INDArray...)}, into an array of yours, which saves the time to get fresh memory.
     *
     * @param results [B, result shape], row-major, of the points' type
     * @param points not modified, and not overlapping the results
     * @throws IllegalArgumentException if the results aren't such an array
     */
    public void batchInto(INDArray results, INDArray points, INDArray... data) {
        INDArray[] rows = RowLayout.withData(points, data);
        long count = layout.count(rows);
        this.results.requireRows(count, results);
        this.results.fill(count, results, sink -> stream(sink, Progress.NONE, rows));
    }

    /**
     * The results at B points, as Java numbers, into an array of yours.
     *
     * @param results [B, result shape], row-major
     * @param points B points of n numbers, one after the other; not modified
     * @param data likewise, what goes with each point
     */
    public void batchInto(double[] results, double[] points, double[]... data) {
        RowSource source = layout.source(RowLayout.withData(points, data));
        this.results.requireLength(source.rows(), results);
        evaluate(source, ArrayRows.sink(results, this.results.length()), Progress.NONE);
    }

    /**
     * The results at points that stream in, to where they stream; memory is bounded by the tile, not the batch.
     *
     * @param data what goes with each point, in the order of {@link TensorFunction#dataNames()}: as many rows as there are
     *     points
     */
    public void stream(RowSource points, RowSink sink, Progress progress, RowSource... data) {
        evaluate(layout.source(RowLayout.withData(points, data)), sink, progress);
    }

    /** As {@link #stream}, of rows that hold a point and what goes with it side by side, as {@link TensorFunction#rows} joins them. */
    public void streamRows(RowSource rows, RowSink sink, Progress progress) {
        evaluate(rows, sink, progress);
    }

    /** Streams points and what goes with them from arrays. */
    void stream(RowSink sink, Progress progress, INDArray... rows) {
        layout.reading(source -> evaluate(source, sink, progress), rows);
    }

    RowLayout layout() {
        return layout;
    }

    /** Computes rows that the layout made; gives them back. */
    RowSource evaluate(RowSource rows, RowSink sink, Progress progress) {
        engine().evaluate(layout.checked(rows), sink, progress);
        return rows;
    }

    /**
     * The results at one point with each of N examples, which are rows of what goes with a point: where the point is a
     * network's parameters, one result for each example. The point is shared, not repeated.
     *
     * @param point [n], or any shape with n numbers; not modified
     * @param data in the order of {@link TensorFunction#dataNames()}: [N, m], or [N, ...] with m numbers an example, of any
     *     element type; not modified
     * @return [N, result shape]; owned by the caller
     * @throws IllegalArgumentException if nothing goes with a point
     */
    public INDArray perExample(INDArray point, INDArray... data) {
        Examples prepared = examples();
        return results.of(prepared.layout().count(data), sink -> prepared.layout()
                .reading(source -> evaluate(prepared, point, source, sink, Progress.NONE), data));
    }

    /** As {@link #perExample(INDArray, INDArray...)}, of examples that stream in; memory is bounded by the tile, not by N. */
    public void perExample(INDArray point, RowSink sink, Progress progress, RowSource... data) {
        Examples prepared = examples();
        evaluate(prepared, point, prepared.layout().source(data), sink, progress);
    }

    private static RowSource evaluate(
            Examples prepared, INDArray point, RowSource rows, RowSink sink, Progress progress) {
        List<INDArray> feeds = prepared.layout().feeds(point);
        try {
            prepared.engine().evaluate(prepared.layout().checked(rows), feeds, sink, progress);
        } finally {
            feeds.get(0).close();
        }
        return rows;
    }

    /**
     * How many of some points lie on kinks of the function, or have matrices without a decomposition or derivatives of it: where
     * results, or what a derivative is taken of, are conventions or NaN; and whether second derivatives are zero everywhere else.
     * A pass of its own; {@link Kinks} prepares it for many, and streams.
     *
     * @param batch [B, n], or [B, ...] with n numbers a point; not modified
     * @param data what goes with each point, as for {@link #batch(INDArray, INDArray...)}
     */
    public KinkReport kinks(INDArray batch, INDArray... data) {
        Derivation derivation = function.derivation();
        try (Kinks kinks = Kinks.of(derivation == null ? function : derivation.of())) {
            return kinks.count(batch, data);
        }
    }

    /** What computes, in tiles of how many points, on how many threads, with how much memory, and why: for people. */
    public String describe() {
        return engine().describe();
    }

    /** The same of what computes a single point ({@link #at}, {@link #call}): of most small functions the CPU, always. */
    public String describePoint() {
        return engine().describeOne();
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
        if (function.isOfPoints() && function.is(Quantity.HESSIAN)) {
            return at(arguments[0], Arrays.copyOfRange(arguments, 1, arguments.length));
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

    private void free() {
        Resources parts = new Resources();
        synchronized (preparing) {
            BatchFunction prepared = engine;
            if (prepared != null) {
                parts.add(prepared);
            }
            if (examples != null) {
                parts.add(examples.engine());
            }
        }
        for (TensorPlan plan = plans.poll(); plan != null; plan = plans.poll()) {
            parts.add(plan);
        }
        parts.close();
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
