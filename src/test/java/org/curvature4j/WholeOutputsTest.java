package org.curvature4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Functions whose results are booleans or whole numbers: their values in the points' type, their derivatives 0. */
class WholeOutputsTest {
    private static final INDArray POINTS = Nd4j.createFromArray(new double[][] {{0.5, -2, 3}, {-1, 0.25, 0}});

    private static SameDiff graph() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 3);
        sd.gt("boolean", x, 0);
        x.castTo("whole", DataType.INT32);
        sd.argmax("position", x, 1);
        return sd;
    }

    @ParameterizedTest
    @ValueSource(strings = {"boolean", "whole", "position"})
    void haveValuesAndZeroDerivatives(String output) {
        TensorFunction function = TensorFunction.of(graph(), output, "x");
        INDArray expected =
                switch (output) {
                    case "boolean" -> Nd4j.createFromArray(new double[][] {{1, 0, 1}, {0, 1, 0}});
                    case "whole" -> Nd4j.createFromArray(new double[][] {{0, -2, 3}, {-1, 0, 0}});
                    default -> Nd4j.createFromArray(new double[][] {{2}, {1}});
                };
        assertThat(function.values(POINTS)).isEqualTo(expected);
        assertThat(function.call(POINTS.getRow(0))).isEqualTo(expected.getRow(0));
        INDArray zeros = Nd4j.zeros(DataType.DOUBLE, 2, expected.size(1), 3);
        Stream.of(DerivativeMode.values()).forEach(mode -> {
            try (Jacobian jacobian = Jacobian.of(function, mode)) {
                assertThat(jacobian.batch(POINTS)).as("%s", mode).isEqualTo(zeros);
            }
        });
    }
}
