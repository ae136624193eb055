package org.curvature4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The reference files are whole, and hold what the lesson prints and what can be worked out by hand. */
class ReferencesTest {
    @ParameterizedTest
    @CsvSource({
        "tanh_points, 64x2",
        "tanh_jacobian, 64x2x2",
        "net221_theta, 256x11",
        "net221_gradient, 256x11",
        "net221_hessian, 256x11x11",
        "net221_eigenvalues, 256x11",
        "saddle_points, 1681x2",
        "saddle_hessian, 1681x2x2",
        "saddle_eigenvalues, 1681x2",
        "mlp_W1, 4x6",
        "mlp_b1, 6",
        "mlp_W2, 6x5",
        "mlp_b2, 5",
        "mlp_W3, 5x1",
        "mlp_b3, 1",
        "mlp_points, 128x4",
        "mlp_input_hessian, 128x4x4",
        "mlp_features, 64x4",
        "mlp_labels, 64x1",
        "mlp_param_hessian, 71x71",
        "mlp_param_eigenvalues, 71"
    })
    void shapes(String name, String shape) {
        INDArray array = References.array(name);

        assertThat(array.dataType()).isEqualTo(DataType.DOUBLE);
        assertThat(String.join(
                        "x",
                        Arrays.stream(array.shape()).mapToObj(Long::toString).toList()))
                .isEqualTo(shape);
        assertThat(array.isNaN().any()).isFalse();
    }

    @Test
    void theLessonsPrintedJacobians() {
        INDArray points = References.array("tanh_points");
        INDArray jacobians = References.array("tanh_jacobian").reshape(256);
        double[] printed = {
            0.0426228, -0.02983596, 0.30278515, 0.68126658, 0.71157776, -0.49810443, 0.05802802, 0.13056305
        };

        assertThat(points.getDouble(0, 0)).isEqualTo(1.2);
        assertThat(points.getDouble(1, 1)).isEqualTo(2.0);
        for (int i = 0; i < printed.length; i++) {
            assertThat(jacobians.getDouble(i)).isCloseTo(printed[i], within(5e-9));
        }
    }

    @Test
    void theMonkeySaddlesHessians() {
        INDArray points = References.array("saddle_points");
        INDArray hessians = References.array("saddle_hessian");
        for (int i = 0; i < points.size(0); i++) {
            double x = points.getDouble(i, 0);
            double y = points.getDouble(i, 1);
            assertThat(hessians.getDouble(i, 0, 0)).isCloseTo(6 * x, within(1e-14));
            assertThat(hessians.getDouble(i, 0, 1)).isCloseTo(-6 * y, within(1e-14));
            assertThat(hessians.getDouble(i, 1, 0)).isCloseTo(-6 * y, within(1e-14));
            assertThat(hessians.getDouble(i, 1, 1)).isCloseTo(-6 * x, within(1e-14));
        }
    }

    @Test
    void unknownNames() {
        assertThatThrownBy(() -> References.array("none")).hasMessageContaining("there is no none.npy");
    }
}
