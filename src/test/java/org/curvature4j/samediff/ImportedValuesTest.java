package org.curvature4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.curvature4j.graph.Graph;
import org.curvature4j.internal.transform.Vjp;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.loss.LossReduce;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.custom.DivideNoNan;
import org.nd4j.linalg.api.ops.custom.Roll;
import org.nd4j.linalg.api.ops.impl.reduce.TensorMmul;
import org.nd4j.linalg.api.ops.impl.reduce.custom.LogSumExp;
import org.nd4j.linalg.api.ops.impl.shape.Reshape;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Mish;
import org.nd4j.linalg.factory.Nd4j;

/** Values and first derivatives against closed forms where ND4J's own are wrong, missing, or abort the JVM. */
class ImportedValuesTest {
    private static final double NAN = Double.NaN;
    private static final double INF = Double.POSITIVE_INFINITY;

    /** What an operation of one variable must give; the derivative is that of the sum of its elements. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Row(String name, Function<Sample, SDVariable> build, double[] value, double[] gradient) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Row row(String name, Function<Sample, SDVariable> build, double[] value, double... gradient) {
        return new Row(name, build, value, gradient);
    }

    private static double[] v(double... elements) {
        return elements;
    }

    /** What makes the graphs of this table. */
    static Stream<Function<Sample, SDVariable>> graphs() {
        return Stream.of(functions(), kinks(), sums(), shapes(), losses())
                .flatMap(rows -> rows)
                .map(Row::build);
    }

    @ParameterizedTest
    @MethodSource({"functions", "kinks", "sums", "shapes", "losses"})
    void givesTheClosedForm(Row row) {
        Sample sample = new Sample();
        SDVariable output = row.build().apply(sample);
        Graph graph = sample.graph(List.of(output.name()));
        List<INDArray> arguments = new ArrayList<>(sample.values.values());
        assertClose(ImportChecks.run(graph, arguments).get(0), row.value());
        if (row.gradient().length > 0) {
            arguments.add(
                    Nd4j.ones(DataType.DOUBLE, graph.outputs().get(0).shape().toArray()));
            assertClose(ImportChecks.run(Vjp.of(graph, List.of(0)), arguments).get(0), row.gradient());
        }
    }

    private static void assertClose(INDArray actual, double... expected) {
        double[] got = ImportChecks.elements(actual);
        assertThat(got).hasSameSizeAs(expected);
        for (int i = 0; i < got.length; i++) {
            if (Double.isFinite(expected[i])) {
                assertThat(got[i])
                        .as(Arrays.toString(got))
                        .isCloseTo(expected[i], within(4e-15 * Math.abs(expected[i])));
            } else {
                assertThat((Double) got[i]).as(Arrays.toString(got)).isEqualTo((Double) expected[i]);
            }
        }
    }

