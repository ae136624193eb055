package org.curvature4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.curvature4j.spark.Commands.files;
import static org.curvature4j.spark.Commands.here;
import static org.curvature4j.spark.Commands.merged;
import static org.curvature4j.spark.Commands.words;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.apache.spark.sql.SparkSession;
import org.curvature4j.io.Npy;
import org.curvature4j.spark.Commands.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** A command on several machines is the command on one: the bytes of arrays, and the whole report. */
class ShardedRunTest {
    private static final String SPECTRA = "spectrum --model two-two-one --random 1000 --seed 7";

    @TempDir
    private Path folder;

    private final SparkSession spark = Cluster.get();

    private Ended onCluster(String command, Object... more) {
        return Commands.onCluster(spark, command, more);
    }

    @ParameterizedTest
    @CsvSource({
        SPECTRA + " --vectors, 3, eigenvalues",
        SPECTRA + " --vectors, 7, eigenvectors",
        "hessian --model monkey-saddle --random 5 --packed, 7, hessians",
        "jacobian --model tanh --random 1000, 1, jacobians",
        "sensitivity --model tanh --random 1000 --seed 3, 7, singular-values",
    })
    void theSameBytesAndWordsAsOnOneMachine(String command, int shards, String array) throws IOException {
        Path one = folder.resolve("one");
        Path run = folder.resolve("run");
        Ended expected = here(command, "--out", one, "--json");
        Ended ended = onCluster(command, "--out", run, "--shards", shards, "--json");
        assertThat(ended.err()).isEmpty();
        assertThat(ended.code()).isZero();
        assertThat(ended.told()).isEqualTo(expected.told());
        assertThat(merged(run, array)).hasSameBinaryContentAs(one.resolve(array + ".npy"));
        assertThat(files(run))
                .hasSize(1 + shards * (command.contains("--vectors") ? 2 : 1))
                .contains("manifest.json", array + "/part-00000.npy")
                .noneMatch(file -> file.contains("_shards") || file.contains("crc"));
        Ended again = onCluster(command, "--out", run, "--resume", "--json");
        assertThat(again.told()).isEqualTo(expected.told());
        assertThat(onCluster(command, "--out", run).err()).contains("--resume goes on with it");
        assertThat(onCluster(command.replaceAll("--random \\d+", "--random 4"), "--out", run, "--resume")
                        .err())
                .contains("results of another run");
    }

    @Test
    void modelsAreSentAndPointsAreRead() throws IOException {
        Path model = folder.resolve("net.fb");
        Functions.net(DataType.DOUBLE).save(model.toFile(), true);
        Path points = Files.createDirectory(folder.resolve("points"));
        Npy.write(points.resolve("a.npy"), Functions.points(40));
        Npy.write(points.resolve("b.npy"), Functions.points(2));
        Path one = folder.resolve("one");
        Path run = folder.resolve("run");
        String command = "spectrum --model " + model + " --output energy --points " + points;
        Ended expected = here(command, "--out", one, "--json");
        Ended ended = onCluster(command, "--out", run, "--shards", 4, "--json");
        assertThat(ended.err()).isEmpty();
        assertThat(ended.told()).isEqualTo(expected.told());
        assertThat(merged(run, "eigenvalues")).hasSameBinaryContentAs(one.resolve("eigenvalues.npy"));
    }

    @Test
    void refusalsOfTasksAreTheDrivers() {
        Path points = folder.resolve("points.npy");
        Npy.write(points, Nd4j.createFromArray(new double[][] {{1, 2}, {3, Double.NaN}}));
        Path run = folder.resolve("run");
        Ended ended = onCluster("spectrum --model rosenbrock --points " + points, "--out", run, "--shards", 2);
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("points: expected").contains("NaN").doesNotContain("\tat ");
        assertThat(run.resolve("manifest.json")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "spectrum --model rosenbrock --random 5 | --out: expected a folder",
                "spectrum --model rosenbrock --random 5 --out=x --shards 0 | --shards: expected a whole number from 1",
                "spectrum --model rosenbrock --random 5 --out=x --plot p.png | --plot: expected none in a run by"
                        + " shards",
                "spectrum --model rosenbrock --random 5 --out=x --vectors=v.npy | --vectors: expected no name",
                "spectrum --model rosenbrok --random 5 --out=x | rosenbrock",
                "lanczos --model rosenbrock --out=x | command: expected one that computes a batch",
                "nothing --out=x | nothing",
            })
    void whatCanNotBeMeantIsToldInWords(String command, String words) {
        Ended ended = onCluster(command);
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains(words).doesNotContain("\tat ");
        assertThat(folder.resolve("x")).doesNotExist();
    }

    @Test
    void oneResultIsNoBatch() {
        Ended ended = onCluster(
                "hessian --model mlp:2-2-1 --wrt params --feed x=" + file(new double[][] {{1, 2}}),
                "--out",
                folder.resolve("run"));
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("points: expected a batch of them");
    }

    private Path file(double[][] numbers) {
        Path file = folder.resolve("x.npy");
        Npy.write(file, Nd4j.createFromArray(numbers));
        return file;
    }

    private String faulty(String when, Path run) {
        spark.sparkContext().hadoopConfiguration().set("fs.faulty.impl", FaultyFileSystem.class.getName());
        return FaultyFileSystem.SCHEME + "://" + when + run;
    }

