package org.curvature4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Every way to a Hessian gives the same bits at the same cost. */
class OneHessianTest {

    /** Small enough for fused code, and not. */
    @ParameterizedTest
    @ValueSource(ints = {4, 12, 40})
    void isTheSameFromEverywhere(int width) {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, width);
        SDVariable w = sd.var("w", Nd4j.rand(DataType.DOUBLE, width, 9).subi(0.5));
        SDVariable v = sd.var("v", Nd4j.rand(DataType.DOUBLE, 9, 1).subi(0.5));
        sd.nn().tanh(sd.nn().tanh(x.mmul(w)).mmul(v)).sum("f", true, 1);
        TensorFunction function = TensorFunction.of(sd, "f", "x");
        INDArray points = Nd4j.rand(DataType.DOUBLE, 5, width);
        try (Hessian hessian = Hessian.of(function);
                Evaluator evaluator = function.hessian().prepare()) {
            INDArray expected = hessian.batch(points);
            assertThat(bits(expected.permute(0, 2, 1))).isEqualTo(bits(expected));
            assertThat(bits(evaluator.batch(points))).isEqualTo(bits(expected));
            assertThat(bits(function.hessian().values(points))).isEqualTo(bits(expected));
            assertThat(evaluator.describe()).isEqualTo(hessian.describe());
            for (int i = 0; i < 5; i++) {
                INDArray point = points.getRow(i);
                double[] matrix = bits(expected.slice(i));
                assertThat(bits(hessian.at(point))).isEqualTo(matrix);
                assertThat(bits(evaluator.at(point))).isEqualTo(matrix);
                assertThat(bits(evaluator.call(point))).isEqualTo(matrix);
                assertThat(bits(function.hessian().call(point))).isEqualTo(matrix);
            }
        }
    }

    private static double[] bits(INDArray array) {
        return array.dup('c').data().asDouble();
    }
}
