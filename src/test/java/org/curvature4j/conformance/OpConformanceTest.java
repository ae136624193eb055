package org.curvature4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.curvature4j.DerivativeMode;
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
import org.curvature4j.op.JavaKernels;
import org.curvature4j.op.JavaKernels.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
        assertClose(actual, JavaKernels.evaluate(graph, arguments).get(0), 4e-15);
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

    @ParameterizedTest
    @MethodSource("differentiable")
    void firstDerivativeMatchesFiniteDifferences(Sample sample) {
        Graph graph = sample.graph();
        Random random = new Random(2);
        List<Tensor> point = sample.draw(random);
        List<Tensor> direction = directions(sample, random);
        checkJvp(graph, sample, point, direction);
    }

    @ParameterizedTest
    @MethodSource("differentiable")
    void secondDerivativeMatchesFiniteDifferences(Sample sample) {
        Random random = new Random(3);
        List<Tensor> point = new ArrayList<>(sample.draw(random));
        point.addAll(directions(sample, random));
        checkJvp(Jvp.of(sample.graph(), sample.floating()), sample, point, directions(sample, random));
    }

    private static void checkJvp(Graph graph, Sample sample, List<Tensor> point, List<Tensor> direction) {
        List<Tensor> arguments = new ArrayList<>(point);
        arguments.addAll(direction);
        Tensor actual =
                Plan.evaluate(Jvp.of(graph, sample.floating()), arguments).get(0);
        boolean narrow = hasFloat32(sample);
        // A cast is linear, so that a long step costs no accuracy.
        double step = narrow ? 0.25 : 2e-4;
        boolean held = sample.derivative() == Derivative.HELD;
        try (Plan plan = new Plan(graph)) {
            double[] expected = difference(plan, sample, point, direction, step);
            double[] wider = difference(plan, sample, point, direction, 2 * step);
            for (int i = 0; i < expected.length; i++) {
                // Richardson's extrapolation of central differences: the error falls with the fourth power of the step.
                expected[i] = held ? 0 : (4 * expected[i] - wider[i]) / 3;
            }
            assertClose(actual, Tensor.of(actual.type(), expected), narrow ? 1e-5 : 1e-9);
        }
    }

    private static double[] difference(
            Plan plan, Sample sample, List<Tensor> point, List<Tensor> direction, double step) {
        double[] after =
                plan.call(shifted(sample, point, direction, step)).get(0).values();
        double[] before =
                plan.call(shifted(sample, point, direction, -step)).get(0).values();
        double[] difference = new double[after.length];
        for (int i = 0; i < after.length; i++) {
            difference[i] = (after[i] - before[i]) / (2 * step);
        }
        return difference;
    }

    private static boolean hasFloat32(Sample sample) {
        return sample.graph().nodes().stream().anyMatch(node -> node.dtype() == DType.FLOAT32);
    }

    private static List<Tensor> directions(Sample sample, Random random) {
        return sample.floating().stream()
                .map(position -> gaussian(random, sample.inputs().get(position)))
                .toList();
    }

    private static Tensor gaussian(Random random, TensorType type) {
        return Tensor.of(
                type,
                random.doubles(type.size())
                        .map(any -> type.dtype().round(random.nextGaussian()))
                        .toArray());
    }

    private static List<Tensor> shifted(Sample sample, List<Tensor> point, List<Tensor> direction, double step) {
        List<Tensor> shifted = new ArrayList<>(point);
        for (int i = 0; i < direction.size(); i++) {
            int position = sample.floating().get(i);
            Tensor from = point.get(position);
            double[] values = from.values().clone();
            for (int j = 0; j < values.length; j++) {
                values[j] += step * direction.get(i).values()[j];
            }
            shifted.set(position, Tensor.of(from.type(), values));
        }
        return shifted;
    }

    @ParameterizedTest
    @MethodSource("differentiable")
    void reverseModeIsTheTransposeOfForwardMode(Sample sample) {
        Random random = new Random(4);
        checkTranspose(sample.graph(), sample, sample.draw(random), random);
    }

    @ParameterizedTest
    @MethodSource("differentiable")
    void reverseModeIsTheTransposeOfForwardModeAtSecondOrder(Sample sample) {
        Random random = new Random(5);
        List<Tensor> point = new ArrayList<>(sample.draw(random));
        point.addAll(directions(sample, random));
        checkTranspose(Jvp.of(sample.graph(), sample.floating()), sample, point, random);
    }

    /** For a cotangent c and a direction v, c (J v) is (c J) v. */
    private static void checkTranspose(Graph graph, Sample sample, List<Tensor> point, Random random) {
        List<Tensor> direction = directions(sample, random);
        Tensor cotangent = gaussian(random, graph.outputs().get(0).type());
        List<Tensor> forward = new ArrayList<>(point);
        forward.addAll(direction);
        List<Tensor> reverse = new ArrayList<>(point);
        reverse.add(cotangent);
        Tensor pushed = Plan.evaluate(Jvp.of(graph, sample.floating()), forward).get(0);
        List<Tensor> pulled = Plan.evaluate(Vjp.of(graph, sample.floating()), reverse);
        double left = dot(cotangent, pushed);
        double right = 0;
        for (int i = 0; i < pulled.size(); i++) {
            assertThat(pulled.get(i).type()).isEqualTo(direction.get(i).type());
            right += dot(pulled.get(i), direction.get(i));
        }
        assertThat(right).isCloseTo(left, within(hasFloat32(sample) ? 1e-5 : 1e-12, left));
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

    private static double dot(Tensor a, Tensor b) {
        double sum = 0;
        for (int i = 0; i < a.values().length; i++) {
            sum += a.values()[i] * b.values()[i];
        }
        return sum;
    }

    @ParameterizedTest
    @MethodSource("samples")
    void refusesADerivativeThatNobodyStated(Sample sample) {
        if (sample.derivative() == Derivative.NONE) {
            assertThatThrownBy(() -> Jvp.of(sample.graph(), sample.floating()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected a derivative");
        }
    }

    /** What doesn't depend on an element of an input stays the same, to the bit, when that element changes. */
    @ParameterizedTest
    @MethodSource("samples")
    void dependsOnNothingMoreThanItClaims(Sample sample) {
        Graph graph = sample.graph();
        List<Tensor> point = sample.draw(new Random(6));
        try (Plan values = new Plan(graph);
                Plan dependence = new Plan(Dependence.of(graph))) {
            double[] before = values.call(point).get(0).values();
            for (int input = 0; input < point.size(); input++) {
                for (int element = 0; element < point.get(input).values().length; element++) {
                    List<Tensor> marked = marks(graph, input, element);
                    double[] claims = dependence.call(marked).get(0).values();
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
