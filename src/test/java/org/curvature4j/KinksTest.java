package org.curvature4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.curvature4j.internal.host.ArrayRows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Which points lie on kinks, of which operations, and which functions are flat between them. */
class KinksTest {
    /** Smooth places; 0 in one element; equal elements; the origin. */
    private static final double[][] POINTS = {{0.5, -1.5, 2.5}, {0, -1.5, 2.25}, {0.75, 0.75, -1.25}, {0, 0, 0}};

    private interface Body extends BiFunction<SameDiff, SDVariable, SDVariable> {}

    private static TensorFunction function(Body body, DataType type) {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", type, 3);
        SDVariable y = body.apply(sd, x);
        return TensorFunction.of(sd, y.name(), "x");
    }

    private static Arguments of(String operation, long points, boolean flat, Body body) {
        return Arguments.of(operation, points, flat, body);
    }

    static Stream<Arguments> functions() {
        return Stream.of(
                of("relu", 2, true, (sd, x) -> sd.nn().relu(x, 0).sum()),
                of("abs", 2, true, (sd, x) -> sd.math().abs(x).sum()),
                of("abs", 2, false, (sd, x) -> sd.math().abs(x).sum().mul(x.sum())),
                of("leakyrelu", 2, true, (sd, x) -> sd.nn().leakyRelu(x, 0.1).sum()),
                of("maximum", 2, true, (sd, x) -> sd.math()
                        .max(x, sd.constant(Nd4j.createFromArray(0.0, 7.0, 7.0)))
                        .sum()),
                of("reduce_max", 2, true, (sd, x) -> x.max()),
                of("reduce_norm2", 1, false, (sd, x) -> x.norm2()),
                of("sqrt", 2, false, (sd, x) -> sd.math()
                        .sqrt(sd.math().square(x))
                        .sum()),
                of(
                        "floor",
                        2,
                        false,
                        (sd, x) -> sd.math().floor(x).mul(x).mul(x).sum()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("functions")
    void countsPointsByOperation(String operation, long points, boolean flat, Body body) {
        TensorFunction function = function(body, DataType.DOUBLE);
        try (Hessian hessian = Hessian.of(function);
                Kinks kinks = Kinks.of(function)) {
            KinkReport report = hessian.kinks(Nd4j.createFromArray(POINTS));

            assertThat(report.points()).isEqualTo(4);
            assertThat(report.onKinks()).isEqualTo(points);
            assertThat(report.flat()).isEqualTo(flat);
            assertThat(report.operations()).hasSize(1);
            KinkReport.Count count = report.operations().get(0);
            assertThat(count.operation()).isEqualTo(operation);
            assertThat(count.points()).isEqualTo(points);
            assertThat(report.words()).contains(operation + " -> " + count.variable() + ": " + points + " of 4");
            double[] flattened =
                    Stream.of(POINTS).flatMapToDouble(java.util.Arrays::stream).toArray();
            assertThat(kinks.count(ArrayRows.source(flattened, 3))).isEqualTo(report);
            assertThat(Kinks.inGeneral(function).flat()).isEqualTo(flat);
        }
    }

    static Stream<Body> smooth() {
        return Stream.of(
                (sd, x) -> sd.nn()
                        .softmax(x, 0)
                        .mul(sd.constant(Nd4j.createFromArray(1.0, 2.0, 3.0)))
                        .sum(),
                (sd, x) -> sd.math().tanh(x).sum(),
                (sd, x) -> sd.math().logSumExp(x),
                (sd, x) -> sd.nn().softplus(x).sum(),
                (sd, x) -> sd.nn().sigmoid(x).mul(x).sum(),
                (sd, x) -> sd.math().square(x).sum());
    }

    @ParameterizedTest
    @MethodSource("smooth")
    void smoothOperationsHaveNone(Body body) {
        try (Kinks kinks = Kinks.of(function(body, DataType.DOUBLE))) {
            assertThat(kinks.count(Nd4j.createFromArray(POINTS))).isEqualTo(new KinkReport(4, 0, List.of(), false));
        }
    }

    @Test
    void aKinkOfDataOnlyIsNone() {
        TensorFunction function = function(
                (sd, x) -> sd.math()
                        .square(x)
                        .mul(sd.nn().relu(sd.constant(Nd4j.createFromArray(0.0, 1.0, 2.0)), 0))
                        .sum(),
                DataType.DOUBLE);
        assertThat(Kinks.inGeneral(function).operations()).isEmpty();
    }

    @Test
    void aNetIsFlatByItsInputsAndNotByItsWeights() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, 1, 2);
        SDVariable w = sd.var("w", Nd4j.createFromArray(new double[][] {{1, -2, 3}, {-1, 0.5, 2}}));
        SDVariable v = sd.var("v", Nd4j.createFromArray(new double[][] {{1}, {2}, {-1}}));
        sd.nn().relu(x.mmul(w), 0).mmul(v).sum("y");
        KinkReport byInput = Kinks.inGeneral(TensorFunction.of(sd, "y", "x"));
        KinkReport byWeights = Kinks.inGeneral(TensorFunction.builder(sd)
                .output("y")
                .withRespectToParameters()
                .feed("x", Nd4j.createFromArray(new double[][] {{1, 2}}))
                .build());

        assertThat(byInput.flat()).isTrue();
        assertThat(byInput.words()).contains("flat because of the kinks of relu");
        assertThat(byWeights.flat()).isFalse();
        assertThat(byWeights.operations())
                .extracting(KinkReport.Count::operation)
                .containsExactly("relu");
    }

    @Test
    void aLinearFunctionSaysSo() {
        KinkReport report = Kinks.inGeneral(function((sd, x) -> x.mul(2).sum(), DataType.DOUBLE));
        assertThat(report.operations()).isEmpty();
        assertThat(report.words()).isEqualTo("none\nlinear: the Hessian is 0");
    }

    @Test
    void float32IsCountedToo() {
        try (Kinks kinks = Kinks.of(function((sd, x) -> sd.nn().relu(x, 0).sum(), DataType.FLOAT));
                INDArray points = Nd4j.createFromArray(POINTS).castTo(DataType.FLOAT)) {
            assertThat(kinks.count(points).onKinks()).isEqualTo(2);
        }
    }
}
