package org.curvature4j.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.curvature4j.Hessian;
import org.curvature4j.TensorFunction;
import org.curvature4j.operator.DiagonalOperator;
import org.curvature4j.operator.LinearOperator;
import org.curvature4j.operator.MatrixOperator;
import org.curvature4j.samediff.UnsupportedOpsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Operators over data against dense matrices from whole derivatives. */
class DataLossTest {
    private static final double EXACT = 1e-12;

    private final SameDiff sd = Nets.classifier();
    private final Map<String, INDArray> data = Nets.data();

    @ParameterizedTest
    @ValueSource(strings = {"mean", "total", "squares"})
    void theHessianIsTheDenseOneHoweverTheDataIsCut(String loss) {
        double[] dense = hessian(loss);
        for (int size : new int[] {Nets.EXAMPLES, 7, 1}) {
            DataLoss cut = DataLoss.builder(sd, loss)
                    .minibatches(Nets.minibatches(data, size))
                    .build();
            try (DataOperator hessian = cut.hessian()) {
                assertClose(hessian, dense);
            }
        }
    }

    @Test
    void valueAndGradientAreThoseOfAllData() {
        DataLoss whole = DataLoss.of(sd, "mean", data);
        DataLoss cut = DataLoss.builder(sd, "mean")
                .minibatches(Nets.minibatches(data, 5))
                .build();
        double value = sd.output(data, "mean").get("mean").getDouble(0);
        INDArray gradient = function("mean").gradient().call(function("mean").point());

        assertThat(cut.reduction()).isEqualTo(Reduction.MEAN);
        assertThat(whole.value()).isCloseTo(value, within(EXACT));
        assertThat(cut.value()).isCloseTo(value, within(EXACT));
        assertArrays(whole.gradient(), gradient.toDoubleVector());
        assertArrays(cut.gradient(), gradient.toDoubleVector());
    }

    @Test
    void sumsAreToldFromMeans() {
        DataLoss total = DataLoss.builder(sd, "total")
                .minibatches(Nets.minibatches(data, 5))
                .build();
        double value = sd.output(data, "total").get("total").getDouble(0);

        assertThat(total.reduction()).isEqualTo(Reduction.SUM);
        assertThat(total.value()).isCloseTo(value, within(1e-11));
    }

    @ParameterizedTest
    @ValueSource(ints = {Nets.EXAMPLES, 6})
    void gaussNewtonIsTheSandwichOfJacobians(int size) {
        double[] jacobian = jacobian();
        double[] inner = softmaxCurvature(1.0 / Nets.EXAMPLES);
        DataLoss loss = DataLoss.builder(sd, "mean")
                .minibatches(Nets.minibatches(data, size))
                .build();
        double[] expected = sandwich(jacobian, inner);
        try (DataOperator gaussNewton = loss.gaussNewton("logits");
                DataOperator fisher = loss.fisher("logits", Likelihood.SOFTMAX)) {
            assertClose(gaussNewton, expected);
            assertClose(fisher, expected);
        }
    }