    /** Each thing that a task does to the folder fails once in each executor; Spark has the task repeated. */
    @Test
    void aTaskThatFailsAtAnyStepIsRepeated() throws IOException {
        Path one = folder.resolve("one");
        here(SPECTRA, "--out", one);
        for (int step = 1; step <= 5; step++) {
            Path run = folder.resolve("run" + step);
            Ended ended = onCluster(SPECTRA, "--out", faulty(Integer.toString(step), run), "--shards", 3);
            assertThat(ended.err()).isEmpty();
            assertThat(merged(run, "eigenvalues")).hasSameBinaryContentAs(one.resolve("eigenvalues.npy"));
        }
    }

    @Test
    void whatIsCompleteIsKeptAndGoneOnWith() throws IOException {
        Path one = folder.resolve("one");
        here(SPECTRA, "--out", one);
        Path run = folder.resolve("run");
        Ended failed = onCluster(SPECTRA, "--out", faulty("all-from-6", run), "--shards", 9);
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.err()).contains("a fault was wanted at step").doesNotContain("\tat ");
        List<String> left = files(run);
        assertThat(left).contains("_shards/run.json").doesNotContain("manifest.json");
        long complete =
                left.stream().filter(name -> name.startsWith("_shards/part")).count();
        assertThat(complete).isBetween(1L, 8L);
        assertThat(onCluster(SPECTRA, "--out", run).err()).contains("an unfinished run of this run");
        assertThat(onCluster(SPECTRA, "--out", run, "--resume", "--shards", 4).err())
                .contains("--shards: expected 9, by which the run was begun, got 4");
        // One of them is damaged meanwhile, by its length.
        String damaged = left.stream()
                .filter(name -> name.startsWith("_shards/part"))
                .findFirst()
                .orElseThrow();
        Path part = run.resolve(damaged.replace("_shards", "eigenvalues").replace(".json", ".npy"));
        Files.write(part, new byte[] {1, 2, 3});
        Ended resumed = onCluster(SPECTRA, "--out", run, "--resume");
        assertThat(resumed.err()).isEmpty();
        assertThat(resumed.out()).contains(complete == 1 ? "9 shards" : (complete - 1) + " of an earlier run");
        assertThat(merged(run, "eigenvalues")).hasSameBinaryContentAs(one.resolve("eigenvalues.npy"));
        assertThat(files(run)).noneMatch(name -> name.startsWith("_shards"));
    }

    /** The driver's process is killed when some shards are complete; another one goes on. */
    @Test
    void aDriverThatWasKilledIsGoneOnFrom() throws IOException, InterruptedException {
        String command = "spectrum --model mlp:4-8-1 --random 300000 --seed 1";
        Path run = folder.resolve("run");
        List<String> words =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java")));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(word -> word.startsWith("--add-opens"))
                .forEach(words::add);
        words.addAll(List.of(
                "-Dspark.master=local[2]",
                "-Dspark.ui.enabled=false",
                "-cp",
                System.getProperty("application.jar") + ":" + System.getenv("SPARK_HOME") + "/jars/*",
                Main.class.getName()));
        words.addAll(words(command, "--out", run, "--shards", 60));
        Process driver = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        while (told(run) < 3 && driver.isAlive()) {
            Thread.sleep(20);
        }
        driver.destroyForcibly().waitFor();
        long complete = told(run);
        assertThat(complete).as(Files.readString(folder.resolve("log"))).isBetween(3L, 59L);
        Ended resumed = onCluster(command, "--out", run, "--resume");
        assertThat(resumed.err()).isEmpty();
        assertThat(resumed.out()).contains(complete + " of an earlier run");
        Path one = folder.resolve("one");
        here(command, "--out", one);
        assertThat(merged(run, "eigenvalues")).hasSameBinaryContentAs(one.resolve("eigenvalues.npy"));
        assertThat(files(run)).hasSize(61);
    }

    private static long told(Path run) throws IOException {
        return Files.isDirectory(run.resolve("_shards"))
                ? files(run).stream()
                        .filter(name -> name.startsWith("_shards/part"))
                        .count()
                : 0;
    }

    /** An executor dies while it computes; what it had not yet told of is computed by others. */
    @Test
    void anExecutorThatIsKilledCostsItsTasksOnly() throws Exception {
        String command = "spectrum --model mlp:4-8-1 --random 300000 --seed 2";
        Path run = folder.resolve("run");
        long victim = Cluster.processes(spark, 6).get(0);
        ExecutorService pool = java.util.concurrent.Executors.newSingleThreadExecutor();
        try {
            Future<Ended> ended = pool.submit(() -> onCluster(command, "--out", run, "--shards", 30));
            while (told(run) < 2 && !ended.isDone()) {
                Thread.sleep(20);
            }
            ProcessHandle.of(victim).orElseThrow().destroyForcibly();
            assertThat(ended.get().err()).isEmpty();
        } finally {
            pool.shutdown();
        }
        Path one = folder.resolve("one");
        here(command, "--out", one);
        assertThat(merged(run, "eigenvalues")).hasSameBinaryContentAs(one.resolve("eigenvalues.npy"));
        assertThat(files(run)).hasSize(31);
    }
}
