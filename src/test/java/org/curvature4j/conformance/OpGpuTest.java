package org.curvature4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.curvature4j.DerivativeMode;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.EngineRunner;
import org.curvature4j.internal.engine.backend.Engine;
import org.curvature4j.internal.engine.fused.FusedRunner;
import org.curvature4j.internal.gpu.GpuForTests;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.internal.transform.Simplifier;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Custom;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.IndexCheck;
import org.curvature4j.op.JavaKernels.Tensor;
import org.curvature4j.op.Ops;
import org.curvature4j.op.PowerDerivative;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds code of one thread a point on a device, interpreted, to the processor's fused code on every operation and its first
 * and second derivatives: bit by bit but for powers.
 */
@Tag("gpu")
class OpGpuTest {
    private static final int POINTS = 5;

    private static GpuForTests gpu;

    @BeforeAll
    static void open() {
        gpu = GpuForTests.interpreted();
    }

    @AfterAll
    static void close() {
        gpu.close();
    }

    /** Small ones: large ones are tiles' in any case, and of those without elements nothing is computed. */
    static Stream<Sample> samples() {
        return Catalogue.samples().stream()
                .filter(sample -> sample.inputs().stream().allMatch(type -> type.size() < 100)
                        && sample.graph().nodes().stream()
                                .allMatch(node -> node.type().size() > 0))
                .map(sample -> sample.op() instanceof Comparison ? ofFloats(sample) : sample);
    }

    /** Such functions have no integers to compare. */
    private static Sample ofFloats(Sample sample) {
        TensorType[] floats = sample.inputs().stream()
                .map(type -> type.dtype() == DType.INT64 ? type.withDType(DType.FLOAT64) : type)
                .toArray(TensorType[]::new);
        return Sample.of(sample.op(), sample.domain(), floats);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void hasTheBitsOfTheProcessor(Sample sample) {
        Graph function = ofNumbers(sample);
        check(sample, function);
        boolean real = Stream.concat(
                        Stream.of(sample.graph().outputs().get(0).dtype()),
                        sample.inputs().stream().map(TensorType::dtype))
                .allMatch(DType.FLOAT64::equals);
        if (real && sample.derivative() != Sample.Derivative.NONE) {
            Graph jacobian = Derivatives.jacobian(function, DerivativeMode.AUTO);
            check(sample, jacobian);
            check(sample, Derivatives.jacobian(jacobian, DerivativeMode.FORWARD));
        }
    }

    /** The application to one vector of float64, of which booleans are made too, its result in float64. */
    private static Graph ofNumbers(Sample sample) {
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        long size = sample.inputs().stream().mapToLong(TensorType::size).sum();
        Node numbers = builder.input("numbers", TensorType.of(DType.FLOAT64, size));
        List<Node> arguments = new ArrayList<>();
        long offset = 0;
        for (TensorType type : sample.inputs()) {
            Node part = ops.slice(numbers, 0, offset, offset + type.size());
            Node argument = ops.reshape(part, type.shape());
            arguments.add(
                    type.dtype() == DType.BOOL
                            ? ops.apply(Comparison.NE, argument, ops.like(argument, 0))
                            : ops.cast(argument, type.dtype()));
            offset += type.size();
        }
        Node result = builder.inline(sample.graph(), arguments).get(0);
        return builder.build(List.of(ops.cast(result, DType.FLOAT64)));
    }

    private static double[] points(Sample sample) {
        Random random = new Random(11);
        return Stream.generate(() -> sample.draw(random))
                .limit(POINTS)
                .flatMap(List::stream)
                .map(Tensor::values)
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }

    private static void check(Sample sample, Graph graph) {
        Optional<String> refusal = FusedRunner.refusal(Simplifier.simplify(graph));
        if (refusal.isPresent()) {
            assertThat(refusal.get()).as("%s", sample).matches(reason -> isExpected(sample, reason));
            return;
        }
        double[] points = points(sample);
        double[] expected = EngineRunner.evaluate(Engine.FUSED, graph, points).orElseThrow();
        EngineRunner.Computed computed = EngineRunner.onGpu(Engine.FUSED, graph, points, 0);
        assertThat(computed.description()).as("%s", sample).startsWith("GPU code");
        if (graph.nodes().stream()
                .anyMatch(node -> node.op() == Elementwise.POW || node.op() instanceof PowerDerivative)) {
            TensorType type = TensorType.of(DType.FLOAT64, expected.length);
            OpConformanceTest.assertClose(Tensor.of(type, computed.values()), Tensor.of(type, expected), 1e-13);
        } else {
            assertThat(computed.values()).as("%s", sample).containsExactly(expected);
        }
    }

    private static boolean isExpected(Sample sample, String reason) {
        return reason.contains("more than")
                || reason.startsWith("no scalar cast")
                || reason.equals("an index of a largest element has no scalar code")
                || sample.op() instanceof Custom
                || sample.op() instanceof IndexCheck;
    }
}
