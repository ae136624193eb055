package org.curvature4j.internal.host;

import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSink;
import org.curvature4j.stream.RowSource;
import org.jspecify.annotations.Nullable;

/**
 * Runs the tiles of a batch on the calling thread and on helpers that are kept from batch to batch. Tiles are handed out in
 * order, so that of several failing ones the first is reported, whatever the number of threads. A batch never waits for a
 * thread to become free: a helper that comes when all tiles are taken does nothing, so batches within batches are safe.
 */
public final class Workers {

    /** What one thread does; made, used and closed by that thread. */
    @FunctionalInterface
    public interface Worker extends AutoCloseable {
        /** Computes {@code count} rows, at most a tile, from {@code first} on. */
        void run(long first, int count);

        /** Frees what it holds, if anything. */
        @Override
        default void close() {}
    }

    private final long rows;
    private final int tile;
    private final Supplier<? extends Worker> factory;
    private final Thread caller = Thread.currentThread();
    private volatile int helping;
    private boolean over;
    private long next;
    private long failedTile = Long.MAX_VALUE;
    private @Nullable Throwable failure;

    private Workers(long rows, int tile, Supplier<? extends Worker> factory) {
        this.rows = rows;
        this.tile = tile;
        this.factory = factory;
    }

    /**
     * Runs all rows, a tile at a time, and returns when they are done. The calling thread takes part; no rows take no
     * worker.
     *
     * @param threads that take part at most, the calling one included
     * @throws CancellationException if the calling thread is interrupted before all of several tiles are done; the
     *     interrupt stays set
     */
    public static void run(long rows, int tile, int threads, Supplier<? extends Worker> factory) {
        if (rows == 0) {
            return;
        }
        Workers workers = new Workers(rows, tile, factory);
        workers.callHelpers((int) Math.min(threads, workers.tiles()) - 1);
        workers.work();
        workers.awaitHelpers();
        workers.rethrow();
    }

    /** Moves all rows, of so many numbers each, from a source to a sink; parameters as in {@link #run}. */
    public static void copy(RowSource from, RowSink to, int length, int tile, int threads, Progress progress) {
        run(from.rows(), tile, threads, () -> {
            double[] some = new double[tile * length];
            return (first, count) -> {
                from.read(first, count, some);
                to.write(first, count, some);
                progress.advance(count);
            };
        });
    }

    private void callHelpers(int count) {
        try {
            for (int i = 0; i < count; i++) {
                Helper.run(this::help);
            }
        } catch (OutOfMemoryError e) {
            // No more threads to be had: this one, and those that came, do all the work.
        }
    }

    private void help() {
        synchronized (this) {
            if (over) {
                return;
            }
            helping++;
        }
        work();
        synchronized (this) {
            helping--;
            notifyAll();
        }
    }

    private void work() {
        long taken = take();
        if (taken < 0) {
            return;
        }
        try (Worker worker = factory.get()) {
            for (; taken >= 0; taken = take()) {
                long first = taken * tile;
                worker.run(first, (int) Math.min(tile, rows - first));
            }
        } catch (RuntimeException | Error e) {
            fail(taken, e);
        }
    }

    /** Those that still compute write to the batch: they must end first, also after a failure. */
    private void awaitHelpers() {
        long since = System.nanoTime();
        while (helping > 0 && !caller.isInterrupted() && Alert.waits(since)) {
            // Until then.
        }
        boolean interrupted = false;
        synchronized (this) {
            over = true;
            while (helping > 0) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                    cancel();
                }
            }
        }
        if (interrupted) {
            caller.interrupt();
        }
    }

    private long tiles() {
        return (rows + tile - 1) / tile;
    }

    private synchronized long take() {
        if (tiles() > 1 && next < tiles() && caller.isInterrupted()) {
            cancel();
        }
        return failure == null && next < tiles() ? next++ : -1;
    }

    private void cancel() {
        fail(-1, new CancellationException("batch: interrupted before the batch was done"));
    }

    private synchronized void fail(long failed, Throwable cause) {
        if (failed < failedTile) {
            failedTile = failed;
            failure = cause;
        }
    }

    private synchronized void rethrow() {
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        if (failure instanceof Error error) {
            throw error;
        }
    }
}
