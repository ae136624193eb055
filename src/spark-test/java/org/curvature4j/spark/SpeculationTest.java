package org.curvature4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import org.curvature4j.io.Npy;
import org.curvature4j.io.RandomPoints;
import org.curvature4j.spark.Commands.Ended;
import org.curvature4j.stream.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SameDiff;

/** Tasks that Spark has run twice at a time leave what tasks leave that run once. */
class SpeculationTest {
    private static final int EXAMPLES = 31;
    private static final int PARTITIONS = 3;

    @TempDir
    private Path folder;

    private static SparkSession spark() {
        return Cluster.onTwoHosts(Map.of(
                "spark.speculation", "true",
                "spark.speculation.interval", "50ms",
                "spark.speculation.quantile", "0.5",
                "spark.speculation.multiplier", "1.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"slow", "deaf"})
    void shardsHaveOneFileEachAndNothingElseIsLeft(String kind) throws Exception {
        SparkSession spark = spark();
        spark.sparkContext().hadoopConfiguration().set("fs.faulty.impl", FaultyFileSystem.class.getName());
        Path run = folder.resolve("run");
        String address = FaultyFileSystem.SCHEME + "://" + kind + run;
        String command = "spectrum --model two-two-one --random 1000 --seed 7 --vectors --out";
        try (SecondAttempts attempts = new SecondAttempts(spark.sparkContext())) {
            Ended ended = Commands.onCluster(spark, command, address, "--shards", 4);
            assertThat(ended.err()).isEmpty();
            assertThat(ended.code()).isZero();
            assertThat(attempts.took()).isPositive();
        }
        Path one = folder.resolve("one");
        Commands.here(command, one);
        List<String> wanted = new ArrayList<>();
        for (String array : List.of("eigenvalues", "eigenvectors")) {
            assertThat(Commands.merged(run, array)).hasSameBinaryContentAs(one.resolve(array + ".npy"));
            IntStream.range(0, 4).forEach(shard -> wanted.add(array + "/part-0000" + shard + ".npy"));
        }
        wanted.add("manifest.json");
        assertThat(Commands.files(run)).isEqualTo(wanted);
        assertThat(run.resolve("_shards")).doesNotExist();
    }

    /** The data are read again in each job, where the first attempt at a partition hangs until it is ended. */
    private static Dataset<Row> hanging(SparkSession spark) {
        JavaRDD<Row> rows = Cluster.context(spark)
                .parallelize(Losses.rows(EXAMPLES), PARTITIONS)
                .map(row -> {
                    if (TaskContext.getPartitionId() == 1 && TaskContext.get().attemptNumber() == 0) {
                        Thread.sleep(60_000);
                    }
                    return row;
                });
        return Losses.frame(spark, rows);
    }

    @Test
    void lossesAndGradientsHaveTheSameBits() throws Exception {
        SparkSession spark = spark();
        SameDiff graph = Losses.classifier(4);
        try (SparkLoss loss = builder(graph, Losses.frame(spark, EXAMPLES, PARTITIONS))
                        .build();
                SecondAttempts attempts = new SecondAttempts(spark.sparkContext());
                SparkLoss slow = builder(graph, hanging(spark))
                        .storage(StorageLevel.NONE())
                        .build()) {
            double value = loss.value();
            double[] gradient = loss.gradient();
            assertThat(attempts.took()).isPositive();
            assertThat(slow.value()).isEqualTo(value);
            assertThat(attempts.took()).isPositive();
            assertThat(slow.gradient()).isEqualTo(gradient);
            assertThat(attempts.took()).isPositive();
        }
    }

    @Test
    void productsThatAreAddedWhereTheySpreadHaveTheSameBits() throws Exception {
        SparkSession spark = spark();
        SameDiff graph = Losses.classifier(18_000);
        try (SparkLoss loss = builder(graph, Losses.frame(spark, EXAMPLES, PARTITIONS))
                        .build();
                SparkOperator hessian = loss.hessian();
                SecondAttempts attempts = new SecondAttempts(spark.sparkContext());
                SparkLoss slow = builder(graph, hanging(spark))
                        .storage(StorageLevel.NONE())
                        .build();
                SparkOperator slowHessian = slow.hessian()) {
            double[] product = hessian.apply(loss.point());
            attempts.took();
            assertThat(slowHessian.apply(loss.point())).isEqualTo(product);
            assertThat(attempts.took()).isPositive();
        }
    }

    private static SparkLossBuilder builder(SameDiff graph, Dataset<Row> rows) {
        return CurvatureSpark.loss(graph, "mean", rows).column("x", "features").column("labels", "no", "yes");
    }

    /** A thread that is interrupted while it reads a file closes it for the tasks that come after. */
    @Test
    void whatAnEndedTaskHadOpenIsOpenedAnew() throws Exception {
        JavaSparkContext context = Cluster.context(spark());
        Path points = folder.resolve("points.npy");
        Npy.write(points, RandomPoints.of(1, 50, 2).readRows(0, 50));
        Broadcast<SerializableConfiguration> hadoop =
                context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
        List<String> words = List.of("spectrum", "--model=rosenbrock", "--points=" + points, "--out=nowhere/");
        ShardTask task = new ShardTask(
                words,
                new RunRows(),
                context.broadcast(Map.of()),
                "run",
                50,
                1,
                folder.resolve("run").toString(),
                hadoop);
        String first = task.call(0).result();
        assertThat(first).contains("part-00000.npy");
        try (var open = ShardTask.OPEN.lease(task.key(), () -> {
                    throw new AssertionError("expected the command that was opened before");
                });
                var pass = open.value().begin(0, Arrays.asList((from, count, numbers) -> {}, null))) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> pass.compute(0, 50, Progress.NONE))
                    .hasRootCauseInstanceOf(ClosedByInterruptException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(task.call(0).result()).isEqualTo(first);
    }
}