    @Test
    void gaussianFisherIsTheJacobiansOwnProduct() {
        double[] jacobian = jacobian();
        double[] identity =
                DiagonalOperator.identity(Nets.EXAMPLES * Nets.CLASSES).toDense();
        double[] scaled = MatrixOperator.of(identity, Nets.EXAMPLES * Nets.CLASSES, Nets.EXAMPLES * Nets.CLASSES)
                .times(1.0 / Nets.EXAMPLES)
                .toDense();
        DataLoss loss = DataLoss.of(sd, "squares", data);
        try (DataOperator fisher = loss.fisher("logits", Likelihood.GAUSSIAN);
                DataOperator gaussNewton = loss.gaussNewton("logits")) {
            assertClose(fisher, sandwich(jacobian, scaled));
            // The mean over elements of squares has the second derivative 2 / elements.
            assertClose(gaussNewton, fisher.times(2.0 / Nets.CLASSES).toDense());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mean", "total"})
    void theEmpiricalFisherIsTheMeanOfOuterProducts(String loss) {
        int n = function(loss).point().toDoubleVector().length;
        double[] expected = new double[n * n];
        for (int i = 0; i < Nets.EXAMPLES; i++) {
            double[] g = DataLoss.of(sd, loss, Nets.rows(data, i, i + 1)).gradient();
            for (int k = 0; k < n * n; k++) {
                expected[k] += g[k / n] * g[k % n] / Nets.EXAMPLES;
            }
        }
        for (int size : new int[] {Nets.EXAMPLES, 4}) {
            DataLoss cut = DataLoss.builder(sd, loss)
                    .minibatches(Nets.minibatches(data, size))
                    .build();
            try (DataOperator fisher = cut.empiricalFisher("logits")) {
                assertClose(fisher, expected);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SOFTMAX", "BERNOULLI", "GAUSSIAN"})
    void theSampledFisherApproachesTheExactOne(Likelihood likelihood) {
        DataLoss loss = DataLoss.of(sd, "mean", data);
        DataLoss cut = DataLoss.builder(sd, "mean")
                .minibatches(Nets.minibatches(data, 9))
                .build();
        try (DataOperator exact = loss.fisher("logits", likelihood);
                DataOperator few = loss.monteCarloFisher("logits", likelihood, 10, 3);
                DataOperator many = loss.monteCarloFisher("logits", likelihood, 4000, 3);
                DataOperator same = cut.monteCarloFisher("logits", likelihood, 10, 3)) {
            double error = distance(many.toDense(), exact.toDense());
            assertThat(error).isLessThan(0.05);
            assertThat(distance(few.toDense(), exact.toDense())).isGreaterThan(2 * error);
            assertClose(same, few.toDense());
        }
    }

    @Test
    void theJacobianHasItsAdjoint() {
        DataLoss loss = DataLoss.builder(sd, "mean")
                .minibatches(Nets.minibatches(data, 10))
                .build();
        try (LinearOperator jacobian = loss.jacobian("logits")) {
            assertClose(jacobian, jacobian());
            double[] adjoint = jacobian.adjoint().toDense();
            int m = jacobian.rows();
            int n = jacobian.columns();
            double[] transposed = new double[m * n];
            for (int k = 0; k < m * n; k++) {
                transposed[k] = adjoint[k % n * m + k / n];
            }
            assertArrays(transposed, jacobian());
        }
    }

    @Test
    void aBlockHasTheNamedParametersRowsAndColumns() {
        DataLoss all = DataLoss.of(sd, "mean", data);
        DataLoss some =
                DataLoss.builder(sd, "mean").data(data).parameters("b2", "W1").build();
        try (DataOperator whole = all.hessian();
                DataOperator block = some.hessian()) {
            assertThat(whole.blocks()).hasSize(4);
            assertClose(whole.restrictedTo("b2", "W1"), block.toDense());
            assertThatThrownBy(() -> whole.restrictedTo("W7"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected one of [W1, b1, W2, b2], got 'W7'");
        }
    }

    @Test
    void anotherPointHasAnotherHessian() {
        DataLoss loss = DataLoss.of(sd, "mean", data);
        double[] point = loss.point();
        point[0] += 1;
        DataLoss moved = loss.at(point);
        sd.getVariable("W1").getArr().putScalar(0, point[0]);
        try (DataOperator hessian = moved.hessian();
                DataOperator before = loss.hessian()) {
            assertClose(hessian, hessian("mean"));
            assertThat(distance(before.toDense(), hessian.toDense())).isGreaterThan(1e-3);
        }
    }

    @Test
    void float32LossesAreComputedInFloat32() {
        SameDiff single = SameDiff.create();
        var x = single.placeHolder("x", DataType.FLOAT, -1, 4);
        var w = single.var("w", Nd4j.createFromArray(0.5f, -1f, 2f, 0.25f).reshape(4, 1));
        single.math().tanh(x.mmul(w)).mean("loss");
        INDArray points = data.get("x").castTo(DataType.FLOAT);
        DataLoss loss = DataLoss.of(single, "loss", Map.of("x", points));
        try (DataOperator hessian = loss.hessian();
                Hessian dense = Hessian.of(TensorFunction.builder(single)
                        .output("loss")
                        .withRespectToParameters()
                        .feed("x", points)
                        .build())) {
            double[] expected =
                    dense.atPresent().castTo(DataType.DOUBLE).reshape(16).toDoubleVector();
            assertThat(distance(hessian.toDense(), expected)).isLessThan(1e-5);
        }
    }

    @Test
    void whatCannotBeMeantIsRefusedWithWords() {
        assertThatThrownBy(() -> DataLoss.builder(sd, "mean").build())
                .hasMessageContaining("data: expected arrays or minibatches, got none");
        assertThatThrownBy(() -> DataLoss.of(sd, "logits", data))
                .hasMessageContaining("loss 'logits': expected one number");
        assertThatThrownBy(() -> DataLoss.of(sd, "mean", Map.of("x", data.get("x"))))
                .hasMessageContaining("labels");
        assertThatThrownBy(() -> DataLoss.of(
                        sd,
                        "mean",
                        Map.of(
                                "x",
                                data.get("x"),
                                "labels",
                                Nets.rows(data, 0, 3).get("labels"))))
                .hasMessageContaining("examples in batch 0");
        DataLoss loss = DataLoss.of(sd, "mean", data);
        assertThatThrownBy(() -> loss.gaussNewton("W1"))
                .hasMessageContaining("expected a variable on the way to 'mean'");
        assertThatThrownBy(() -> loss.at(1, 2)).hasMessageContaining("expected 43 parameters, got 2");
        assertThatThrownBy(() -> loss.monteCarloFisher("logits", Likelihood.SOFTMAX, 0, 1))
                .hasMessageContaining("draws: expected at least 1, got 0");
    }

    @Test
    void aLossThatIsNeitherMeanNorSumNeedsAllDataAtOnce() {
        sd.math().square(sd.getVariable("total")).rename("odd");
        assertThatThrownBy(() -> DataLoss.builder(sd, "odd")
                        .minibatches(Nets.minibatches(data, 5))
                        .build())
                .hasMessageContaining("expected a mean or a sum over examples to add up minibatches, got neither");
        try (DataOperator hessian = DataLoss.of(sd, "odd", data).hessian()) {
            assertClose(hessian, hessian("odd"));
        }
    }

    @ParameterizedTest
    @CsvSource({"mean, SUM, 'mean, as'", "squares, SUM, 'mean, as'", "total, MEAN, 'sum, as'"})
    void aReductionThatTheExamplesContradictIsRefused(String name, Reduction stated, String words) {
        DataLossBuilder cut = DataLoss.builder(sd, name)
                .minibatches(Nets.minibatches(data, 5))
                .reduction(stated);
        assertThatThrownBy(cut::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("reduction: expected " + words);
    }

    @Test
    void randomOperationsAreRefused() {
        SameDiff random = SameDiff.create();
        var w = random.var("w", Nd4j.createFromArray(1.0, 2.0));
        w.mul(random.random().normal(0, 1, DataType.DOUBLE, 2)).sum("loss");
        assertThatThrownBy(() -> DataLoss.of(random, "loss", Map.of("x", Nd4j.ones(1))))
                .isInstanceOfAny(UnsupportedOpsException.class, IllegalArgumentException.class);
    }

    @Test
    void dataThatChangeBetweenPassesAreRefused() {
        int[] pass = {0};
        Iterable<Map<String, INDArray>> shrinking =
                () -> List.of(Nets.rows(data, 0, 8), Nets.rows(data, 8, pass[0]++ == 0 ? 16 : 15))
                        .iterator();
        DataLoss loss = DataLoss.builder(sd, "mean")
                .minibatches(shrinking)
                .reduction(Reduction.MEAN)
                .build();
        assertThatThrownBy(loss::value)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("expected the same batches each time, 2 of 16 examples together, got 2 of 15");
    }

    private TensorFunction function(String loss) {
        TensorFunction function = TensorFunction.builder(sd)
                .output(loss)
                .withRespectToParameters()
                .feed("x", data.get("x"))
                .feed("labels", data.get("labels"))
                .build();
        return function;
    }

    private double[] hessian(String loss) {
        try (Hessian hessian = Hessian.of(function(loss))) {
            INDArray matrix = hessian.atPresent();
            return matrix.reshape(matrix.length()).toDoubleVector();
        }
    }

    private double[] jacobian() {
        TensorFunction logits = function("logits");
        INDArray matrix = logits.jacobian().call(logits.point());
        return matrix.reshape(matrix.length()).toDoubleVector();
    }

    /** diag(p) - p p' of every example's logits. */
    private double[] softmaxCurvature(double weight) {
        INDArray logits = sd.output(data, "logits").get("logits");
        int m = Nets.EXAMPLES * Nets.CLASSES;
        double[] curvature = new double[m * m];
        for (int i = 0; i < Nets.EXAMPLES; i++) {
            INDArray p = Nd4j.nn.softmax(logits.getRow(i, true), 1);
            for (int a = 0; a < Nets.CLASSES; a++) {
                for (int b = 0; b < Nets.CLASSES; b++) {
                    double entry = (a == b ? p.getDouble(0, a) : 0) - p.getDouble(0, a) * p.getDouble(0, b);
                    curvature[(i * Nets.CLASSES + a) * m + i * Nets.CLASSES + b] = weight * entry;
                }
            }
        }
        return curvature;
    }

    private static double[] sandwich(double[] jacobian, double[] inner) {
        int m = Nets.EXAMPLES * Nets.CLASSES;
        MatrixOperator j = MatrixOperator.of(jacobian, m, jacobian.length / m);
        return j.adjoint().times(MatrixOperator.of(inner, m, m).times(j)).toDense();
    }

    private static void assertClose(LinearOperator operator, double[] expected) {
        assertArrays(operator.toDense(), expected);
    }

    private static void assertArrays(double[] actual, double[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        assertThat(distance(actual, expected)).isLessThan(EXACT);
    }

    /** Largest difference over the largest magnitude. */
    private static double distance(double[] actual, double[] expected) {
        double difference = 0;
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            difference = Math.max(difference, Math.abs(actual[i] - expected[i]));
            largest = Math.max(largest, Math.abs(expected[i]));
        }
        return difference / largest;
    }
}
