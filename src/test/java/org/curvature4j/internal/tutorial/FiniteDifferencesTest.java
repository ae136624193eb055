package org.curvature4j.internal.tutorial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.curvature4j.References;
import org.curvature4j.TensorFunction;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class FiniteDifferencesTest {
    private static final double[][] POINTS = {{0.5, -1.5}, {2, 0.25}, {0, 0}};

    /** (x, y) to (x^4 + y, x y^3, 7): what the formula differentiates without error but for rounding. */
    private static TensorFunction polynomial() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, 1);
        SDVariable y = sd.placeHolder("y", DataType.DOUBLE, 1);
        SDVariable first = x.mul(x).mul(x).mul(x).add(y);
        SDVariable second = x.mul(y).mul(y).mul(y);
        sd.concat("f", 0, first, second, x.sub(x).add(7));
        return TensorFunction.of(sd, "f", "x", "y");
    }

    @Test
    void jacobiansHaveResultsInRowsAndCoordinatesInColumns() {
        INDArray jacobians = FiniteDifferences.jacobian(polynomial(), Nd4j.createFromArray(POINTS));

        assertThat(jacobians.shape()).containsExactly(3, 3, 2);
        for (int i = 0; i < POINTS.length; i++) {
            double x = POINTS[i][0];
            double y = POINTS[i][1];
            double[] expected = {4 * x * x * x, 1, y * y * y, 3 * x * y * y, 0, 0};
            assertThat(jacobians.slice(i).dup().reshape(6).toDoubleVector()).containsExactly(expected, within(1e-11));
        }
    }

    @Test
    void hessiansAreThoseOfEachPoint() {
        ModelGraph saddle = Functions.monkeySaddle();
        TensorFunction function = TensorFunction.of(saddle.sd(), saddle.output(), saddle.input());
        INDArray hessians = FiniteDifferences.hessian(function, Nd4j.createFromArray(POINTS));

        assertThat(hessians.shape()).containsExactly(3, 2, 2);
        for (int i = 0; i < POINTS.length; i++) {
            double x = 6 * POINTS[i][0];
            double y = 6 * POINTS[i][1];
            assertThat(hessians.slice(i).dup().reshape(4).toDoubleVector())
                    .containsExactly(new double[] {x, -y, -y, -x}, within(2e-9));
        }
    }

    @Test
    void theyHaveTheAccuracyThatTheirDescriptionStates() {
        ModelGraph layer = Nets.tanhLayer();
        TensorFunction function = TensorFunction.of(layer.sd(), layer.output(), layer.input());
        INDArray points = References.array("tanh_points");
        double[] expected = References.array("tanh_jacobian").reshape(256).toDoubleVector();

        assertThat(FiniteDifferences.jacobian(function, points).reshape(256).toDoubleVector())
                .containsExactly(expected, within(3e-12));
    }

    @Test
    void theStepGrowsWithTheCoordinate() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 1);
        x.mul(x).sum("f", true, 1);
        TensorFunction square = TensorFunction.of(sd, "f", "x");
        INDArray far = Nd4j.createFromArray(new double[][] {{3e8}, {-2e-8}});

        double[] slopes = FiniteDifferences.jacobian(square, far).reshape(2).toDoubleVector();
        double[] bends = FiniteDifferences.hessian(square, far).reshape(2).toDoubleVector();

        assertThat(slopes[0]).isCloseTo(6e8, within(6e-3));
        assertThat(slopes[1]).isCloseTo(-4e-8, within(1e-15));
        assertThat(bends).containsExactly(new double[] {2, 2}, within(1e-8));
    }
}