    static Stream<Row> functions() {
        double tiny = 1e-12;
        return Stream.of(
                row("log1p", s -> s.sd.math.log1p(s.of(tiny)), v(Math.log1p(tiny)), 1 / (1 + tiny)),
                row("expm1", s -> s.sd.math.expm1(s.of(tiny)), v(Math.expm1(tiny)), Math.exp(tiny)),
                row("tanh", s -> s.sd.math.tanh(s.of(tiny)), v(tiny), 1),
                row("asinh", s -> s.sd.math.asinh(s.of(tiny, -1e8)), v(tiny, -19.113827924512310), 1, 1e-8),
                row("softplus", s -> s.sd.nn.softplus(s.of(800, -40)), v(800, Math.exp(-40)), 1, Math.exp(-40)),
                row("logSigmoid", s -> s.sd.nn.logSigmoid(s.of(-800, 800)), v(-800, 0), 1, 0),
                row("sigmoid", s -> s.sd.nn.sigmoid(s.of(-800, 800)), v(0, 1), 0, 0),
                row("gelu", s -> s.sd.nn.gelu(s.of(1)), v(1 / (1 + Math.exp(-1.702)))),
                row(
                        "preciseGelu",
                        s -> s.sd.nn.preciseGelu(s.of(1)),
                        v(0.5 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * 1.044715)))),
                row("hardSigmoid", s -> s.sd.nn.hardSigmoid(s.of(1, -3, 3)), v(0.7, 0, 1), 0.2, 0, 0),
                row("logSoftmax", s -> s.sd.nn.logSoftmax(s.of(1000, 0)), v(0, -1000), -1, 1),
                row("softmax", s -> s.sd.nn.softmax(s.of(1000, 0)), v(1, 0), 0, 0),
                row("mish", s -> new Mish(s.sd, s.of(800, -800), false).outputVariable(), v(800, 0), 1, 0),
                row("swish", s -> s.sd.nn.swish(s.of(800, -800)), v(800, 0), 1, 0),
                row("elu", s -> s.sd.nn.elu(s.of(1000, -1000)), v(1000, -1), 1, 0),
                row("sign", s -> s.sd.math.sign(s.of(NAN, -0.5, 0)), v(NAN, -1, 0), 0, 0, 0),
                row("x^0", s -> s.of(0, NAN).pow(0), v(1, 1), 0, 0),
                row("mod", s -> s.sd.math.mod(s.of(5, -5), s.scalar(3)), v(2, 1), 1, 1));
    }

    static Stream<Row> kinks() {
        return Stream.of(
                row("relu", s -> s.sd.nn.relu(s.of(0, -1, 2, NAN), 0), v(0, 0, 2, NAN), 0, 0, 1, 1),
                row("relu6", s -> s.sd.nn.relu6(s.of(0, 6, 3), 0), v(0, 6, 3), 0, 0, 1),
                row("leakyRelu", s -> s.sd.nn.leakyRelu(s.of(0, -1, 2), 0.1), v(0, -0.1, 2), 0.1, 0.1, 1),
                row("abs", s -> s.sd.math.abs(s.of(0, -2)), v(0, 2), 0, -1),
                row(
                        "clipByValue",
                        s -> s.sd.math.clipByValue(s.of(-2, -1, 0, 1, NAN), -1, 1),
                        v(-1, -1, 0, 1, NAN),
                        0,
                        1,
                        1,
                        1,
                        1),
                row("max of equals", s -> s.sd.scalarMax(s.of(1, 2), 1), v(1, 2), 0.5, 1),
                row("max of NaN", s -> s.sd.scalarMax(s.of(NAN), 1), v(NAN)),
                row("reduced max", s -> s.sd.max(s.of(3, 1, 3)), v(3), 0.5, 0, 0.5),
                row("reduced max of NaN", s -> s.sd.max(s.of(3, NAN)), v(NAN)),
                row("reduced min", s -> s.sd.min(s.of(3, 1, 1)), v(1), 0, 0.5, 0.5),
                row("hardTanh", s -> s.sd.nn.hardTanh(s.of(-2, 0, 2)), v(-1, 0, 1), 0, 1, 0),
                row("softsign", s -> s.sd.nn.softsign(s.of(0, 1)), v(0, 0.5), 1, 0.25));
    }

    static Stream<Row> sums() {
        return Stream.of(
                row("norm2 at 0", s -> s.sd.norm2(s.of(0, 0)), v(0), 0, 0),
                row("norm2", s -> s.sd.norm2(s.of(3, 4)), v(5), 0.6, 0.8),
                row("std of equals", s -> s.sd.standardDeviation(s.of(2, 2, 2), true), v(0), 0, 0, 0),
                row("euclideanDistance at 0", s -> s.sd.math.euclideanDistance(s.of(1, 2), s.of(1, 2)), v(0), 0, 0),
                row("prod with a zero", s -> s.sd.prod(s.of(2, 0, 3)), v(0), 0, 6, 0),
                row("prod with two zeros", s -> s.sd.prod(s.of(0, 0, 3)), v(0), 0, 0, 0),
                row("cumprod with a zero", s -> s.sd.cumprod(s.of(2, 0, 3), 0), v(2, 0, 0), 1, 8, 0),
                row("cumsum", s -> s.sd.cumsum(s.of(1, 2, 3), 0), v(1, 3, 6), 3, 2, 1),
                row("entropy at 0", s -> s.sd.math.entropy(s.of(0, 1)), v(0), INF, -1),
                row("logSumExp", s -> s.sd.math.logSumExp(s.of(1000, 1000)), v(1000 + Math.log(2)), 0.5, 0.5),
                row("logSumExp of nothing", s -> s.sd.math.logSumExp(s.of(-INF, -INF)), v(-INF)),
                row("logSumExp of infinity", s -> s.sd.math.logSumExp(s.of(INF, 0)), v(INF)),
                row(
                        "logSumExp kept",
                        s -> new LogSumExp(s.sd, s.of(0, 0), true, new int[] {0}).outputVariable(),
                        v(Math.log(2)),
                        0.5,
                        0.5),
                row("amax", s -> s.sd.math.reduceAMax(s.of(-3, 2)), v(3), -1, 0),
                row(
                        "standardize a constant",
                        s -> s.sd.math.standardize(s.given(Nd4j.ones(DataType.DOUBLE, 1, 3)), 1),
                        v(0, 0, 0),
                        Double.NaN,
                        Double.NaN,
                        Double.NaN),
                row(
                        "scatterAdd to one row",
                        s -> s.sd.scatterAdd(
                                s.given(Nd4j.zeros(DataType.DOUBLE, 2, 1)),
                                s.ints(1, 1, 1),
                                s.sd.constant(Nd4j.createFromArray(new double[][] {{1}, {2}, {3}}))),
                        v(0, 6),
                        1,
                        1),
                row("scatterUpdate", ImportedValuesTest::overwrite, v(1, 3), 1, 0),
                row(
                        "divide_no_nan",
                        s -> new DivideNoNan(s.sd, s.of(1, 6), s.of(0, 2)).outputVariable(),
                        v(0, 3),
                        0,
                        0.5),
                row(
                        "scatterMul to one row",
                        s -> s.sd.scatterMul(
                                s.given(Nd4j.ones(DataType.DOUBLE, 2, 1)),
                                s.ints(1, 1),
                                s.sd.constant(Nd4j.createFromArray(new double[][] {{2}, {3}}))),
                        v(1, 6),
                        1,
                        6));
    }

    static Stream<Row> shapes() {
        double[] counting = {1, 2, 3, 4, 5, 6, 7, 8};
        return Stream.of(
                row(
                        "negative stride",
                        s -> s.sd.stridedSlice(s.of(1, 2, 3, 4), new long[] {-1}, new long[] {-4}, -1),
                        v(4, 3, 2),
                        0,
                        1,
                        1,
                        1),
                row(
                        "negative stride to the start",
                        s -> s.sd.stridedSlice(
                                s.of(1, 2, 3, 4), new long[] {3}, new long[] {0}, new long[] {-2}, 0, 1, 0, 0, 0),
                        v(4, 2)),
                row(
                        "ellipsis",
                        s -> s.sd.stridedSlice(
                                s.of(counting).reshape(2, 2, 2),
                                new long[] {0, 1},
                                new long[] {0, 2},
                                new long[] {1, 1},
                                0,
                                0,
                                1,
                                0,
                                0),
                        v(2, 4, 6, 8)),
                row(
                        "roll back",
                        s -> new Roll(s.sd, s.of(1, 2, 3, 4, 5, 6).reshape(2, 3), s.ints(-1), s.ints(-1))
                                .outputVariable(),
                        v(2, 3, 1, 5, 6, 4)),
                row(
                        "roll by more than the size",
                        s -> new Roll(s.sd, s.of(1, 2, 3, 4, 5, 6).reshape(2, 3), s.ints(5, 3), s.ints(1, 0))
                                .outputVariable(),
                        v(5, 6, 4, 2, 3, 1)),
                row("tensorMmul over two axes", ImportedValuesTest::overTwoAxes, v(5, 13), 1, 0, 0, 1, 1, 0, 0, 1),
                row("batchMmul", ImportedValuesTest::secondOfBatch, v(53), 0, 0),
                row(
                        "matrices times one",
                        s -> s.sd.mmul(
                                s.of(counting).reshape(2, 2, 2), s.of(1, 1).reshape(2, 1)),
                        v(3, 7, 11, 15),
                        1,
                        1,
                        1,
                        1,
                        1,
                        1,
                        1,
                        1),
                row(
                        "upsampling by one factor",
                        s -> s.sd.cnn.upsampling2d(s.of(1, 2).reshape(1, 1, 1, 2), 2),
                        v(1, 1, 2, 2, 1, 1, 2, 2),
                        4,
                        4),
                row("dropout", s -> s.sd.nn.dropout(s.of(1, 2), 0.5), v(1, 2), 1, 1),
                row("dropoutInverted", s -> s.sd.nn.dropoutInverted(s.of(1, 2), 0.5), v(1, 2), 1, 1),
                row("column-major reshape", ImportedValuesTest::columnMajor, v(1, 5, 4, 3, 2, 6)));
    }

    /** The last of two rows stays. */
    private static SDVariable overwrite(Sample s) {
        SDVariable rows = s.sd.constant(Nd4j.createFromArray(new double[][] {{2}, {3}}));
        return s.sd.scatterUpdate(s.given(Nd4j.ones(DataType.DOUBLE, 2, 1)), s.ints(1, 1), rows);
    }

    private static SDVariable overTwoAxes(Sample s) {
        SDVariable x = s.of(1, 2, 3, 4, 5, 6, 7, 8).reshape(2, 2, 2);
        SDVariable y = s.of(1, 0, 0, 1).reshape(2, 2);
        return new TensorMmul(s.sd, x, y, new int[][] {{1, 2}, {0, 1}}).outputVariable();
    }

    private static SDVariable secondOfBatch(Sample s) {
        SDVariable[] left = {matrix(s, 1, 2), matrix(s, 3, 4)};
        SDVariable[] right = {matrix(s, 5, 6), matrix(s, 7, 8)};
        return s.sd.batchMmul(left, right, false, true)[1];
    }

    private static SDVariable matrix(Sample s, double... row) {
        return s.given(Nd4j.createFromArray(new double[][] {row}));
    }

    /** No method of SameDiff's makes one, but files have them. */
    private static SDVariable columnMajor(Sample s) {
        Reshape reshape = new Reshape(s.sd, s.of(1, 2, 3, 4, 5, 6).reshape(2, 3), new long[] {3, 2}) {
            @Override
            public long[] iArgs() {
                return new long[] {-102, 3, 2};
            }
        };
        return reshape.outputVariable();
    }

    static Stream<Row> losses() {
        double log3 = Math.log(3);
        return Stream.of(
                row(
                        "softmaxCrossEntropy",
                        s -> s.sd.loss.softmaxCrossEntropy(
                                s.sd.constant(Nd4j.createFromArray(new double[][] {{0, 1}})),
                                s.of(1000, 0).reshape(1, 2),
                                null,
                                LossReduce.SUM,
                                0),
                        v(1000),
                        1,
                        -1),
                row(
                        "sigmoidCrossEntropy",
                        s -> s.sd.loss.sigmoidCrossEntropy(
                                s.sd.constant(Nd4j.createFromArray(0.0, 1.0)), s.of(800, 800), null, LossReduce.SUM, 0),
                        v(800),
                        1,
                        0),
                row(
                        "sparseSoftmaxCrossEntropy",
                        s -> s.sd.loss.sparseSoftmaxCrossEntropy(s.of(0, 0, 0).reshape(1, 3), s.ints(2)),
                        v(log3),
                        1.0 / 3,
                        1.0 / 3,
                        -2.0 / 3),
                row(
                        "logPoisson full of 0",
                        s -> s.sd.loss.logPoisson(
                                s.sd.constant(Nd4j.createFromArray(0.0)), s.of(1), null, LossReduce.SUM, true),
                        v(Math.E),
                        Math.E),
                row(
                        "absoluteDifference at 0",
                        s -> s.sd.loss.absoluteDifference(
                                s.sd.constant(Nd4j.createFromArray(1.0)), s.of(1), null, LossReduce.SUM),
                        v(0),
                        0),
                row(
                        "hingeLoss at the kink",
                        s -> s.sd.loss.hingeLoss(
                                s.sd.constant(Nd4j.createFromArray(1.0)), s.of(1), null, LossReduce.SUM),
                        v(0),
                        0),
                row("three times a loss", s -> s.sd.loss.l2Loss(s.of(1, 2)).mul(3), v(7.5), 3, 6));
    }
}
