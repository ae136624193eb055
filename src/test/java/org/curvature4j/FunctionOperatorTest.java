package org.curvature4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.curvature4j.operator.LinearOperator;
import org.curvature4j.operator.MatrixOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Operators of functions against the matrices that they stand for. */
class FunctionOperatorTest {
    private static final int N = 5;
    private static final int M = 3;

    /** Results tanh(x w) [3], and f, a sum of squares weighted by a fed array. */
    private static SameDiff graph(DataType type) {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", type, N);
        SDVariable weights = sd.placeHolder("weights", type, M);
        SDVariable w = sd.constant("w", matrix(N, M).castTo(type));
        SDVariable y = sd.math().tanh("y", x.reshape(1, N).mmul(w).reshape(M));
        sd.sum("f", sd.math().square(y).mul(weights).mul(sd.math().exp(y)));
        return sd;
    }

    private static INDArray matrix(int rows, int columns) {
        double[] numbers = new Random(4).doubles((long) rows * columns, -1, 1).toArray();
        return Nd4j.createFromArray(numbers).reshape(rows, columns);
    }

    private static TensorFunction function(DataType type, String output) {
        FunctionBuilder builder =
                TensorFunction.builder(graph(type)).output(output).withRespectTo("x");
        return output.equals("f")
                ? builder.feed("weights", Nd4j.createFromArray(1.0, 2.0, 0.5)).build()
                : builder.build();
    }

    private static INDArray point() {
        return matrix(1, N).reshape(N);
    }

    private static double[] numbers(INDArray array) {
        return array.dup('c').data().asDouble();
    }

    /** Products, in float32 rounded to 6e-8 of numbers of about 1. */
    private static void assertIs(LinearOperator operator, INDArray matrix, double tolerance) {
        double[] expected = numbers(matrix);
        assertThat(operator.rows()).isEqualTo(matrix.rows());
        assertThat(operator.columns()).isEqualTo(matrix.columns());
        assertThat(operator.toDense()).containsExactly(expected, within(tolerance));
        LinearOperator dense = MatrixOperator.of(expected, operator.rows(), operator.columns());
        double[] vector = new Random(6).doubles(operator.rows(), -1, 1).toArray();
        assertThat(operator.adjoint().apply(vector))
                .containsExactly(dense.adjoint().apply(vector), within(4 * tolerance));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DOUBLE", "FLOAT"})
    void areTheMatrices(String name) {
        DataType type = DataType.valueOf(name);
        double tolerance = type == DataType.FLOAT ? 1e-5 : 1e-13;
        INDArray point = point();
        TensorFunction f = function(type, "f");
        TensorFunction y = function(type, "y");
        INDArray jacobian = y.jacobian().values(point.reshape(1, N)).slice(0).castTo(DataType.DOUBLE);
        try (LinearOperator hessian = f.hessianOperator(point);
                LinearOperator slope = y.jacobianOperator(point);
                LinearOperator plain = y.gaussNewtonOperator(point.reshape(1, N))) {
            assertThat(hessian.isSymmetric()).isTrue();
            assertIs(hessian, f.hessian().values(point.reshape(1, N)).slice(0), tolerance);
            assertThat(slope.isSymmetric()).isFalse();
            assertIs(slope, jacobian, tolerance);
            assertThat(plain.isSymmetric()).isTrue();
            assertIs(plain, jacobian.transpose().mmul(jacobian), tolerance);
            assertThat(hessian).hasToString("Hessian of 'f' [5, 5]");
            assertThat(slope).hasToString("Jacobian of 'y' [3, 5]");
        }
    }

    @Test
    void takesALossOfTheResults() {
        TensorFunction y = function(DataType.DOUBLE, "y");
        SameDiff sd = SameDiff.create();
        SDVariable z = sd.placeHolder("z", DataType.DOUBLE, M);
        SDVariable target = sd.placeHolder("target", DataType.DOUBLE, M);
        sd.sum("loss", sd.math().exp(z.sub(target)));
        TensorFunction loss = TensorFunction.builder(sd)
                .output("loss")
                .withRespectTo("z")
                .feed("target", Nd4j.createFromArray(0.3, -0.2, 0.1))
                .build();
        INDArray point = point();
        INDArray results = y.call(point);
        INDArray jacobian = y.jacobian().call(point);
        INDArray curvature = loss.hessian().call(results);
        try (LinearOperator operator = y.gaussNewtonOperator(point, loss)) {
            assertIs(operator, jacobian.transpose().mmul(curvature).mmul(jacobian), 1e-13);
        }
        TensorFunction other = function(DataType.DOUBLE, "f");
        assertThatThrownBy(() -> y.gaussNewtonOperator(point, other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("loss: expected a function of the results of 'y'");
        assertThatThrownBy(() -> y.hessianOperator(point))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected one element to take a gradient of");
        assertThatThrownBy(() -> y.jacobianOperator(results))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("point: expected 5 numbers, got shape [3]");
    }
}
