package org.curvature4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.curvature4j.FunctionBuilder;
import org.curvature4j.Hessian;
import org.curvature4j.Jacobian;
import org.curvature4j.TensorFunction;
import org.curvature4j.io.Npy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Models of many kinds, as PyTorch's two exporters write them, against PyTorch's values and derivatives in float64. */
class TorchModelsTest {
    private static final double EXACT = 1e-12;

    /**
     * Models in whose files numbers are rounded to float32 that aren't in the reference: 1 / sqrt(2) and sqrt(2 / pi) of GELU
     * in the one, 1 / 6 of the hard sigmoid and the two of SELU, whose definition in ONNX is in float32, in the other.
     */
    private static final Map<String, Double> ROUNDED = Map.of("gelu_single", 1e-7, "rounded", 1e-7);

    private static Path folder() {
        try {
            return Path.of(Objects.requireNonNull(TorchModelsTest.class.getResource("/onnx/torch"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<String> files() {
        return names(".onnx");
    }

    private static List<String> names(String end) {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(end))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void thereAreModelsOfBothExporters() {
        assertThat(files().stream().filter(name -> name.endsWith(".dynamo.onnx")))
                .hasSizeGreaterThan(60);
        assertThat(files().stream().filter(name -> name.endsWith(".script.onnx")))
                .hasSizeGreaterThan(60);
        assertThat(names(".points.npy").stream().map(TorchModelsTest::model))
                .containsExactlyInAnyOrderElementsOf(
                        files().stream().map(TorchModelsTest::model).distinct().toList());
    }

    private static String model(String file) {
        return file.substring(0, file.indexOf('.'));
    }

    @ParameterizedTest
    @MethodSource("files")
    void valuesJacobiansAndHessiansAreThoseOfPyTorch(String file) {
        String model = model(file);
        double tolerance = ROUNDED.getOrDefault(model, EXACT);
        SameDiff graph = OnnxFile.load(folder().resolve(file));
        INDArray points = array(model, "points");
        INDArray[] data = data(model);
        TensorFunction function = builder(graph, data).build();
        assertClose("values", function.values(points, data), array(model, "values"), tolerance);
        try (Jacobian jacobian = Jacobian.of(function)) {
            assertClose("Jacobians", jacobian.batch(points, data), array(model, "jacobian"), tolerance);
        }
        int component = component(model);
        try (Hessian hessian =
                Hessian.of(builder(graph, data).component(component).build())) {
            INDArray one = hessian.batch(
                    first(points), Stream.of(data).map(TorchModelsTest::first).toArray(INDArray[]::new));
            assertClose("Hessian", one, array(model, "hessian" + component), tolerance);
        }
    }

    /** All examples at once, as one function of the whole batch. */
    @ParameterizedTest
    @MethodSource("files")
    void theWholeBatchIsThatOfPyTorch(String file) {
        String model = model(file);
        SameDiff graph = OnnxFile.load(folder().resolve(file));
        Map<String, INDArray> inputs = new LinkedHashMap<>();
        inputs.put("x", array(model, "points"));
        if (data(model).length > 0) {
            inputs.put("ids", data(model)[0]);
        }
        INDArray values = OnnxRunner.run(graph, List.of("y"), inputs).get(0);
        INDArray expected = array(model, "values");
        assertThat(values.shape()).isEqualTo(expected.shape());
        assertClose("values", values, expected, ROUNDED.getOrDefault(model, EXACT));
    }

    private static FunctionBuilder builder(SameDiff graph, INDArray[] data) {
        FunctionBuilder builder = TensorFunction.builder(graph).output("y").withRespectTo("x");
        return data.length > 0 ? builder.perPoint("ids") : builder;
    }

    private static INDArray array(String model, String what) {
        return Npy.read(folder().resolve(model + "." + what + ".npy"));
    }

    /** What goes with each point. */
    private static INDArray[] data(String model) {
        return Files.exists(folder().resolve(model + ".ids.npy"))
                ? new INDArray[] {array(model, "ids")}
                : new INDArray[0];
    }

    private static INDArray first(INDArray batch) {
        return batch.get(NDArrayIndex.interval(0, 1)).dup();
    }

    private static int component(String model) {
        String start = model + ".hessian";
        String name = names(".npy").stream()
                .filter(file -> file.startsWith(start))
                .findFirst()
                .orElseThrow();
        return Integer.parseInt(name.substring(start.length(), name.length() - ".npy".length()));
    }

    private static void assertClose(String what, INDArray actual, INDArray expected, double tolerance) {
        assertThat(actual.length()).as(what).isEqualTo(expected.length());
        double scale = expected.amaxNumber().doubleValue();
        double error = actual.sub(expected.reshape(actual.shape())).amaxNumber().doubleValue();
        assertThat(error).as(what).isLessThanOrEqualTo(tolerance * scale);
    }
}
