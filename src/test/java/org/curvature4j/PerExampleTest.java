package org.curvature4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Node;
import org.curvature4j.internal.engine.Form;
import org.curvature4j.internal.host.ArrayRows;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.internal.transform.Simplifier;
import org.curvature4j.stream.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Derivatives in parameters, one for each example, against those of the mean loss and of single examples. */
class PerExampleTest {
    private static final int EXAMPLES = 23;

    private static SameDiff net(DataType type, boolean sparse, int inputs, int width) {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", type, -1, inputs);
        SDVariable y = sparse ? sd.placeHolder("y", DataType.INT32, -1) : sd.placeHolder("y", type, -1, 3);
        SDVariable w = sd.var("w", numbers(1, type, inputs, width));
        SDVariable b = sd.var("b", numbers(2, type, 1, width));
        SDVariable v = sd.var("v", numbers(3, type, width, 3));
        SDVariable logits = sd.nn().tanh(x.mmul(w).add(b)).mmul("logits", v);
        if (sparse) {
            sd.loss().sparseSoftmaxCrossEntropy("each", logits, y).mean("loss");
        } else {
            sd.loss().softmaxCrossEntropy("loss", y, logits, null);
        }
        return sd;
    }

    private static INDArray numbers(int seed, DataType type, long... shape) {
        int length = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        return Nd4j.createFromArray(
                        new SplittableRandom(seed).doubles(length, -0.5, 0.5).toArray())
                .reshape(shape)
                .castTo(type);
    }

    private static INDArray labels(DataType type, boolean sparse) {
        int[] classes = new SplittableRandom(5).ints(EXAMPLES, 0, 3).toArray();
        if (sparse) {
            return Nd4j.createFromArray(classes);
        }
        INDArray rows = Nd4j.zeros(type, EXAMPLES, 3);
        for (int i = 0; i < EXAMPLES; i++) {
            rows.putScalar(i, classes[i], 1);
        }
        return rows;
    }

    private static TensorFunction perExample(SameDiff sd) {
        return TensorFunction.builder(sd)
                .output("loss")
                .withRespectToParameters()
                .perPoint("x", "y")
                .build();
    }

    private static TensorFunction mean(SameDiff sd, INDArray x, INDArray y) {
        return TensorFunction.builder(sd)
                .output("loss")
                .withRespectToParameters()
                .feed("x", x)
                .feed("y", y)
                .build();
    }

    @ParameterizedTest
    @CsvSource({"DOUBLE,false,4,3", "DOUBLE,true,4,3", "FLOAT,true,4,3", "DOUBLE,false,30,40"})
    void meansAreThoseOfTheMeanLoss(DataType type, boolean sparse, int inputs, int width) {
        SameDiff sd = net(type, sparse, inputs, width);
        INDArray x = numbers(4, type, EXAMPLES, inputs);
        INDArray y = labels(type, sparse);
        TensorFunction loss = perExample(sd);
        double tolerance = type == DataType.FLOAT ? 2e-6 : 1e-14;
        boolean hessians = width < 10;
        try (PreparedFunction gradient = loss.gradient().prepare();
                Hessian hessian = Hessian.of(loss);
                INDArray parameters = loss.point()) {
            INDArray gradients = gradient.perExample(parameters, x, y);
            assertThat(gradients.shape()).containsExactly(EXAMPLES, loss.inputSize());
            assertThat(bits(gradients.mean(0)))
                    .containsExactly(bits(mean(sd, x, y).gradient().call(parameters)), within(tolerance));
            INDArray alone = gradient.perExample(parameters, row(x, 3), row(y, 3));
            assertThat(bits(alone))
                    .containsExactly(
                            bits(mean(sd, row(x, 3), row(y, 3)).gradient().call(parameters)), within(tolerance));
            if (hessians) {
                INDArray matrices = hessian.perExample(parameters, x, y);
                assertThat(bits(matrices.permute(0, 2, 1))).isEqualTo(bits(matrices));
                assertThat(bits(matrices.mean(0)))
                        .containsExactly(bits(mean(sd, x, y).hessian().call(parameters)), within(tolerance));
            }
        }
    }

    private static INDArray row(INDArray array, int row) {
        return array.get(org.nd4j.linalg.indexing.NDArrayIndex.interval(row, row + 1))
                .dup();
    }

