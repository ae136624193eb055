package org.curvature4j.spark;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.curvature4j.internal.cli.CommandRun;
import org.curvature4j.internal.cli.run.Computation;
import org.curvature4j.internal.cli.shard.Shard;
import org.curvature4j.internal.cli.shard.ShardResult;
import org.curvature4j.internal.host.Kept;
import org.curvature4j.internal.io.Json;
import org.jspecify.annotations.Nullable;

/**
 * Computes a shard where it is sent to, and puts its files into the run's folder: the arrays first, then the small file that
 * tells of them.
 *
 * <p>What goes in and comes out passes through the serializer that the cluster is set to, perhaps Kryo, which knows no
 * records: so a number goes in, and a plain object comes out.
 *
 * @param words the command, with the names that {@link SentFiles} gave
 * @param named what they mean by names of rows
 * @param files those that are sent along
 * @param run by what the run is known
 * @param rows of the batch
 * @param shards that it is cut into
 * @param folder where its results go
 */
record ShardTask(
        List<String> words,
        RunRows named,
        Broadcast<Map<String, byte[]>> files,
        String run,
        long rows,
        int shards,
        String folder,
        Broadcast<SerializableConfiguration> hadoop)
        implements Function<Integer, ShardTask.Outcome> {
    /** Opened commands that an executor keeps for its next task: of the same run, so that files are as they were. */
    static final Kept<List<Object>, Computation> OPEN = new Kept<>(1);

    /** What came of a shard, as JSON, or why it can't be computed: another try would end the same. */
    static final class Outcome implements Serializable {
        private static final long serialVersionUID = 1;

        private final String result;
        private final String refusal;

        private Outcome(String result, String refusal) {
            this.result = result;
            this.refusal = refusal;
        }

        String result() {
            return result;
        }

        String refusal() {
            return refusal;
        }
    }

    @Override
    public Outcome call(Integer index) throws IOException {
        Executors.prepare();
        ShardFolder there = new ShardFolder(folder, hadoop.value().value());
        Path here = there.scratch(ShardedRun.TOLD);
        try {
            return new Outcome(Json.compact(compute(Shard.of(rows, shards, index), here, there)), "");
        } catch (IllegalArgumentException e) {
            return new Outcome("", String.valueOf(e.getMessage()));
        } finally {
            TemporaryFolders.delete(here);
        }
    }

    private ShardResult compute(Shard shard, Path here, ShardFolder there) {
        ShardResult result = computed(shard, here);
        for (ShardResult.ShardFile file : result.files()) {
            String name = file.array() + "/" + file.name();
            refuseIfEnded();
            there.put(here.resolve(name), name);
        }
        refuseIfEnded();
        there.write(ShardedRun.told(shard), result);
        return result;
    }

    /** A task that is ended while it reads closes the files for all tasks of the executor: they are opened anew. */
    private ShardResult computed(Shard shard, Path here) {
        try {
            return opened(shard, here);
        } catch (RuntimeException e) {
            OPEN.retain(key -> false);
            if (isEnded() || !isClosed(e)) {
                throw e;
            }
            return opened(shard, here);
        }
    }

    private ShardResult opened(Shard shard, Path here) {
        try (Kept<List<Object>, Computation>.Lease open = OPEN.lease(key(), this::open)) {
            return ShardResult.compute(open.value(), shard, run, here);
        }
    }

    /** By what its command is kept open. */
    List<Object> key() {
        return List.of(run, words, named.arrays());
    }

    private static boolean isClosed(@Nullable Throwable failure) {
        return failure instanceof ClosedChannelException || (failure != null && isClosed(failure.getCause()));
    }

    /** Whether another attempt was faster, or the run was given up; Spark tells a task so and lets it go on. */
    private static boolean isEnded() {
        TaskContext task = TaskContext.get();
        return Thread.currentThread().isInterrupted() || (task != null && task.isInterrupted());
    }

    /** What comes into the folder after the driver has swept it stays there. */
    private static void refuseIfEnded() {
        if (isEnded()) {
            throw new CancellationException("shard: ended before it was complete");
        }
    }

    /** Models are read when they are opened. */
    private Computation open() {
        try {
            Path here = Files.createTempDirectory("curvature-files");
            try {
                SentFiles.unpack(files.value(), here);
                List<String> received = words.stream()
                        .map(word -> SentFiles.received(word, here))
                        .toList();
                return CommandRun.open(received, named.onExecutor(hadoop.value().value()));
            } finally {
                TemporaryFolders.delete(here);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
