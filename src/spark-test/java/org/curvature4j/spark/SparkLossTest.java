package org.curvature4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.curvature4j.curvature.DataLoss;
import org.curvature4j.curvature.Likelihood;
import org.curvature4j.curvature.Reduction;
import org.curvature4j.krylov.Lanczos;
import org.curvature4j.krylov.LanczosOptions;
import org.curvature4j.operator.LinearOperator;
import org.curvature4j.operator.Range;
import org.curvature4j.optimize.Method;
import org.curvature4j.optimize.Minimizer;
import org.curvature4j.optimize.MinimizerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SameDiff;

/** Losses over partitions against those of one machine. */
class SparkLossTest {
    private static final int EXAMPLES = 61;
    private static final double EXACT = 1e-12;

    private final SparkSession spark = Cluster.get();
    private final DataLoss one = DataLoss.of(Losses.classifier(4), "mean", Losses.data(EXAMPLES));

    private static void assertClose(double[] actual, double[] expected) {
        assertThat(actual).containsExactly(expected, within(EXACT));
    }

    private static void assertClose(LinearOperator actual, LinearOperator expected) {
        try (actual;
                expected) {
            assertClose(actual.toDense(), expected.toDense());
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 100", "3, 100", "7, 4"})
    void everythingIsAsOnOneMachine(int partitions, int minibatch) {
        try (SparkLoss loss = Losses.builder("mean", Losses.frame(spark, EXAMPLES, partitions))
                .minibatch(minibatch)
                .build()) {
            assertThat(loss.examples()).isEqualTo(EXAMPLES);
            assertThat(loss.reduction()).isEqualTo(Reduction.MEAN);
            assertThat(loss.likelihood("logits")).contains(Likelihood.SOFTMAX);
            assertThat(loss.value()).isCloseTo(one.value(), within(EXACT));
            assertClose(loss.gradient(), one.gradient());
            assertClose(loss.hessian(), one.hessian());
            assertClose(loss.gaussNewton("logits"), one.gaussNewton("logits"));
            assertClose(loss.fisher("logits", Likelihood.SOFTMAX), one.fisher("logits", Likelihood.SOFTMAX));
            assertClose(loss.empiricalFisher("logits"), one.empiricalFisher("logits"));
            assertClose(
                    loss.monteCarloFisher("logits", Likelihood.SOFTMAX, 5, 3),
                    one.monteCarloFisher("logits", Likelihood.SOFTMAX, 5, 3));
            double[] elsewhere = loss.point();
            elsewhere[1] += 0.5;
            assertClose(loss.at(elsewhere).gradient(), one.at(elsewhere).gradient());
            assertClose(loss.at(elsewhere).hessian(), one.at(elsewhere).hessian());
        }
    }

    @Test
    void sumsCountEachExampleOnce() {
        DataLoss total = DataLoss.of(Losses.classifier(4), "total", Losses.data(EXAMPLES));
        try (SparkLoss loss = Losses.builder("total", Losses.frame(spark, EXAMPLES, 3))
                .define(more -> more.parameters("W2"))
                .build()) {
            assertThat(loss.reduction()).isEqualTo(Reduction.SUM);
            assertThat(loss.size()).isEqualTo(8);
            assertThat(loss.value()).isCloseTo(total.value(), within(1e-11));
            try (LinearOperator hessian = loss.hessian();
                    LinearOperator whole = total.hessian()) {
                double[] block = whole.restrictedTo(new Range(12, 8)).toDense();
                assertThat(hessian.toDense()).containsExactly(block, within(1e-10));
            }
        }
    }

    @Test
    void partitionsMayBeEmptyOrSkewed() {
        JavaSparkContext context = Cluster.context(spark);
        List<Row> rows = Losses.rows(EXAMPLES);
        JavaRDD<Row> skewed = context.parallelize(new ArrayList<Row>(), 2)
                .union(context.parallelize(rows.subList(0, 1), 1))
                .union(context.parallelize(rows.subList(1, 50), 1))
                .union(context.parallelize(rows.subList(50, EXAMPLES), 15));
        try (SparkLoss loss = Losses.builder("mean", Losses.frame(spark, skewed))
                .minibatch(16)
                .build()) {
            assertThat(loss.examples()).isEqualTo(EXAMPLES);
            assertClose(loss.gradient(), one.gradient());
            assertClose(loss.hessian(), one.hessian());
        }
        assertThatThrownBy(
                        () -> Losses.builder("mean", Losses.frame(spark, context.parallelize(new ArrayList<Row>(), 3)))
                                .build())
                .hasMessage("data: expected at least one example, got none");
    }

    @Test
    void tasksThatFailOnceAreDoneAgain() {
        JavaRDD<Row> failing = Cluster.context(spark)
                .parallelize(Losses.rows(EXAMPLES), 3)
                .map(row -> {
                    if (TaskContext.get().attemptNumber() == 0 && TaskContext.getPartitionId() == 1) {
                        throw new IllegalStateException("the first attempt");
                    }
                    return row;
                });
        try (SparkLoss loss =
                Losses.builder("mean", Losses.frame(spark, failing)).build()) {
            assertClose(loss.hessian(), one.hessian());
        }
    }

    @Test
    void algorithmsTakeItsOperators() {
        try (SparkLoss loss =
                        Losses.builder("mean", Losses.frame(spark, EXAMPLES, 3)).build();
                LinearOperator hessian = loss.hessian();
                LinearOperator expected = one.hessian()) {
            LanczosOptions options = LanczosOptions.top(2);
            assertClose(
                    Lanczos.eigenpairs(hessian, options).eigenvalues(),
                    Lanczos.eigenpairs(expected, options).eigenvalues());
            MinimizerOptions few = MinimizerOptions.usual().mostIterations(3);
            double reached = Minimizer.minimize(Method.NEWTON_CG, loss.objective(), loss.point(), few)
                    .value();
            assertThat(reached)
                    .isLessThan(loss.value())
                    .isCloseTo(
                            Minimizer.minimize(Method.NEWTON_CG, one.objective(), one.point(), few)
                                    .value(),
                            within(1e-9));
        }
    }

    @Test
    void largeSumsAreAddedWhereTheySpread() {
        SameDiff wide = Losses.classifier(20_000);
        DataLoss here = DataLoss.of(wide, "mean", Losses.data(EXAMPLES));
        try (SparkLoss loss = CurvatureSpark.loss(wide, "mean", Losses.frame(spark, EXAMPLES, 7))
                        .column("x", "features")
                        .column("labels", "no", "yes")
                        .build();
                SparkOperator hessian = loss.hessian();
                LinearOperator expected = here.hessian()) {
            double[] vector = here.gradient();
            double[] product = hessian.apply(vector);
            assertThat(distance(product, expected.apply(vector))).isLessThan(EXACT);
            assertThat(hessian.apply(vector)).isEqualTo(product);
            // Alone a sum is small enough for the driver to add; the order is the same.
            assertThat(loss.gradient()).isEqualTo(loss.gradient());
        }
    }

    private static double distance(double[] actual, double[] expected) {
        double most = 0;
        for (int i = 0; i < actual.length; i++) {
            most = Math.max(most, Math.abs(actual[i] - expected[i]));
        }
        return most;
    }

    @Test
    void whatCantBeMeantIsRefusedInWords() {
        assertThatThrownBy(() -> CurvatureSpark.loss(Losses.classifier(4), "mean", Losses.frame(spark, 5, 1))
                        .build())
                .hasMessage("data: expected columns for the placeholders (call column), got none");
        assertThatThrownBy(() -> Losses.builder("mean", Losses.frame(spark, 5, 1))
                        .column("y", "no")
                        .build())
                .hasMessage("data: expected placeholders of [labels, x], got 'y'");
        assertThatThrownBy(() -> Losses.builder("mean", Losses.frame(spark, 5, 1))
                        .column("labels", "no")
                        .build())
                .hasMessage("data 'labels': expected 2 columns of a number each, or one of arrays, got [no]");
        List<Row> rows = new ArrayList<>(Losses.rows(5));
        rows.set(3, RowFactory.create(null, 0.0, 1.0));
        assertThatThrownBy(() -> Losses.builder(
                                "mean",
                                Losses.frame(spark, Cluster.context(spark).parallelize(rows, 1)))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "data 'x', column 'features': expected arrays of 3 numbers, got null in row 3 of partition 0"
                                + " (both counted from 0)");
        SparkLoss closed =
                Losses.builder("mean", Losses.frame(spark, EXAMPLES, 1)).build();
        SparkOperator operator = closed.hessian();
        closed.close();
        assertThatThrownBy(() -> operator.apply(closed.point())).hasMessageContaining("was closed");
    }
}
