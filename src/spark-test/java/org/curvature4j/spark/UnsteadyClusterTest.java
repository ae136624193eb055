package org.curvature4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** What executors come and go for is the same bits. */
class UnsteadyClusterTest {
    private static final int EXAMPLES = 61;

    @Test
    void neitherKilledNorOtherExecutorsChangeABit() {
        double[] vector;
        double[] product;
        double[] gradient;
        SparkSession spark = Cluster.get();
        try (SparkLoss loss =
                        Losses.builder("mean", Losses.frame(spark, EXAMPLES, 7)).build();
                SparkOperator hessian = loss.hessian()) {
            gradient = loss.gradient();
            vector = gradient.clone();
            product = hessian.apply(vector);
            List<Long> before = Cluster.processes(spark, 6);
            assertThat(before).hasSize(2).doesNotContain(-1L);
            ProcessHandle.of(before.get(0)).orElseThrow().destroyForcibly();

            assertThat(hessian.apply(vector)).isEqualTo(product);
            assertThat(loss.gradient()).isEqualTo(gradient);
            assertThat(Cluster.processes(spark, 6)).doesNotContain(before.get(0));
            assertThat(hessian.apply(vector)).isEqualTo(product);
        }
        SparkSession other = Cluster.of(1, 2);
        try (SparkLoss loss =
                        Losses.builder("mean", Losses.frame(other, EXAMPLES, 7)).build();
                SparkOperator hessian = loss.hessian()) {
            assertThat(loss.gradient()).isEqualTo(gradient);
            assertThat(hessian.apply(vector)).isEqualTo(product);
        }
    }
}