    private static double[] bits(INDArray array) {
        return HostArray.numbers("numbers", array);
    }

    @Test
    void aPointChangesFromCallToCall() {
        SameDiff sd = net(DataType.DOUBLE, false, 4, 3);
        INDArray x = numbers(4, DataType.DOUBLE, EXAMPLES, 4);
        INDArray y = labels(DataType.DOUBLE, false);
        TensorFunction loss = perExample(sd);
        try (PreparedFunction gradient = loss.gradient().prepare();
                INDArray parameters = loss.point()) {
            double[] first = bits(gradient.perExample(parameters, x, y));
            parameters.muli(2);
            double[] second = bits(gradient.perExample(parameters, x, y));
            assertThat(second).isNotEqualTo(first);
            double[] beside = bits(gradient.at(parameters, row(x, 7), row(y, 7)));
            int n = beside.length;
            assertThat(Arrays.copyOfRange(second, 7 * n, 8 * n)).containsExactly(beside, within(1e-15));
            parameters.divi(2);
            assertThat(bits(gradient.perExample(parameters, x, y))).isEqualTo(first);
            double[] streamed = new double[first.length];
            gradient.perExample(
                    parameters,
                    ArrayRows.sink(streamed, n),
                    Progress.NONE,
                    ArrayRows.source(bits(x), 4),
                    ArrayRows.source(bits(y), 3));
            assertThat(streamed).isEqualTo(first);
        }
    }

    /** Nothing on the way to a loss holds the parameters for each example. */
    @Test
    void parametersAreNotRepeated() {
        TensorFunction loss = perExample(net(DataType.DOUBLE, false, 30, 40));
        Graph rows = RowLayout.ofData(loss).rows(loss.graph());
        Graph tile = Form.of(Simplifier.simplify(rows)).batched().over(64);
        assertThat(tile.nodes().stream().map(Node::type).mapToLong(type -> type.size()))
                .allMatch(size -> size <= 64 * 40);
        Graph gradients = RowLayout.ofData(loss).rows(Derivatives.gradient(loss.graph()));
        Graph batch = Form.of(Simplifier.simplify(gradients)).batched().over(64);
        assertThat(batch.nodes().stream().map(Node::type).mapToLong(type -> type.size()))
                .allMatch(size -> size <= 64 * loss.inputSize());
    }

    @Test
    void anEmptyBatchGivesNothingAndWrongOnesAreRefused() {
        TensorFunction loss = perExample(net(DataType.DOUBLE, true, 4, 3));
        try (Hessian hessian = Hessian.of(loss);
                INDArray parameters = loss.point()) {
            long n = loss.inputSize();
            assertThat(hessian.perExample(
                                    parameters, Nd4j.create(DataType.DOUBLE, 0, 4), Nd4j.create(DataType.INT32, 0))
                            .shape())
                    .containsExactly(0, n, n);
            assertThatThrownBy(() -> hessian.perExample(parameters, Nd4j.ones(DataType.DOUBLE, 3, 4)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("data: expected one for each of [x, y], got 1");
            assertThatThrownBy(() -> hessian.perExample(
                            parameters, Nd4j.ones(DataType.DOUBLE, 3, 4), Nd4j.zeros(DataType.INT32, 2)))
                    .hasMessage("data 'y': expected 3 rows, as many as data 'x' has, got 2");
            assertThatThrownBy(() -> hessian.perExample(
                            Nd4j.ones(DataType.DOUBLE, 3),
                            Nd4j.ones(DataType.DOUBLE, 2, 4),
                            Nd4j.zeros(DataType.INT32, 2)))
                    .hasMessage("point: expected " + n + " numbers, got shape [3]");
        }
        TensorFunction plain =
                mean(net(DataType.DOUBLE, true, 4, 3), Nd4j.ones(DataType.DOUBLE, 1, 4), Nd4j.zeros(DataType.INT32, 1));
        try (PreparedFunction gradient = plain.gradient().prepare()) {
            assertThatThrownBy(() -> gradient.perExample(Nd4j.ones(DataType.DOUBLE, plain.inputSize())))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected data that make up an example, got none (name them with perPoint)");
        }
    }
}
