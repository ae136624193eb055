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
import org.curvature4j.internal.engine.fused.FusedRunner;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.internal.transform.Flatten;
import org.curvature4j.internal.transform.Simplifier;
import org.curvature4j.op.Cast;
import org.curvature4j.op.Custom;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.JavaKernels.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds fused code of every operation, and of its derivatives, to ND4J's kernels. */
class OpFusedTest {
    /** Small ones of real numbers; large ones and those without elements are the plan's in any case. */
    static Stream<Sample> samples() {
        return Catalogue.samples().stream()
                .filter(sample -> sample.graph().outputs().get(0).dtype() == DType.FLOAT64
                        && sample.inputs().stream().allMatch(type -> type.dtype() == DType.FLOAT64 && type.size() < 100)
                        && sample.graph().nodes().stream()
                                .allMatch(node -> node.type().size() > 0));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void agreesWithThePlan(Sample sample) {
        Graph function = Flatten.of(sample.graph(), sample.inputs().size());
        check(sample, function);
        if (sample.derivative() != Sample.Derivative.NONE) {
            Graph jacobian = Derivatives.jacobian(function, DerivativeMode.AUTO);
            check(sample, jacobian);
            check(sample, Derivatives.jacobian(jacobian, DerivativeMode.FORWARD));
        }
    }

    /** Computed in float64 and rounded at the end, it is nearer to the truth than ND4J's. */
    @ParameterizedTest
    @MethodSource("samples")
    void agreesWithThePlanInFloat32(Sample sample) {
        if (!(sample.op() instanceof Cast)) {
            Sample narrow = sample.inFloat32();
            Graph function = Flatten.of(narrow.graph(), narrow.inputs().size());
            check(narrow, function, 2e-6);
            if (sample.derivative() != Sample.Derivative.NONE) {
                check(narrow, Derivatives.jacobian(function, DerivativeMode.AUTO), 2e-6);
            }
        }
    }

    private static void check(Sample sample, Graph graph) {
        check(sample, graph, 1e-13);
    }

    private static void check(Sample sample, Graph graph, double tolerance) {
        Graph simple = Simplifier.simplify(graph);
        Optional<String> refusal = FusedRunner.refusal(simple);
        if (refusal.isPresent()) {
            assertThat(refusal.get()).as("%s", sample).matches(reason -> isExpected(sample, reason));
            return;
        }
        Random random = new Random(11);
        Tensor point = sample.draw(random, simple.inputs().get(0).type());
        Tensor expected = Plan.evaluate(simple, List.of(point)).get(0);
        double[] actual = FusedRunner.evaluate(simple, point.values());
        OpConformanceTest.assertClose(Tensor.of(expected.type(), actual), expected, tolerance);
    }

    private static boolean isExpected(Sample sample, String reason) {
        return reason.contains("more than") || sample.op() instanceof Custom;
    }

    @ParameterizedTest
    @MethodSource("org.curvature4j.conformance.OpAccuracyTest#unary")
    void agreesWithThePlanOnSpecialArguments(Elementwise op) {
        GraphBuilder builder = new GraphBuilder();
        Node x = builder.input("x", TensorType.of(DType.FLOAT64, OpAccuracyTest.SPECIAL.length));
        compare(op, builder.build(List.of(builder.apply(op, x))), OpAccuracyTest.SPECIAL);
    }

    @ParameterizedTest
    @MethodSource("org.curvature4j.conformance.OpAccuracyTest#binary")
    void agreesWithThePlanOnPairsOfSpecialArguments(Elementwise op) {
        int count = OpAccuracyTest.SPECIAL.length;
        double[] point = new double[2 * count];
        for (int shift = 0; shift < count; shift++) {
            for (int i = 0; i < count; i++) {
                point[i] = OpAccuracyTest.SPECIAL[i];
                point[count + i] = OpAccuracyTest.SPECIAL[(i + shift) % count];
            }
            GraphBuilder builder = new GraphBuilder();
            List<Node> inputs = new ArrayList<>();
            inputs.add(builder.input("x", TensorType.of(DType.FLOAT64, count)));
            inputs.add(builder.input("y", TensorType.of(DType.FLOAT64, count)));
            Graph graph = builder.build(List.of(builder.apply(op, inputs)));
            compare(op, Flatten.of(graph, 2), point);
        }
    }

    private static void compare(Elementwise op, Graph graph, double[] point) {
        Tensor argument = Tensor.of(graph.inputs().get(0).type(), point);
        double[] expected = Plan.evaluate(graph, List.of(argument)).get(0).values();
        double[] actual = FusedRunner.evaluate(graph, point);
        for (int i = 0; i < expected.length; i++) {
            OpAccuracyTest.assertSame(op, "element " + i, actual[i], expected[i]);
        }
    }
}
