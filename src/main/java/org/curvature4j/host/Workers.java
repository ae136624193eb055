package org.curvature4j.host;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the tiles of a batch on worker threads. Tiles are handed out in order, so that of several failing ones the first
 * is reported, whatever the number of threads.
 */
public final class Workers {

    /** What one thread does; made, used and closed by that thread. */
    public interface Worker extends AutoCloseable {
        /** Computes {@code count} rows, at most a tile, from {@code first} on. */
        void run(long first, int count);

        @Override
        void close();
    }

    private final long rows;
    private final int tile;
    private final Supplier<Worker> factory;
    private long next;
    private long failedTile = Long.MAX_VALUE;
    private @Nullable Throwable failure;

    private Workers(long rows, int tile, Supplier<Worker> factory) {
        this.rows = rows;
        this.tile = tile;
        this.factory = factory;
    }

    /**
     * Runs all rows, a tile at a time, and returns when they are done. One tile, or one thread, runs on the calling
     * thread; no rows take no worker.
     *
     * @throws CancellationException if the calling thread is interrupted while it waits; the interrupt stays set
     */
    public static void run(long rows, int tile, int threads, Supplier<Worker> factory) {
        if (rows == 0) {
            return;
        }
        Workers workers = new Workers(rows, tile, factory);
        int count = (int) Math.min(threads, workers.tiles());
        if (count <= 1) {
            workers.work();
        } else {
            workers.workOn(count);
        }
        workers.rethrow();
    }

    private void workOn(int count) {
        List<Thread> threads = new ArrayList<>();
        try {
            for (int i = 1; i <= count; i++) {
                Thread thread = new Thread(this::work, "curvature4j-worker-" + i);
                thread.setDaemon(true);
                thread.start();
                threads.add(thread);
            }
        } catch (OutOfMemoryError e) {
            // No more threads to be had. Those that run still write to the batch: they must end first.
            fail(-1, e);
        }
        boolean interrupted = false;
        for (Thread thread : threads) {
            boolean joined = false;
            while (!joined) {
                try {
                    thread.join();
                    joined = true;
                } catch (InterruptedException e) {
                    interrupted = true;
                    fail(-1, new CancellationException("batch: interrupted before the batch was done"));
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        long taken = -1;
        try (Worker worker = factory.get()) {
            for (taken = take(); taken >= 0; taken = take()) {
                long first = taken * tile;
                worker.run(first, (int) Math.min(tile, rows - first));
            }
        } catch (RuntimeException | Error e) {
            fail(taken, e);
        }
    }

    private long tiles() {
        return (rows + tile - 1) / tile;
    }

    private synchronized long take() {
        return failure == null && next < tiles() ? next++ : -1;
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
