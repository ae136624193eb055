package org.curvature4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Every way to a Hessian or a Jacobian gives the same bits at the same cost. */
class OneHessianTest {

    private static TensorFunction net(int width) {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, width);
        SDVariable w = sd.var("w", Nd4j.rand(DataType.DOUBLE, width, 9).subi(0.5));
        SDVariable v = sd.var("v", Nd4j.rand(DataType.DOUBLE, 9, 1).subi(0.5));
        sd.nn().tanh(sd.nn().tanh(x.mmul(w)).mmul(v)).sum("f", true, 1);
        return TensorFunction.of(sd, "f", "x");
    }

    /** Small enough for fused code, and not. */
    @ParameterizedTest
    @ValueSource(ints = {4, 12, 40})
    void isTheSameFromEverywhere(int width) {
        TensorFunction function = net(width);
        INDArray points = Nd4j.rand(DataType.DOUBLE, 5, width);
        try (Hessian hessian = Hessian.of(function)) {
            INDArray expected = hessian.batch(points);
            assertThat(bits(expected.permute(0, 2, 1))).isEqualTo(bits(expected));
            List<Function<TensorFunction, PreparedFunction>> ways = List.of(
                    f -> f.hessian().prepare(), f -> f.gradient().jacobian().prepare(), f -> Jacobian.of(f.gradient()));
            for (Function<TensorFunction, PreparedFunction> way : ways) {
                try (PreparedFunction prepared = way.apply(function)) {
                    assertSame(prepared, hessian, points);
                }
            }
            assertThat(bits(function.hessian().values(points))).isEqualTo(bits(expected));
            assertThat(bits(function.hessian().call(points.getRow(1)))).isEqualTo(bits(expected.slice(1)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 40})
    void isTheSameJacobian(int width) {
        TensorFunction function = net(width);
        INDArray points = Nd4j.rand(DataType.DOUBLE, 5, width);
        try (Jacobian jacobian = Jacobian.of(function);
                PreparedFunction prepared = function.jacobian().prepare();
                PreparedFunction gradient = function.gradient().prepare()) {
            assertThat(jacobian.batch(points).shape()).containsExactly(5, 1, width);
            assertSame(prepared, jacobian, points);
            assertThat(bits(gradient.batch(points))).isEqualTo(bits(jacobian.batch(points)));
            assertThat(gradient.describe()).isEqualTo(jacobian.describe());
        }
    }

    private static void assertSame(PreparedFunction prepared, PreparedFunction expected, INDArray points) {
        assertThat(prepared.describe()).isEqualTo(expected.describe());
        assertThat(prepared.toString()).isEqualTo(expected.toString());
        INDArray results = expected.batch(points);
        assertThat(prepared.batch(points).shape()).isEqualTo(results.shape());
        assertThat(bits(prepared.batch(points))).isEqualTo(bits(results));
        for (int i = 0; i < points.size(0); i++) {
            INDArray point = points.getRow(i);
            double[] numbers = bits(results.slice(i));
            assertThat(bits(expected.at(point))).isEqualTo(numbers);
            assertThat(bits(prepared.at(point))).isEqualTo(numbers);
            assertThat(prepared.at(point.toDoubleVector())).isEqualTo(numbers);
        }
    }

    private static double[] bits(INDArray array) {
        return array.dup('c').data().asDouble();
    }
}
