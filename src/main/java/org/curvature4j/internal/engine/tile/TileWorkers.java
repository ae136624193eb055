package org.curvature4j.internal.engine.tile;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;
import org.curvature4j.internal.host.Resources;
import org.curvature4j.internal.host.Workers;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSink;
import org.curvature4j.stream.RowSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A function's plans, each lent to one thread of a batch and kept for the next call; closed when none is lent any more. */
public final class TileWorkers implements AutoCloseable {
    private final Map<Integer, ConcurrentLinkedDeque<TileWorker>> idle = new ConcurrentHashMap<>();

    /**
     * Lends a worker, on the thread that will use it; closing gives it back.
     *
     * @param kind workers of one kind stand for each other
     * @param maker makes one where none is idle
     * @param feeds values of the inputs after the first
     */
    public Workers.Worker lend(
            int kind,
            Supplier<TileWorker> maker,
            List<INDArray> feeds,
            RowSource source,
            RowSink sink,
            Progress progress) {
        ConcurrentLinkedDeque<TileWorker> pool = idle.computeIfAbsent(kind, any -> new ConcurrentLinkedDeque<>());
        TileWorker pooled = pool.poll();
        TileWorker worker = pooled != null ? pooled : maker.get();
        try {
            worker.feed(feeds);
        } catch (RuntimeException | Error e) {
            Resources.of(worker).closeAfter(e);
            throw e;
        }
        return new Workers.Worker() {
            @Override
            public void run(long first, int count) {
                worker.run(source, sink, first, count);
                progress.advance(count);
            }

            @Override
            public void close() {
                pool.push(worker);
            }
        };
    }

    @Override
    public void close() {
        Resources all = new Resources();
        idle.values().forEach(pool -> {
            for (TileWorker worker = pool.poll(); worker != null; worker = pool.poll()) {
                all.add(worker);
            }
        });
        all.close();
    }
}
