package org.curvature4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.curvature4j.DerivativeCheck;
import org.curvature4j.DerivativeMode;
import org.curvature4j.Functions;
import org.curvature4j.conformance.Sample.Derivative;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.transform.Dependence;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.internal.transform.Jvp;
import org.curvature4j.internal.transform.Simplifier;
import org.curvature4j.internal.transform.Vjp;
import org.curvature4j.internal.transform.WholeMarks;
import org.curvature4j.op.JavaKernels;
import org.curvature4j.op.JavaKernels.Tensor;
import org.curvature4j.op.MatrixOp;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.factory.Nd4j;

/** Holds every operation of the catalogue to what it promises of its value and its derivatives. */
class OpConformanceTest {

    static Stream<Class<?>> classes() {
        return Catalogue.classes().stream();
    }

    static Stream<Sample> samples() {
        return Catalogue.samples().stream();
    }

    static Stream<Sample> differentiable() {
        return samples()
                .filter(sample -> sample.derivative() != Derivative.NONE
                        && !sample.floating().isEmpty()
                        && sample.graph().outputs().get(0).dtype().isFloat());
    }

    @ParameterizedTest
    @MethodSource("classes")
    void hasSamples(Class<?> op) {
        assertThat(Catalogue.samples()).as("samples of " + op).anyMatch(sample -> op.isInstance(sample.op()));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void givesTheInferredTypeAndTheRightValues(Sample sample) {
        Graph graph = sample.graph();
        List<Tensor> arguments = sample.draw(new Random(1));
        Tensor actual = Plan.evaluate(graph, arguments).get(0);
        assertThat(actual.type()).isEqualTo(graph.outputs().get(0).type());
        // LAPACK and rotations round differently, and vectors divide that by the distances of their values.
        double tolerance = sample.op() instanceof MatrixOp ? 4e-14 : 4e-15;
        assertClose(actual, JavaKernels.evaluate(graph, arguments).get(0), tolerance);
    }

    /** Threads inside a kernel must not get into each other's way: scatter_add's did. */
    @ParameterizedTest
    @MethodSource("samples")
    void givesTheSameBitsEveryTime(Sample sample) {
        List<Tensor> arguments = sample.draw(new Random(1));
        try (Plan plan = new Plan(sample.graph())) {
            double[] first = plan.call(arguments).get(0).values();
            for (int i = 0; i < 100; i++) {
                assertThat(plan.call(arguments).get(0).values()).containsExactly(first);
            }
        }
    }

    static Stream<Sample> curves() {
        return differentiable().filter(sample -> sample.derivative() == Derivative.EXACT && sample.size() > 0);
    }

    @ParameterizedTest
    @MethodSource("curves")
    void derivativesAreRightToThirdOrder(Sample sample) {
        List<Tensor> first = sample.drawPoint(new Random(2));
        double[] second = sample.drawPoint(new Random(3)).get(0).values();
        double[] points = DoubleStream.concat(Arrays.stream(first.get(0).values()), Arrays.stream(second))
                .toArray();
        DerivativeCheck check = DerivativeCheck.of(Functions.of(
                        sample.ofPoint(),
                        first.subList(1, first.size()).stream().map(Plan::array).toList()))
                .at(Nd4j.createFromArray(points).reshape(2, second.length));
        if (hasFloat32(sample)) {
            // A cast is linear, so that a long step costs no accuracy.
            check.step(0.25).tolerance(1e-5);
        }
        check.toOrder(3).require();
    }

    static Stream<Sample> held() {
        return differentiable().filter(sample -> sample.derivative() == Derivative.HELD);
    }

    @ParameterizedTest
    @MethodSource("held")
    void holdsADerivativeAtZero(Sample sample) {
        for (DerivativeMode mode : DerivativeMode.values()) {
            Graph jacobian = Derivatives.jacobian(sample.graph(), mode);
            assertThat(Plan.evaluate(jacobian, sample.draw(new Random(4)))
                            .get(0)
                            .values())
                    .containsOnly(0);
        }
    }

    private static boolean hasFloat32(Sample sample) {
        return sample.graph().nodes().stream().anyMatch(node -> node.dtype() == DType.FLOAT32);
    }

    /** Derivatives after simplification: with unit vectors as directions, whose zeros are structural. */
    @ParameterizedTest
    @MethodSource("differentiable")
    void simplifiesToTheSameDerivatives(Sample sample) {
        TensorType first = sample.inputs().get(0);
        // Second derivatives by an input have its size squared for each element of the output.
        if (first.dtype().isFloat() && first.size() < 100) {
            Graph jacobian = Derivatives.jacobian(sample.graph(), DerivativeMode.AUTO);
            Graph second = Derivatives.jacobian(jacobian, DerivativeMode.FORWARD);
            for (Graph graph : List.of(jacobian, second)) {
                Graph shorter = Simplifier.simplify(graph);
                assertThat(Simplifier.simplify(shorter)).hasToString(shorter.toString());
                List<Tensor> point = sample.draw(new Random(10));
                assertClose(
                        Plan.evaluate(shorter, point).get(0),
                        Plan.evaluate(graph, point).get(0),
                        hasFloat32(sample) ? 1e-6 : 1e-13);
            }
        }
    }

    /** One derivative in either mode where it is stated, and none where nobody did. */
    @ParameterizedTest
    @MethodSource("samples")
    void hasADerivativeWhereItIsStated(Sample sample) {
        for (Function<Graph, Graph> mode : List.<Function<Graph, Graph>>of(
                graph -> Jvp.of(graph, sample.floating()), graph -> Vjp.of(graph, sample.floating()))) {
            ThrowingCallable differentiating = () -> mode.apply(sample.graph());
            if (sample.derivative() == Derivative.NONE) {
                assertThatThrownBy(differentiating)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("expected a derivative");
            } else {
                assertThatCode(differentiating).doesNotThrowAnyException();
            }
        }
    }

    /** What doesn't depend on an element of an input stays the same, to the bit, when that element changes. */
    @ParameterizedTest
    @MethodSource("samples")
    void dependsOnNothingMoreThanItClaims(Sample sample) {
        Graph graph = sample.graph();
        List<Tensor> point = sample.draw(new Random(6));
        Graph dependences = Dependence.of(graph);
        try (Plan values = new Plan(graph);
                Plan dependence = new Plan(dependences)) {
            double[] before = values.call(point).get(0).values();
            for (int input = 0; input < point.size(); input++) {
                for (int element = 0; element < point.get(input).values().length; element++) {
                    List<Tensor> marked = marks(graph, input, element);
                    double[] claims = dependence.call(marked).get(0).values();
                    assertThat(WholeMarks.of(dependences, marked)).isEqualTo(isPositive(claims));
                    double[] after = values.call(perturbed(sample, point, input, element))
                            .get(0)
                            .values();
                    for (int i = 0; i < claims.length; i++) {
                        if (claims[i] == 0) {
                            assertThat(after[i]).isEqualTo(before[i]);
                        }
                    }
                }
            }
        }
    }

    private static boolean[] isPositive(double... claims) {
        boolean[] positive = new boolean[claims.length];
        for (int i = 0; i < claims.length; i++) {
            positive[i] = claims[i] > 0;
        }
        return positive;
    }

    private static List<Tensor> marks(Graph graph, int input, int element) {
        List<Tensor> marks = new ArrayList<>();
        for (Node node : graph.inputs()) {
            marks.add(Tensor.of(
                    node.type().withDType(DType.FLOAT64),
                    new double[Math.toIntExact(node.type().size())]));
        }
        marks.get(input).values()[element] = 1;
        return marks;
    }

    private static List<Tensor> perturbed(Sample sample, List<Tensor> point, int input, int element) {
        List<Tensor> changed = new ArrayList<>(point);
        double[] values = point.get(input).values().clone();
        DType dtype = point.get(input).type().dtype();
        double middle = (sample.domain().low() + sample.domain().high()) / 2;
        double other = dtype.isFloat() ? 2 * middle - values[element] + 0.01 : values[element] + 1;
        values[element] = dtype == DType.BOOL ? 1 - values[element] : dtype.round(other);
        changed.set(input, Tensor.of(point.get(input).type(), values));
        return changed;
    }

    static void assertClose(Tensor actual, Tensor expected, double tolerance) {
        assertThat(actual.type()).isEqualTo(expected.type());
        for (int i = 0; i < expected.values().length; i++) {
            assertThat(actual.values()[i])
                    .as("element " + i)
                    .isCloseTo(expected.values()[i], within(tolerance, expected.values()[i]));
        }
    }

    private static org.assertj.core.data.Offset<Double> within(double tolerance, double size) {
        return org.assertj.core.api.Assertions.within(tolerance * (1 + Math.abs(size)));
    }
}
