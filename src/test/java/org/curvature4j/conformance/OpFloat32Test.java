package org.curvature4j.conformance;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.transform.Jvp;
import org.curvature4j.internal.transform.Vjp;
import org.curvature4j.op.Cast;
import org.curvature4j.op.JavaKernels.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every operation in float32, and its derivatives, to what float64 gives for the same numbers. */
class OpFloat32Test {
    private static final double TOLERANCE = 2e-6;

    static Stream<Sample> samples() {
        return Catalogue.samples().stream()
                .filter(sample -> !(sample.op() instanceof Cast)
                        && !sample.floating().isEmpty()
                        && sample.graph().outputs().get(0).dtype() == DType.FLOAT64);
    }

    static Stream<Sample> differentiable() {
        return samples().filter(sample -> sample.derivative() != Sample.Derivative.NONE);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void hasTheSameValues(Sample sample) {
        check(sample, sample.inFloat32().graph(), sample.graph());
    }

    @ParameterizedTest
    @MethodSource("differentiable")
    void hasTheSameDerivatives(Sample sample) {
        Graph narrow = sample.inFloat32().graph();
        List<Integer> inputs = sample.floating();
        check(sample, Jvp.of(narrow, inputs), Jvp.of(sample.graph(), inputs));
        check(sample, Vjp.of(narrow, inputs), Vjp.of(sample.graph(), inputs));
        Graph second = Jvp.of(Vjp.of(narrow, inputs), inputs);
        check(sample, second, Jvp.of(Vjp.of(sample.graph(), inputs), inputs));
    }

    private static void check(Sample sample, Graph narrow, Graph wide) {
        Random random = new Random(9);
        List<Tensor> arguments = narrow.inputs().stream()
                .map(input -> sample.draw(random, input.type()))
                .toList();
        List<Tensor> same = arguments.stream().map(OpFloat32Test::wider).toList();
        List<Tensor> actual = Plan.evaluate(narrow, arguments);
        List<Tensor> expected = Plan.evaluate(wide, same);
        for (int i = 0; i < expected.size(); i++) {
            TensorType type = expected.get(i).type().withDType(DType.FLOAT32);
            OpConformanceTest.assertClose(
                    actual.get(i), Tensor.of(type, expected.get(i).values()), TOLERANCE);
        }
    }

    private static Tensor wider(Tensor tensor) {
        return tensor.type().dtype() == DType.FLOAT32
                ? Tensor.of(tensor.type().withDType(DType.FLOAT64), tensor.values())
                : tensor;
    }
}
