package org.curvature4j.internal.cli.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.curvature4j.internal.cli.report.ProgressDisplay;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSink;
import org.jspecify.annotations.Nullable;

/**
 * Computes a long batch by segments, one after another, so that at any time its first rows are complete and all sums are
 * exactly over these. A segment is recorded while the next one is computed. Where segments end is of no consequence for
 * the results; they follow the speed of the machine.
 */
public final class Segments {
    /** Numbers of the results of the first segment, whose speed isn't known. */
    private static final long FIRST_NUMBERS = 1 << 21;

    private static final long SHORTEST = 64;
    private static final long LONGEST_FIRST = 1 << 14;

    /** Segments in the time between two records: what is lost at an interruption is little more than that time. */
    private static final int PARTS = 2;

    private final RunFiles files;
    private final double interval;
    private @Nullable Future<?> recording;
    private long recorded = System.nanoTime();

    /** @param interval seconds between two records */
    public Segments(RunFiles files, double interval) {
        this.files = files;
        this.interval = interval;
    }

    /**
     * Computes what isn't complete yet, and gives the files their names.
     *
     * @param results the files of the computation's results; null where one isn't wanted
     * @param unit what a row is called on the progress bar
     * @return what all rows come to, those of an earlier run included
     */
    public Map<String, long[]> run(Computation computation, List<? extends @Nullable Path> results, String unit) {
        List<@Nullable RowSink> sinks = new ArrayList<>();
        results.forEach(file -> sinks.add(files.sink(file)));
        return run(computation, unit, sinks);
    }

    /** As above, to where else the results go. */
    public Map<String, long[]> run(Computation computation, String unit, List<? extends @Nullable RowSink> sinks) {
        long total = computation.count();
        long done = files.complete();
        Map<String, long[]> before = files.states();
        try (ProgressDisplay progress = ProgressDisplay.of(total, done, unit);
                Computation.Pass pass = computation.begin(done, sinks)) {
            if (files.isEmpty()) {
                pass.compute(done, total - done, progress);
            } else {
                segments(pass, total, computation.numbers(), () -> computation.joined(before, pass.sums()), progress);
            }
            Map<String, long[]> sums = computation.joined(before, pass.sums());
            files.publish(sums);
            return sums;
        }
    }

    private void segments(
            Computation.Pass pass, long total, long numbers, Supplier<Map<String, long[]>> sums, Progress progress) {
        ExecutorService recorder = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "curvature-journal");
            thread.setDaemon(true);
            return thread;
        });
        try {
            long done = files.complete();
            long size = Math.max(SHORTEST, Math.min(LONGEST_FIRST, FIRST_NUMBERS / Math.max(1, numbers)));
            while (done < total) {
                // A short rest would cost the engine a tile size of its own.
                long count = total - done < size + size / 2 ? total - done : size;
                long start = System.nanoTime();
                pass.compute(done, count, progress);
                done += count;
                size = next(size, count * 1e9 / Math.max(1, System.nanoTime() - start));
                if (done < total && System.nanoTime() - recorded >= interval * 1e9) {
                    record(recorder, done, sums.get());
                }
            }
            await();
        } finally {
            end(recorder);
        }
    }

    /** Whoever closes the files next must not meet a record that is being made. */
    private static void end(ExecutorService recorder) {
        recorder.shutdown();
        try {
            boolean ended = false;
            while (!ended) {
                ended = recorder.awaitTermination(1, TimeUnit.MINUTES);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Grows slowly from the first segment, in which the machine warms up. */
    private long next(long size, double rowsASecond) {
        double wanted = rowsASecond * interval / PARTS;
        return (long) Math.max(1, Math.min(wanted, 4.0 * size));
    }

    private void record(ExecutorService recorder, long done, Map<String, long[]> sums) {
        await();
        recorded = System.nanoTime();
        recording = recorder.submit(() -> files.record(done, sums));
    }

    /** A slow disk holds the computation up here, before it holds more that isn't safe. */
    private void await() {
        try {
            if (recording != null) {
                recording.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("run: interrupted before it was done");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException problem) {
                throw problem;
            }
            throw new IllegalStateException("journal: " + e.getCause(), e);
        }
    }
}
