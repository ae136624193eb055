package org.curvature4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import org.curvature4j.Hessian;
import org.curvature4j.Jacobian;
import org.curvature4j.TensorFunction;
import org.curvature4j.io.Npy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Models that PyTorch's two exporters wrote, against what PyTorch computed in float64 from the same weights. */
class OnnxReferenceTest {

    private static Path file(String name) {
        try {
            return Path.of(Objects.requireNonNull(OnnxReferenceTest.class.getResource("/onnx/" + name), name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static INDArray array(String name) {
        return Npy.read(file(name + ".npy"));
    }

    private static void assertClose(INDArray actual, INDArray expected, double tolerance) {
        double scale = expected.amaxNumber().doubleValue();
        double error = actual.sub(expected.reshape(actual.shape())).amaxNumber().doubleValue();
        assertThat(error).isLessThanOrEqualTo(tolerance * scale);
    }

    /** The TorchScript exporter writes GELU out with a square root of two in float32, which is 2e-8 off. */
    @ParameterizedTest
    @CsvSource({
        "mlp_tanh, 1e-12",
        "mlp_softplus, 1e-12",
        "mlp_relu_softmax, 1e-12",
        "layernorm_gelu, 1e-7",
        "conv_tanh, 1e-12"
    })
    void valuesJacobiansAndHessiansAreThoseOfPyTorch(String model, double tolerance) {
        SameDiff graph = OnnxFile.load(file(model + ".ts13.onnx"));
        INDArray points = array(model + ".points");
        TensorFunction function = TensorFunction.of(graph, "y", "x");
        assertClose(function.values(points), array(model + ".output"), tolerance);
        TensorFunction first = TensorFunction.builder(graph)
                .output("y")
                .withRespectTo("x")
                .component(0)
                .build();
        try (Jacobian jacobian = Jacobian.of(function);
                Hessian hessian = Hessian.of(first)) {
            assertClose(jacobian.batch(points), array(model + ".jacobian"), tolerance);
            assertClose(hessian.batch(points), array(model + ".hessian0"), tolerance);
        }
    }

    /** This exporter fixes the batch at the two examples that it was shown: they are one point of twice the size. */
    @ParameterizedTest
    @ValueSource(strings = {"mlp_tanh", "mlp_softplus", "mlp_relu_softmax", "layernorm_gelu", "conv_tanh"})
    void modelsOfTheNewerExporterGiveTheSame(String model) {
        SameDiff graph = OnnxFile.load(file(model + ".dynamo.onnx"));
        INDArray points = array(model + ".points");
        INDArray expected = array(model + ".jacobian");
        long n = expected.size(2);
        long m = expected.size(1);
        INDArray pair = points.get(NDArrayIndex.interval(0, 2)).dup().reshape(1, 2 * n);
        TensorFunction function = TensorFunction.of(graph, "y", "x");
        assertClose(
                function.values(pair).reshape(2, m),
                array(model + ".output").get(NDArrayIndex.interval(0, 2)).dup(),
                1e-12);
        try (Jacobian jacobian = Jacobian.of(function)) {
            INDArray both = jacobian.at(pair);
            for (int example = 0; example < 2; example++) {
                INDArray block = both.get(
                                NDArrayIndex.interval(example * m, (example + 1) * m),
                                NDArrayIndex.interval(example * n, (example + 1) * n))
                        .dup();
                assertClose(block, expected.get(NDArrayIndex.point(example)).dup(), 1e-12);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mlp_tanh", "layernorm_gelu"})
    void weightsAreParametersToDifferentiateBy(String model) {
        SameDiff graph = OnnxFile.load(file(model + ".ts13.onnx"));
        TensorFunction function = TensorFunction.builder(graph)
                .output("y")
                .withRespectToParameters()
                .feed("x", array(model + ".points"))
                .component(0)
                .build();
        assertThat(function.blocks()).extracting(org.curvature4j.Block::name).contains(first(model));
        assertThat(function.gradient().call(function.point()).amaxNumber().doubleValue())
                .isPositive();
    }

    private static String first(String model) {
        return model.equals("mlp_tanh") ? "0.weight" : "a.weight";
    }
}
