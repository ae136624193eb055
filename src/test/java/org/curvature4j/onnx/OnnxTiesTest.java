package org.curvature4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.curvature4j.TensorFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;

/** However many operands are equal extremes, each has the same part of the derivative. */
class OnnxTiesTest {

    @ParameterizedTest
    @CsvSource({"Max, 2", "Max, 3", "Max, 4", "Max, 5", "Min, 2", "Min, 3", "Min, 5"})
    void equalOnesShareEvenly(String operator, int count) {
        OnnxModels model = new OnnxModels(operator, 13);
        String[] names = new String[count];
        for (int i = 0; i < count; i++) {
            model.input(1);
            names[i] = "x" + i;
        }
        SameDiff graph = new OnnxGraph(model.build(), new OnnxData(null), Quantized.REFUSED).read();
        double[] point = new double[count];
        Arrays.fill(point, 0.7);
        double[] expected = new double[count];
        Arrays.fill(expected, 1.0 / count);
        double[] shares = OnnxRunner.numbers(
                TensorFunction.of(graph, "y", names).jacobian().call(Nd4j.createFromArray(point)));
        assertThat(shares).containsExactly(expected, within(1e-15));
    }
}
