package org.curvature4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.curvature4j.data.Dataset;
import org.curvature4j.graph.Graph;
import org.curvature4j.internal.engine.EngineChoice;
import org.curvature4j.internal.engine.EngineRunner;
import org.curvature4j.internal.engine.Form;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.backend.DeviceChoice;
import org.curvature4j.internal.engine.backend.Engine;
import org.curvature4j.internal.engine.backend.Settings;
import org.curvature4j.internal.engine.tile.BatchFunction;
import org.curvature4j.internal.gpu.GpuForTests;
import org.curvature4j.internal.host.ArrayRows;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.internal.transform.Simplifier;
import org.curvature4j.internal.tutorial.ModelGraph;
import org.curvature4j.internal.tutorial.Models;
import org.curvature4j.samediff.SameDiffExport;
import org.curvature4j.stream.Progress;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tutorial's functions and a net on the digits on a GPU: the very bits of the processor, also where numbers aren't finite. */
@Tag("gpu")
class GpuNetsTest {
    private static final double[] SPECIAL = {
        0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e300, -1e300, 4e-320, 1e16, 700
    };

    @BeforeAll
    static void start() {
        Backend.get();
    }

    @ParameterizedTest
    @CsvSource({
        "two-two-one, 400",
        "monkey-saddle, 300",
        "rosenbrock, 300",
        "chain-rule, 300",
        "quadratic, 300",
        "tanh, 300",
        "mlp:4-8-1, 300",
        "mlp:8-16-1, 64",
        "mlp:8-32-1, 40",
        "mlp:3-4-4-2, 200",
        "mlp:5-6-1:relu, 200",
        "mlp:4-5-1:sigmoid, 200",
        "mlp:3-4-4-1, 100"
    })
    void hessiansHaveTheBitsOfTheProcessor(String model, int count) {
        ModelGraph graph = Models.byName(model, 7);
        TensorFunction function = TensorFunction.builder(graph.sd())
                .output(graph.output())
                .component(0)
                .withRespectTo(graph.input())
                .build();
        List<Form> forms = Stream.of(
                        Derivatives.hessian(function.graph()), Derivatives.structuredHessian(function.graph()))
                .map(Simplifier::simplify)
                .map(Form::of)
                .toList();
        int n = Math.toIntExact(function.inputSize());
        double[] points = points(count, n);
        double[] expected = results(forms, DeviceChoice.CPU, points, n, "fused code");
        try (GpuForTests gpu = GpuForTests.interpreted()) {
            assertThat(results(forms, DeviceChoice.GPU, points, n, "GPU code, for small functions"))
                    .containsExactly(expected);
        }
    }

    /** Value, gradient and Hessian in a picture of the digits, of a logit of a net, by kernels over arrays where it is large. */
    @ParameterizedTest
    @CsvSource({"VALUE, GPU code", "GRADIENT, GPU code", "HESSIAN, kernels over arrays"})
    void theDigitsNetHasTheBitsOfTheProcessor(Quantity quantity, String words) {
        ModelGraph graph = Models.byName("mlp:64-6-10", 7);
        TensorFunction function = TensorFunction.builder(graph.sd())
                .output(graph.output())
                .component(3)
                .withRespectTo(graph.input())
                .build();
        assertThat(function.inputSize()).isEqualTo(64);
        Graph value = function.graph();
        Graph computed =
                switch (quantity) {
                    case VALUE -> value;
                    case HESSIAN -> Derivatives.structuredHessian(value);
                    default -> Derivatives.jacobian(value, DerivativeMode.REVERSE);
                };
        double[] pictures = Arrays.copyOf(
                Dataset.digits().features().dup().data().asDouble(), 3 * Math.toIntExact(function.inputSize()));
        Graph simple = Simplifier.simplify(computed);
        Engine engine = words.startsWith("GPU") ? Engine.FUSED : Engine.LOOPS;
        double[] expected = EngineRunner.evaluate(engine, simple, pictures).orElseThrow();
        try (GpuForTests gpu = GpuForTests.interpreted()) {
            EngineRunner.Computed onGpu = EngineRunner.onGpu(Engine.AUTO, simple, pictures, 0);
            assertThat(onGpu.description()).startsWith(words);
            assertThat(onGpu.values()).containsExactly(expected);
        }
    }

    private static double[] points(int count, int n) {
        SplittableRandom random = new SplittableRandom(5);
        double[] points = random.doubles((long) count * n, -3, 3).toArray();
        for (int i = points.length / 2; i < points.length; i += 1 + random.nextInt(3 * n)) {
            points[i] = SPECIAL[random.nextInt(SPECIAL.length)];
        }
        return points;
    }

    private static double[] results(List<Form> forms, DeviceChoice device, double[] points, int n, String words) {
        Settings settings = new Settings("cpu", 1, 1L << 28, 0, Engine.AUTO, device);
        double[] results = new double[points.length * n];
        try (BatchFunction function = EngineChoice.prepare(
                forms,
                List.of(),
                n,
                "function",
                (exported, output) -> SameDiffExport.export(exported, List.of(output)),
                settings)) {
            assertThat(function.describe()).startsWith(words);
            function.evaluate(ArrayRows.source(points, n), ArrayRows.sink(results, n * n), Progress.NONE);
            double[] last = new double[n * n];
            function.evaluate(Arrays.copyOfRange(points, points.length - n, points.length), last);
            assertThat(last).containsExactly(Arrays.copyOfRange(results, results.length - n * n, results.length));
        }
        return results;
    }
}
