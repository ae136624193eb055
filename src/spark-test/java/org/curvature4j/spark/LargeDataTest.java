package org.curvature4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.RDDInfo;
import org.bytedeco.javacpp.Pointer;
import org.curvature4j.curvature.DataLoss;
import org.curvature4j.curvature.Reduction;
import org.curvature4j.io.RandomPoints;
import org.curvature4j.operator.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Data that executors have no memory for are kept on their disks, and the numbers are those of data in memory. */
class LargeDataTest {
    private static final int FEATURES = 500;
    private static final double MEGABYTE = 1 << 20;

    private static SameDiff graph() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, FEATURES);
        SDVariable labels = sd.placeHolder("labels", DataType.DOUBLE, -1, 2);
        SDVariable w = sd.var(
                "W", RandomPoints.of(1, FEATURES, 2).readRows(0, FEATURES).divi(Math.sqrt(FEATURES)));
        sd.loss().softmaxCrossEntropy("mean", labels, x.mmul(w).rename("logits"), null);
        return sd;
    }

    private static Map<String, INDArray> data(int partition, int examples) {
        INDArray x = RandomPoints.of(partition, examples, FEATURES).readRows(0, examples);
        INDArray labels = Nd4j.zeros(DataType.DOUBLE, examples, 2);
        for (int i = 0; i < examples; i++) {
            labels.putScalar(i, x.getDouble(i, 0) > 0 ? 1 : 0, 1);
        }
        return Map.of("x", x, "labels", labels);
    }

    private static Dataset<Row> frame(SparkSession spark, int partitions, int examples) {
        List<Integer> numbers = IntStream.range(0, partitions).boxed().toList();
        return Losses.frame(
                spark, Cluster.context(spark).parallelize(numbers, partitions).flatMap(partition -> {
                    Map<String, INDArray> data = data(partition, examples);
                    return IntStream.range(0, examples)
                            .mapToObj(i -> RowFactory.create(
                                    data.get("x").getRow(i).toDoubleVector(),
                                    data.get("labels").getDouble(i, 0),
                                    data.get("labels").getDouble(i, 1)))
                            .iterator();
                }));
    }

    private static RDDInfo kept(SparkSession spark) {
        return Arrays.stream(spark.sparkContext().getRDDStorageInfo())
                .max(Comparator.comparingLong(RDDInfo::diskSize))
                .orElseThrow();
    }

    /** The most that the process of an executor takes, in megabytes; its heap is always whole. */
    private static double memory(SparkSession spark) {
        return Cluster.context(spark)
                        .parallelize(List.of(1, 2, 3, 4), 4)
                        .map(task -> {
                            Thread.sleep(200);
                            return Pointer.physicalBytes();
                        })
                        .collect()
                        .stream()
                        .mapToLong(bytes -> bytes)
                        .max()
                        .orElseThrow()
                / MEGABYTE;
    }

    @Test
    void whatIsOnDiskGivesTheSameBits() {
        int partitions = 8;
        int examples = 1000;
        SparkSession spark = Cluster.strained();
        try (SparkLoss loss = CurvatureSpark.loss(graph(), "mean", frame(spark, partitions, examples))
                        .column("x", "features")
                        .column("labels", "no", "yes")
                        .build();
                SparkOperator hessian = loss.hessian()) {
            RDDInfo kept = kept(spark);
            assertThat(kept.numCachedPartitions()).isEqualTo(partitions);
            assertThat(kept.diskSize()).isGreaterThan(4L * partitions * examples * FEATURES);
            List<Slice> gradients = new ArrayList<>();
            List<Slice> products = new ArrayList<>();
            double[] vector = loss.point();
            for (int partition = 0; partition < partitions; partition++) {
                DataLoss part = DataLoss.builder(graph(), "mean")
                        .minibatches(List.of(data(partition, examples)))
                        .reduction(Reduction.MEAN)
                        .build();
                try (var objective = part.objective();
                        var operator = objective.hessian(loss.point())) {
                    gradients.add(weighted(partition, objective.gradient(loss.point()), partitions));
                    products.add(weighted(partition, operator.apply(vector), partitions));
                }
            }
            assertThat(loss.gradient()).isEqualTo(Slice.sum(gradients));
            assertThat(hessian.apply(vector)).isEqualTo(Slice.sum(products));
            double before = memory(spark);
            for (int i = 0; i < 10; i++) {
                hessian.apply(vector);
            }
            assertThat(memory(spark) - before).isLessThan(8L * partitions * examples * FEATURES / MEGABYTE);
        }
    }

    private static Slice weighted(int partition, double[] numbers, int partitions) {
        Vectors.scale(1.0 / partitions, numbers);
        return new Slice(partition, numbers);
    }

    /** What that costs, printed for docs/design/spark.md: -Dspark.large=true. */
    @Test
    @EnabledIfSystemProperty(named = "spark.large", matches = "true")
    void memoryOfDataThatDoNotFit() {
        int partitions = 12;
        int examples = 10_000;
        double data = 8L * partitions * examples * FEATURES / MEGABYTE;
        SparkSession spark = Cluster.strained();
        double start = memory(spark);
        try (SparkLoss loss = CurvatureSpark.loss(graph(), "mean", frame(spark, partitions, examples))
                        .column("x", "features")
                        .column("labels", "no", "yes")
                        .minibatch(1000)
                        .build();
                SparkOperator hessian = loss.hessian()) {
            RDDInfo kept = kept(spark);
            double built = memory(spark);
            double[] vector = loss.point();
            hessian.apply(vector);
            double first = memory(spark);
            for (int i = 0; i < 10; i++) {
                hessian.apply(vector);
            }
            double last = memory(spark);
            System.out.printf(
                    "%.0f MB of data in %d partitions, %.0f MB of it on disk and %.0f MB in memory; of an executor"
                            + " %.0f MB before, %.0f MB with data, %.0f MB after a product, %.0f MB after 11%n",
                    data, partitions, kept.diskSize() / MEGABYTE, kept.memSize() / MEGABYTE, start, built, first, last);
            assertThat(kept.diskSize() / MEGABYTE).isGreaterThan(data / 2);
            assertThat(last - first).isLessThan(100);
            assertThat(first - start).isLessThan(data / 2 + 1024);
        }
    }
}
