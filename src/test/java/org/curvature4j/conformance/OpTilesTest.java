package org.curvature4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.curvature4j.DerivativeMode;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.gpu.tiles.TileRunner;
import org.curvature4j.internal.engine.loops.LoopRunner;
import org.curvature4j.internal.gpu.GpuForTests;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.internal.transform.Flatten;
import org.curvature4j.internal.transform.Simplifier;
import org.curvature4j.internal.transform.Vmap;
import org.curvature4j.op.Cast;
import org.curvature4j.op.Custom;
import org.curvature4j.op.Einsum;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.JavaKernels.Tensor;
import org.curvature4j.op.MatrixOp;
import org.curvature4j.op.PowerDerivative;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds tiles on a device, interpreted, to loops over Java arrays on every operation, its derivatives and batches of them. */
@Tag("gpu")
class OpTilesTest {
    private static final int BATCH = 8;

    private static GpuForTests gpu;

    @BeforeAll
    static void open() {
        gpu = GpuForTests.interpreted();
    }

    @AfterAll
    static void close() {
        gpu.close();
    }

    static Stream<Sample> samples() {
        return Catalogue.samples().stream();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void agreesWithLoops(Sample sample) {
        check(sample, sample.graph());
        List<Boolean> all = sample.inputs().stream().map(type -> true).toList();
        check(sample, Vmap.of(sample.graph(), all, BATCH));
    }

    static Stream<Sample> differentiable() {
        return OpLoopsTest.differentiable();
    }

    @ParameterizedTest
    @MethodSource("differentiable")
    void agreesWithLoopsOnDerivativesOfBatches(Sample sample) {
        Graph function = Flatten.of(sample.graph(), sample.inputs().size());
        Graph jacobian = Derivatives.jacobian(function, DerivativeMode.AUTO);
        check(sample, Simplifier.simplify(Vmap.of(jacobian, List.of(true), BATCH)));
    }

    private static void check(Sample sample, Graph graph) {
        if (LoopRunner.refusal(graph).isPresent()) {
            boolean computed = TileRunner.refusal(graph).isEmpty();
            assertThat(computed).as("%s", sample).isEqualTo(isSingle(graph) && !(sample.op() instanceof Custom));
            return;
        }
        if (isLarge(sample)) {
            assertThat(TileRunner.refusal(graph).orElseThrow()).contains("operations on elements");
            return;
        }
        Random random = new Random(11);
        List<Tensor> arguments = graph.inputs().stream()
                .map(input -> sample.draw(random, input.type()))
                .toList();
        Tensor expected = LoopRunner.evaluate(graph, arguments);
        Tensor actual = TileRunner.evaluate(gpu.device(), graph, arguments);
        if (hasBitsOfItsOwn(graph)) {
            OpConformanceTest.assertClose(actual, expected, 1e-13);
        } else {
            assertThat(actual.values()).as("%s", sample).containsExactly(expected.values());
        }
    }

    /** Decompositions of more rows than are unrolled, which are the processor's. */
    private static boolean isLarge(Sample sample) {
        return sample.op() instanceof MatrixOp
                && sample.inputs().get(0).shape().dim(((MatrixOp) sample.op()).axis()) > 4;
    }

    private static boolean isSingle(Graph graph) {
        return graph.nodes().stream().anyMatch(node -> node.dtype() == DType.FLOAT32);
    }

    /** Powers are the JVM's on the CPU, and products of matrices are BLAS's. */
    private static boolean hasBitsOfItsOwn(Graph graph) {
        return graph.nodes().stream()
                .anyMatch(node -> node.op() == Elementwise.POW
                        || node.op() instanceof PowerDerivative
                        || node.op() instanceof Einsum);
    }

    static Stream<Sample> floating() {
        return samples()
                .filter(sample -> !isLarge(sample)
                        && !(sample.op() instanceof Cast)
                        && !(sample.op() instanceof Custom)
                        && !sample.floating().isEmpty()
                        && LoopRunner.refusal(sample.graph()).isEmpty()
                        && sample.graph().outputs().get(0).dtype() == DType.FLOAT64);
    }

    @ParameterizedTest
    @MethodSource("floating")
    void computesInFloat32WhereTheGraphSaysSo(Sample sample) {
        Graph narrow = sample.inFloat32().graph();
        Random random = new Random(9);
        List<Tensor> arguments = narrow.inputs().stream()
                .map(input -> sample.draw(random, input.type()))
                .toList();
        List<Tensor> wide = arguments.stream()
                .map(tensor -> tensor.type().dtype() == DType.FLOAT32
                        ? Tensor.of(tensor.type().withDType(DType.FLOAT64), tensor.values())
                        : tensor)
                .toList();
        Tensor expected = LoopRunner.evaluate(sample.graph(), wide);
        Tensor actual = TileRunner.evaluate(gpu.device(), narrow, arguments);
        TensorType type = expected.type().withDType(DType.FLOAT32);
        OpConformanceTest.assertClose(actual, Tensor.of(type, expected.values()), 2e-6);
        for (double value : actual.values()) {
            assertThat((double) (float) value).isEqualTo(value);
        }
    }
}
