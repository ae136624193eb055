package org.curvature4j.spark;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.curvature4j.internal.cli.CommandRun;
import org.curvature4j.internal.cli.run.Computation;
import org.curvature4j.internal.cli.shard.Shard;
import org.curvature4j.internal.cli.shard.ShardResult;
import org.curvature4j.internal.io.Json;

/**
 * Computes a shard where it is sent to, and puts its files into the run's folder: the arrays first, then the small file that
 * tells of them.
 *
 * @param words the command, with the names that {@link SentFiles} gave
 * @param files those that are sent along
 * @param run by what the run is known
 * @param folder where its results go
 */
record ShardTask(
        List<String> words,
        Broadcast<Map<String, byte[]>> files,
        String run,
        String folder,
        Broadcast<SerializableConfiguration> hadoop)
        implements Function<Shard, ShardTask.Outcome> {
    /** Opened commands that an executor keeps for its next task. */
    private static final Kept<List<String>, Computation> OPEN = new Kept<>(1);

    /** What came of a shard, as JSON, or why it can't be computed: another try would end the same. */
    record Outcome(String result, String refusal) implements Serializable {}

    @Override
    public Outcome call(Shard shard) throws IOException {
        Executors.prepare();
        Path here = Files.createTempDirectory("curvature-shard");
        try {
            return new Outcome(Json.compact(compute(shard, here)), "");
        } catch (IllegalArgumentException e) {
            return new Outcome("", String.valueOf(e.getMessage()));
        } finally {
            TemporaryFolders.delete(here);
        }
    }

    private ShardResult compute(Shard shard, Path here) {
        ShardFolder there = new ShardFolder(folder, hadoop.value().value());
        try (Kept<List<String>, Computation>.Lease open = OPEN.lease(words, this::open)) {
            ShardResult result = ShardResult.compute(open.value(), shard, run, here);
            for (ShardResult.ShardFile file : result.files()) {
                String name = file.array() + "/" + file.name();
                there.put(here.resolve(name), name);
            }
            there.write(ShardedRun.told(shard), result);
            return result;
        }
    }

    /** Models are read when they are opened. */
    private Computation open() {
        try {
            Path here = Files.createTempDirectory("curvature-files");
            try {
                SentFiles.unpack(files.value(), here);
                return CommandRun.open(words.stream()
                        .map(word -> SentFiles.received(word, here))
                        .toList());
            } finally {
                TemporaryFolders.delete(here);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
