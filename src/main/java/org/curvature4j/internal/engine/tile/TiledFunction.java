package org.curvature4j.internal.engine.tile;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.backend.Settings;
import org.curvature4j.internal.engine.program.Slot;
import org.curvature4j.internal.engine.program.TensorProgram;
import org.curvature4j.internal.host.Lifetime;
import org.curvature4j.internal.host.Resources;
import org.curvature4j.internal.host.Workers;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSink;
import org.curvature4j.stream.RowSource;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A function over batches of any length, tile by tile on worker threads. Prepared once, used from any number of threads;
 * the same numbers, to the last bit, for any number of threads. Plans are kept for the next call until it is closed.
 */
public final class TiledFunction implements BatchFunction {
    private final TileEngine engine;
    private final Batched graph;
    private final List<INDArray> feeds;
    private final int symmetric;
    private final Settings settings;
    private final int tile;
    private final Map<Integer, TensorProgram> programs = new ConcurrentHashMap<>();
    private final TileWorkers workers = new TileWorkers();
    private final List<TensorType> types;
    private final Lifetime lifetime = new Lifetime("function", this::free);
    private String reason = "";

    /**
     * Prepares a function.
     *
     * @param graph one output; the first input and the output batched
     * @param feeds values of the inputs after the first, copied; null if they are given with each call
     * @param symmetric the size of the square matrix with which each result begins and that is to be symmetric, or 0
     * @param what the function's name, for errors
     * @throws org.curvature4j.internal.engine.code.Unsuitable if the function isn't one for this engine
     */
    public TiledFunction(
            TileEngine engine,
            Batched graph,
            @Nullable List<INDArray> feeds,
            int symmetric,
            String what,
            Settings settings) {
        this.engine = engine;
        this.settings = settings;
        this.graph = graph;
        this.symmetric = symmetric;
        this.tile = TileSize.choose(
                batch -> TileWorker.bytes(engine, program(Math.toIntExact(batch))),
                settings.memory() / settings.threads(),
                settings.tile(),
                engine.comfort(),
                what);
        this.types = program(TileSize.SMALLEST).inputs().stream()
                .skip(1)
                .map(Slot::type)
                .toList();
        this.feeds = feeds == null ? List.of() : Feeds.copies(types, feeds);
    }

    /** The types of the inputs after the first. */
    public List<TensorType> types() {
        return types;
    }

    /** Adds to the description why this computes the function. */
    public TiledFunction because(String why) {
        reason = why.isEmpty() ? "" : ", chosen since " + why;
        return this;
    }

    private TensorProgram program(int size) {
        return programs.computeIfAbsent(size, batch -> engine.program(graph.over(batch)));
    }

    @Override
    public void evaluate(RowSource source, RowSink sink, Progress progress) {
        evaluate(source, feeds, sink, progress);
    }

    @Override
    public void evaluate(RowSource source, List<INDArray> values, RowSink sink, Progress progress) {
        lifetime.use(() -> compute(source, values, sink, progress));
    }

    private void compute(RowSource source, List<INDArray> values, RowSink sink, Progress progress) {
        long rows = source.rows();
        if (rows == 0) {
            return;
        }
        int size = (int) Math.min(tile, Math.max(TileSize.SMALLEST, ceilingPowerOfTwo(rows)));
        Workers.run(
                rows,
                size,
                settings.threads(),
                () -> workers.lend(size, () -> worker(size), values, source, sink, progress));
    }

    private static long ceilingPowerOfTwo(long count) {
        long floor = Long.highestOneBit(count);
        return floor == count ? count : 2 * floor;
    }

    private TileWorker worker(int size) {
        return new TileWorker(engine.plan(program(size)), size, symmetric, 1);
    }

    @Override
    public String describe() {
        return engine.words() + ": tiles of " + tile + " points, " + (TileWorker.bytes(engine, program(tile)) >> 10)
                + " KiB for each thread, threads: " + settings.threads() + reason;
    }

    private void free() {
        Resources.of(workers, () -> Feeds.free(feeds)).close();
    }

    @Override
    public void close() {
        lifetime.close();
    }
}
