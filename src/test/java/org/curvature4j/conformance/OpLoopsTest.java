package org.curvature4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
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
import org.curvature4j.internal.engine.loops.LoopRunner;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.internal.transform.Flatten;
import org.curvature4j.internal.transform.Simplifier;
import org.curvature4j.internal.transform.Vmap;
import org.curvature4j.op.Custom;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.JavaKernels.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds loops for every operation, its derivatives and batches of them to ND4J's kernels. */
class OpLoopsTest {
    private static final int BATCH = 16;

    static Stream<Sample> samples() {
        return Catalogue.samples().stream();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void agreesWithThePlan(Sample sample) {
        check(sample, sample.graph());
        List<Boolean> all = sample.inputs().stream().map(type -> true).toList();
        check(sample, Vmap.of(sample.graph(), all, BATCH));
    }

    static Stream<Sample> differentiable() {
        return samples()
                .filter(sample -> sample.derivative() != Sample.Derivative.NONE
                        && sample.graph().outputs().get(0).dtype() == DType.FLOAT64
                        && sample.inputs().stream()
                                .allMatch(type -> type.dtype() == DType.FLOAT64 && type.size() < 100));
    }

    @ParameterizedTest
    @MethodSource("differentiable")
    void agreesWithThePlanOnDerivativesOfBatches(Sample sample) {
        Graph function = Flatten.of(sample.graph(), sample.inputs().size());
        Graph jacobian = Derivatives.jacobian(function, DerivativeMode.AUTO);
        check(sample, Simplifier.simplify(Vmap.of(jacobian, List.of(true), BATCH)));
        Graph second = Derivatives.jacobian(jacobian, DerivativeMode.FORWARD);
        check(sample, Simplifier.simplify(Vmap.of(second, List.of(true), BATCH)));
    }

    private static void check(Sample sample, Graph graph) {
        Optional<String> refusal = LoopRunner.refusal(graph);
        if (refusal.isPresent()) {
            assertThat(isExpected(sample)).as("%s: %s", sample, refusal.get()).isTrue();
            return;
        }
        Random random = new Random(11);
        List<Tensor> arguments = graph.inputs().stream()
                .map(input -> sample.draw(random, input.type()))
                .toList();
        Tensor expected = Plan.evaluate(graph, arguments).get(0);
        OpConformanceTest.assertClose(LoopRunner.evaluate(graph, arguments), expected, 1e-13);
    }

    private static boolean isExpected(Sample sample) {
        return sample.op() instanceof Custom
                || sample.graph().nodes().stream().anyMatch(node -> node.dtype() == DType.FLOAT32);
    }

    @ParameterizedTest
    @MethodSource("org.curvature4j.conformance.OpAccuracyTest#unary")
    void agreesWithThePlanOnSpecialArguments(Elementwise op) {
        GraphBuilder builder = new GraphBuilder();
        Node x = builder.input("x", TensorType.of(DType.FLOAT64, OpAccuracyTest.SPECIAL.length));
        compare(op, builder.build(List.of(builder.apply(op, x))), List.of(OpAccuracyTest.SPECIAL));
    }

    @ParameterizedTest
    @MethodSource("org.curvature4j.conformance.OpAccuracyTest#binary")
    void agreesWithThePlanOnPairsOfSpecialArguments(Elementwise op) {
        int count = OpAccuracyTest.SPECIAL.length;
        for (int shift = 0; shift < count; shift++) {
            double[] shifted = new double[count];
            for (int i = 0; i < count; i++) {
                shifted[i] = OpAccuracyTest.SPECIAL[(i + shift) % count];
            }
            GraphBuilder builder = new GraphBuilder();
            List<Node> inputs = new ArrayList<>();
            inputs.add(builder.input("x", TensorType.of(DType.FLOAT64, count)));
            inputs.add(builder.input("y", TensorType.of(DType.FLOAT64, count)));
            Graph graph = builder.build(List.of(builder.apply(op, inputs)));
            compare(op, graph, List.of(OpAccuracyTest.SPECIAL, shifted));
        }
    }

    private static void compare(Elementwise op, Graph graph, List<double[]> points) {
        List<Tensor> arguments = points.stream()
                .map(point -> Tensor.of(graph.inputs().get(0).type(), point))
                .toList();
        double[] expected = Plan.evaluate(graph, arguments).get(0).values();
        double[] actual = LoopRunner.evaluate(graph, arguments).values();
        for (int i = 0; i < expected.length; i++) {
            OpAccuracyTest.assertSame(op, "element " + i, actual[i], expected[i]);
        }
    }
}
