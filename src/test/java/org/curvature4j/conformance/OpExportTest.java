package org.curvature4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.transform.Jvp;
import org.curvature4j.internal.transform.Simplifier;
import org.curvature4j.internal.transform.Vjp;
import org.curvature4j.internal.transform.Vmap;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.JavaKernels.Tensor;
import org.curvature4j.samediff.SameDiffExport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Holds every operation's export, saved and loaded again, to what the engine computes. */
class OpExportTest {
    private static final double TOLERANCE = 1e-14;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startNd4j() {
        Backend.get();
    }

    static Stream<Sample> samples() {
        return Catalogue.samples().stream();
    }

    static Stream<Sample> differentiable() {
        return OpConformanceTest.differentiable();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void comesBackFromAFile(Sample sample) {
        Graph graph = sample.graph();
        check(sample, graph);
        check(sample, Simplifier.simplify(graph));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void comesBackFromAFileForABatchOfAnySize(Sample sample) {
        List<Boolean> all =
                IntStream.range(0, sample.inputs().size()).mapToObj(i -> true).toList();
        check(sample, Vmap.of(sample.graph(), all, 3));
        check(sample, Vmap.of(sample.graph(), all, 0));
    }

    @ParameterizedTest
    @MethodSource("differentiable")
    void comesBackFromAFileDifferentiatedTwice(Sample sample) {
        Graph gradient = Vjp.of(sample.graph(), sample.floating());
        check(sample, Simplifier.simplify(Jvp.of(gradient, sample.floating())));
    }

    /** Where ND4J's own kernel has another opinion, the exported graph has the library's. */
    @ParameterizedTest
    @MethodSource("org.curvature4j.conformance.OpAccuracyTest#unary")
    void keepsSpecialValues(Elementwise op) {
        GraphBuilder builder = new GraphBuilder();
        TensorType type = TensorType.of(DType.FLOAT64, 8);
        Graph graph = builder.build(List.of(builder.apply(op, builder.input("x", type))));
        double infinity = Double.POSITIVE_INFINITY;
        List<Tensor> arguments =
                List.of(Tensor.of(type, Double.NaN, 0.0, -0.0, infinity, -infinity, 1e-300, 800, -1e200));
        double[] expected = withoutSignsOfZeros(Plan.evaluate(graph, arguments));
        double[] actual = withoutSignsOfZeros(roundTrip(graph, arguments));
        for (int i = 0; i < expected.length; i++) {
            // The engine's functions and ND4J's round differently.
            Offset<Double> rounding = within(Double.isFinite(expected[i]) ? 4 * Math.ulp(expected[i]) : 0);
            assertThat(actual[i]).isEqualTo(expected[i], rounding);
        }
    }

    /** The engine's own functions keep the sign of a zero, what ND4J computes in their place doesn't. */
    private static double[] withoutSignsOfZeros(List<Tensor> results) {
        return java.util.Arrays.stream(results.get(0).values())
                .map(value -> value == 0 ? 0 : value)
                .toArray();
    }

    private void check(Sample sample, Graph graph) {
        Random random = new Random(8);
        List<Tensor> arguments = graph.inputs().stream()
                .map(input -> sample.draw(random, input.type()))
                .toList();
        List<Tensor> expected = Plan.evaluate(graph, arguments);
        List<Tensor> actual = roundTrip(graph, arguments);
        for (int i = 0; i < expected.size(); i++) {
            OpConformanceTest.assertClose(actual.get(i), expected.get(i), TOLERANCE);
        }
    }

    private List<Tensor> roundTrip(Graph graph, List<Tensor> arguments) {
        List<String> names = IntStream.range(0, graph.outputs().size())
                .mapToObj(i -> "y" + i)
                .toList();
        File file = folder.resolve("graph.fb").toFile();
        SameDiffExport.export(graph, names).save(file, false);
        SameDiff loaded = SameDiff.load(file, false);
        Map<String, INDArray> feeds = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            feeds.put(graph.inputName(i), Plan.array(arguments.get(i)));
        }
        Map<String, INDArray> results = loaded.output(feeds, names);
        List<Tensor> tensors = new ArrayList<>();
        names.forEach(name -> tensors.add(Plan.tensor(results.get(name))));
        return tensors;
    }
}
