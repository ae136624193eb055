package org.curvature4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.apache.spark.SparkEnv;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.curvature4j.Hessian;
import org.curvature4j.TensorFunction;
import org.curvature4j.curvature.DataLoss;
import org.curvature4j.operator.LinearOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** All is the same where a cluster is set to Kryo, whose buffer is small here. */
class KryoTest {
    private static final int EXAMPLES = 61;
    private static final double EXACT = 1e-12;

    private final SparkSession spark = Cluster.strained();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"MEMORY_AND_DISK", "MEMORY_ONLY_SER"})
    void lossesKeptInAnyForm(String storage) {
        assertThat(SparkEnv.get().serializer()).isInstanceOf(KryoSerializer.class);
        DataLoss one = DataLoss.of(Losses.classifier(4), "mean", Losses.data(EXAMPLES));
        try (SparkLoss loss = Losses.builder("mean", Losses.frame(spark, EXAMPLES, 3))
                        .storage(StorageLevel.fromString(storage))
                        .build();
                LinearOperator hessian = loss.hessian();
                LinearOperator expected = one.hessian()) {
            assertThat(loss.value()).isCloseTo(one.value(), within(EXACT));
            assertThat(loss.gradient()).containsExactly(one.gradient(), within(EXACT));
            assertThat(hessian.toDense()).containsExactly(expected.toDense(), within(EXACT));
        }
    }

    /** Sums of 10 MB a core, where the buffer holds 1. */
    @Test
    void sumsThatMeetByStretches() {
        SameDiff wide = Losses.classifier(20_000);
        try (SparkLoss loss = CurvatureSpark.loss(wide, "mean", Losses.frame(spark, EXAMPLES, 2))
                        .column("x", "features")
                        .column("labels", "no", "yes")
                        .build();
                SparkOperator hessian = loss.hessian()) {
            double[][] vectors = new double[25][];
            double[] gradient = loss.gradient();
            for (int i = 0; i < vectors.length; i++) {
                vectors[i] = gradient.clone();
                vectors[i][i]++;
            }
            double[][] products = hessian.apply(vectors);
            assertThat(products[0]).isEqualTo(hessian.apply(vectors[0]));
            assertThat(products[24]).isEqualTo(hessian.apply(vectors[24]));
        }
    }

    @Test
    void columns() {
        SameDiff net = Functions.net(DataType.DOUBLE);
        INDArray points = Functions.points(50);
        Dataset<Row> computed = CurvatureSpark.columns(SparkFunction.of(net, "energy", "x"))
                .points("x")
                .hessian("hessian")
                .appendTo(Functions.frame(spark, points, 3))
                .persist(StorageLevel.DISK_ONLY());
        double[] hessians = computed.orderBy("id").select("hessian").collectAsList().stream()
                .flatMapToDouble(row -> row.<Double>getList(0).stream().mapToDouble(Double::doubleValue))
                .toArray();
        computed.unpersist();
        try (Hessian hessian = Hessian.of(TensorFunction.of(net, "energy", "x"))) {
            assertThat(hessians)
                    .isEqualTo(hessian.batch(points).dup('c').reshape(50 * 9).toDoubleVector());
        }
    }

    @Test
    void commandsByShardsAndTheFilesThatAreSent() {
        Path model = folder.resolve("net.fb");
        Functions.net(DataType.DOUBLE).save(model.toFile(), true);
        Path one = folder.resolve("one");
        Path run = folder.resolve("run");
        String command = "spectrum --output energy --random 40 --seed 1 --model " + model;
        assertThat(Commands.onCluster(spark, command, "--out", run, "--shards", 5)
                        .err())
                .isEmpty();
        Commands.here(command, "--out", one);
        assertThat(Commands.merged(run, "eigenvalues")).hasSameBinaryContentAs(one.resolve("eigenvalues.npy"));
    }
}
