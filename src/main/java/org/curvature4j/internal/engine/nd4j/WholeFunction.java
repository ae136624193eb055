package org.curvature4j.internal.engine.nd4j;

import java.util.List;
import org.curvature4j.internal.engine.backend.Settings;
import org.curvature4j.internal.engine.program.Slot;
import org.curvature4j.internal.engine.program.TensorProgram;
import org.curvature4j.internal.engine.tile.BatchFunction;
import org.curvature4j.internal.engine.tile.Feeds;
import org.curvature4j.internal.engine.tile.TileWorker;
import org.curvature4j.internal.engine.tile.TileWorkers;
import org.curvature4j.internal.host.Lifetime;
import org.curvature4j.internal.host.Resources;
import org.curvature4j.internal.host.Workers;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSink;
import org.curvature4j.stream.RowSource;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A large function, such as the Hessian in all parameters of a network, point by point: each point fills the kernels,
 * and a tile of points would only take memory. One point's operations are cut into panels for all threads; many points
 * go one to a thread. The same bits either way.
 */
public final class WholeFunction implements BatchFunction {
    private final TensorProgram program;
    private final List<INDArray> feeds;
    private final int symmetric;
    private final Settings settings;
    private final TileWorkers workers = new TileWorkers();
    private final Lifetime lifetime = new Lifetime("function", this::free);

    /**
     * Prepares a function.
     *
     * @param program at one point, the first input; one output
     * @param feeds values of the inputs after the first, copied; null if they are given with each call
     * @param symmetric the size of the square matrix with which each result begins and that is to be symmetric, or 0
     */
    public WholeFunction(TensorProgram program, @Nullable List<INDArray> feeds, int symmetric, Settings settings) {
        this.program = program;
        this.feeds = feeds == null
                ? List.of()
                : Feeds.copies(program.inputs().stream().skip(1).map(Slot::type).toList(), feeds);
        this.symmetric = symmetric;
        this.settings = settings;
    }

    /** Bytes that one point takes. */
    public static long bytes(TensorProgram program) {
        return TileWorker.bytes(NativeTiles.ENGINE, program);
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
        long fitting = Math.max(1, settings.memory() / bytes(program));
        boolean spread = source.rows() >= settings.threads() && fitting >= settings.threads();
        int inside = spread ? 1 : settings.threads();
        Workers.run(
                source.rows(),
                1,
                spread ? settings.threads() : 1,
                () -> workers.lend(inside, () -> worker(inside), values, source, sink, progress));
    }

    /** @param threads that share an operation */
    private TileWorker worker(int threads) {
        TensorPlan plan = new TensorPlan(program, new PanelTarget(threads));
        return new TileWorker(NativeTile.ofPoint(plan, threads), 1, symmetric, threads);
    }

    @Override
    public String describe() {
        return "ND4J operations, a point at a time, for functions of which each fills the kernels: "
                + (bytes(program) >> 10) + " KiB a point, threads: "
                + settings.threads();
    }

    private void free() {
        Resources.of(workers, () -> Feeds.free(feeds)).close();
    }

    @Override
    public void close() {
        lifetime.close();
    }
}
