package org.curvature4j.internal.cli.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.curvature4j.internal.cli.CommandRun;
import org.curvature4j.internal.cli.Run;
import org.curvature4j.internal.cli.options.Values;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.run.Computation;
import org.curvature4j.internal.io.Json;
import org.curvature4j.io.Npy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** However a batch is cut, its shards joined are what one machine computes: arrays to the last bit, and the whole report. */
class ShardsTest {
    @TempDir
    Path folder;

    static Stream<List<String>> commands() {
        String points = "--random 1000 --seed 7";
        return Stream.of(
                        "spectrum --model two-two-one " + points,
                        "spectrum --model two-two-one --vectors --tolerance 1e-3 " + points,
                        "spectrum --model mlp:3-5-1 " + points,
                        "spectrum --model monkey-saddle --points {kinks}",
                        "spectrum --hessians {hessians}",
                        "hessian --model rosenbrock " + points,
                        "hessian --model two-two-one --packed " + points,
                        "jacobian --model tanh " + points,
                        "sensitivity --model tanh " + points,
                        "sensitivity --model two-two-one --random 3 --seed 1")
                .map(words -> List.of(words.split(" ")));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void joinedTheyAreWhatOneMachineComputes(List<String> command) throws Exception {
        List<String> words = filled(command);
        Path whole = folder.resolve("whole");
        Run run = Run.of(Stream.concat(words.stream(), Stream.of("--out", whole + "/", "--json"))
                .toArray());
        assertThat(run.err()).isEmpty();
        for (int count : new int[] {1, 3, 7, 31}) { // of 3, 10 and 1,000 rows
            Path shards = Files.createDirectory(folder.resolve("shards" + count));
            List<String> apart = new ArrayList<>(words);
            apart.addAll(List.of("--out", folder.resolve("unused") + "/"));
            try (Computation computation = CommandRun.open(apart, Values::rows)) {
                List<ShardResult> results = computed(computation, count, shards);
                ShardManifest manifest = ShardManifest.of(computation, Map.of("a", "b"), Map.of(), results);
                Json.write(shards.resolve("manifest.json"), manifest);
                for (Computation.Result result : computation.results()) {
                    Path merged = folder.resolve(count + result.name());
                    Run merge = Run.of("merge", shards, "--array", ShardResult.folder(result.name()), "--out", merged);
                    assertThat(merge.err()).isEmpty();
                    assertThat(merged).hasSameBinaryContentAs(whole.resolve(result.name()));
                }
                Report report = new Report(words.get(0));
                computation.describe(report);
                computation.describe(report, ShardResult.joined(computation, results));
                Map<String, Object> told = Json.plain(Json.text(report.fields()));
                Map<String, Object> expected = Json.plain(run.out());
                Stream.of("files", "seconds", "matrix").forEach(expected::remove);
                assertThat(told).isEqualTo(expected);
            }
        }
    }

    /** Shard after shard, the last one first. */
    private static List<ShardResult> computed(Computation computation, int count, Path into) {
        List<ShardResult> results = new ArrayList<>();
        List<Shard> plan = Shard.plan(computation.count(), count);
        for (int i = plan.size() - 1; i >= 0; i--) {
            ShardResult result = ShardResult.compute(computation, plan.get(i), "run", into);
            Path file = into.resolve("sidecar.json");
            Json.write(file, result);
            results.add(Json.read(file, ShardResult.class));
        }
        return results;
    }

    private List<String> filled(List<String> command) {
        Path kinks = folder.resolve("points.npy");
        Npy.write(kinks, Nd4j.linspace(DataType.DOUBLE, -2, 0.5, 20).reshape(10, 2));
        Path hessians = Files.exists(folder.resolve("hessians")) ? folder : hessians();
        return command.stream()
                .map(word -> word.replace("{kinks}", kinks.toString()).replace("{hessians}", hessians.toString()))
                .toList();
    }

    /** A folder of two files, as a run by shards leaves them. */
    private Path hessians() {
        Path files = folder.resolve("hessians");
        try {
            Files.createDirectory(files);
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
        for (String name : List.of("part-0.npy", "part-1.npy")) {
            Run.of(
                    "hessian",
                    "--model",
                    "rosenbrock",
                    "--random",
                    20,
                    "--seed",
                    name.length(),
                    "--out",
                    files.resolve(name));
        }
        return files;
    }

    @Test
    void plansHoldEachRowOnce() {
        for (long rows : new long[] {0, 1, 6, 7, 1000, Long.MAX_VALUE / 2}) {
            for (int count : new int[] {1, 2, 7, 999}) {
                List<Shard> plan = Shard.plan(rows, count);
                long next = 0;
                for (Shard shard : plan) {
                    assertThat(shard.first()).isEqualTo(next);
                    next = shard.end();
                }
                assertThat(next).isEqualTo(rows);
                long least = plan.stream().mapToLong(Shard::count).min().orElseThrow();
                assertThat(plan).allMatch(shard -> shard.count() - least <= 1);
            }
        }
        assertThatThrownBy(() -> Shard.plan(7, 0)).hasMessage("shards: expected 1 to 100,000, got 0");
    }

    @Test
    void whatIsNotWhatTheManifestTellsOfIsRefused() throws Exception {
        Path shards = Files.createDirectory(folder.resolve("shards"));
        try (Computation computation = CommandRun.open(
                List.of("hessian", "--model", "rosenbrock", "--random", "10", "--out", folder.resolve("unused") + "/"),
                Values::rows)) {
            List<ShardResult> results = computed(computation, 2, shards);
            Json.write(shards.resolve("manifest.json"), ShardManifest.of(computation, Map.of(), Map.of(), results));
        }
        Path out = folder.resolve("H.npy");
        Path part = shards.resolve("hessians/part-00001.npy");
        byte[] bytes = Files.readAllBytes(part);
        bytes[bytes.length - 1] ^= 1;
        Files.write(part, bytes);
        Run damaged = Run.of("merge", shards, "--out", out);
        assertThat(damaged.code()).isEqualTo(1);
        assertThat(damaged.err()).contains("part-00001.npy: expected the bytes that the manifest tells of");
        assertThat(out).doesNotExist();
        Files.delete(part);
        assertThat(Run.of("merge", shards, "--out", out).err()).contains("no such file");
        Path manifest = shards.resolve("manifest.json");
        String text = Files.readString(manifest);
        for (String[] change : new String[][] {
            {"\"first\": 5", "\"first\": 4"},
            {"part-00001.npy", "../part-00001.npy"},
            {"\"format\": 2", "\"format\": 1"},
            {"\"dtype\": \"f8\"", "\"dtype\": \"f9\""},
            {"\"name\": \"hessians\"", "\"name\": \"../hessians\""}
        }) {
            assertThat(text).contains(change[0]);
            Files.writeString(manifest, text.replace(change[0], change[1]));
            Run refused = Run.of("merge", shards, "--out", out);
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.err()).contains("manifest.json: expected");
        }
        assertThat(Run.of("merge", folder, "--out", out).err()).contains("got one without a manifest.json");
        assertThat(Run.of("merge", shards, "--array", "x", "--out", out).code()).isNotZero();
    }

    @Test
    void aFolderOfFilesIsOneArray() throws Exception {
        Path files = Files.createDirectory(folder.resolve("points"));
        Npy.write(files.resolve("a.npy"), Nd4j.createFromArray(new double[][] {{1, 2}, {3, 4}}));
        Npy.write(files.resolve("b.npy"), Nd4j.createFromArray(new double[][] {{5, 6}}));
        Path whole = folder.resolve("whole.npy");
        Npy.write(whole, Nd4j.createFromArray(new double[][] {{1, 2}, {3, 4}, {5, 6}}));
        Path one = folder.resolve("one.npy");
        Path two = folder.resolve("two.npy");
        assertThat(Run.of("hessian", "--model", "rosenbrock", "--points", files, "--out", one)
                        .err())
                .isEmpty();
        Run.of("hessian", "--model", "rosenbrock", "--points", whole, "--out", two);
        assertThat(one).hasSameBinaryContentAs(two);
        Npy.write(files.resolve("c.npy"), Nd4j.createFromArray(new double[][] {{1, 2, 3}}));
        assertThat(Run.of("hessian", "--model", "rosenbrock", "--points", files, "--out", one)
                        .err())
                .contains("c.npy: expected rows of");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThat(Run.of("hessian", "--model", "rosenbrock", "--points", empty, "--out", one)
                        .err())
                .contains("expected a folder of .npy files, got one without any");
    }
}
