package org.curvature4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import org.curvature4j.curvature.DataLoss;
import org.curvature4j.operator.LinearOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.nd4j.autodiff.samediff.SameDiff;

/** What a product of a million parameters costs, printed for docs/design/spark.md: -Dspark.large=true. */
@EnabledIfSystemProperty(named = "spark.large", matches = "true")
class ProductCostTest {
    private static final int HIDDEN = 200_000;
    private static final int EXAMPLES = 16;
    private static final int PARTITIONS = 4;
    private static final int PRODUCTS = 15;

    private final AtomicLong shuffled = new AtomicLong();
    private final AtomicLong returned = new AtomicLong();

    /** Median seconds. */
    private static double median(LinearOperator operator, double[] vector) {
        operator.apply(vector);
        double[] seconds = new double[PRODUCTS];
        for (int i = 0; i < PRODUCTS; i++) {
            long start = System.nanoTime();
            operator.apply(vector);
            seconds[i] = (System.nanoTime() - start) * 1e-9;
        }
        Arrays.sort(seconds);
        return seconds[PRODUCTS / 2];
    }

    @Test
    void aProductOfAMillionParameters() throws InterruptedException {
        SparkSession spark = Cluster.get();
        SameDiff sd = Losses.classifier(HIDDEN);
        try (SparkLoss loss = CurvatureSpark.loss(sd, "mean", Losses.frame(spark, EXAMPLES, PARTITIONS))
                        .column("x", "features")
                        .column("labels", "no", "yes")
                        .build();
                SparkOperator hessian = loss.hessian();
                LinearOperator here =
                        DataLoss.of(sd, "mean", Losses.data(EXAMPLES)).hessian()) {
            double[] vector = loss.gradient();
            hessian.apply(vector);
            spark.sparkContext().addSparkListener(new SparkListener() {
                @Override
                public void onTaskEnd(SparkListenerTaskEnd end) {
                    shuffled.addAndGet(end.taskMetrics().shuffleWriteMetrics().bytesWritten());
                    returned.addAndGet(end.taskMetrics().resultSize());
                }
            });
            double seconds = median(hessian, vector);
            Thread.sleep(1000); // the listener hears later
            System.out.printf(
                    "%d parameters, %d partitions: %.3f s a product, here %.3f s; %.1f MB shuffled, %.1f MB of results%n",
                    loss.size(),
                    PARTITIONS,
                    seconds,
                    median(here, vector),
                    shuffled.get() * 1e-6 / (PRODUCTS + 1),
                    returned.get() * 1e-6 / (PRODUCTS + 1));
            assertThat(loss.size()).isEqualTo(1_000_000);
        }
    }
}
