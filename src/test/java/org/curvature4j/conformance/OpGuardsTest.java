package org.curvature4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.curvature4j.DerivativeMode;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.EngineRunner;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.backend.Engine;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.internal.transform.Jvp;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.ElementwiseOp;
import org.curvature4j.op.JavaKernels;
import org.curvature4j.op.MatrixOp;
import org.curvature4j.op.Ops;
import org.curvature4j.op.Scan;
import org.curvature4j.op.Select;
import org.curvature4j.op.StopGradient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an operation says of its kinks and its curvature, and its derivatives where a rule looks at operands' values. */
class OpGuardsTest {

    @BeforeAll
    static void startNd4j() {
        Backend.get();
    }

    static Stream<Sample> samples() {
        return OpHessianTest.samples();
    }

    /** Guards are found in the derivative's graph; kinks are what the operation states. */
    @Test
    void everyGuardAndKinkHasItsPoints() {
        Set<String> missing = new TreeSet<>();
        samples()
                .filter(sample -> !(sample.op() instanceof Select || sample.op() instanceof StopGradient))
                // Equal eigenvalues and singular matrices have several operands at once: LinearAlgebraTest.
                .filter(sample -> !(sample.op() instanceof MatrixOp))
                // A loop's guards are those of the operations in its step.
                .filter(sample -> !(sample.op() instanceof Scan))
                .filter(sample -> isGuarded(sample) || kink(sample))
                .forEach(sample -> missing.add(name(sample)));
        assertThat(missing).contains("MAX", "ABS", "POW", "NORM_ROOT");
        Guarded.points().forEach(point -> missing.remove(name(point.op().name())));
        assertThat(missing)
                .as("operations with a guard or a kink, but without guarded points")
                .isEmpty();
    }

    /** Of a reduction without its axes. */
    private static String name(String name) {
        return name.startsWith("MAX [") ? "LARGEST" : name;
    }

    private static String name(Sample sample) {
        return name(sample.op().name());
    }

    private static boolean isGuarded(Sample sample) {
        Graph tangent = Jvp.of(sample.graph(), sample.floating());
        return tangent.nodes().stream()
                .anyMatch(node -> node.op() instanceof Select
                        || node.op() instanceof Comparison
                        || node.op() instanceof StopGradient);
    }

    private static boolean kink(Sample sample) {
        Node node = sample.graph().outputs().get(0);
        GraphBuilder builder = new GraphBuilder();
        List<Node> inputs = new ArrayList<>();
        node.operands().forEach(operand -> inputs.add(builder.freshInput("x", operand.type())));
        Node application = builder.apply(node.op(), inputs);
        Node kink = application.op().kink(builder, application);
        if (kink != null) {
            assertThat(kink.dtype()).isEqualTo(DType.BOOL);
        }
        return kink != null;
    }

    static List<Guarded> points() {
        return Guarded.points();
    }

    @ParameterizedTest
    @MethodSource("points")
    void isItsLimitOrItsConvention(Guarded guarded) {
        Graph line = line(guarded);
        for (int order = 0; order < guarded.derivatives().length; order++) {
            double expected = guarded.derivatives()[order];
            for (Engine engine : Engine.values()) {
                String what = "derivative " + order + " by " + engine;
                EngineRunner.evaluate(engine, line, new double[] {0}).ifPresent(actual -> {
                    if (Double.isNaN(expected)) {
                        assertThat(Double.isFinite(actual[0]))
                                .as(what + ": " + actual[0] + " is finite")
                                .isFalse();
                    } else {
                        assertThat(actual[0]).as(what).isCloseTo(expected, within(1e-13 * (1 + Math.abs(expected))));
                    }
                });
            }
            line = Derivatives.jacobian(line, order % 2 == 0 ? DerivativeMode.REVERSE : DerivativeMode.FORWARD);
        }
    }

    /** Only operands that move depend on the line; the others are numbers. */
    private static Graph line(Guarded guarded) {
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Node t = builder.input("t", TensorType.of(DType.FLOAT64, 1));
        boolean elementwise = guarded.op() instanceof ElementwiseOp;
        List<Node> operands = IntStream.range(0, guarded.point().length)
                .mapToObj(i -> {
                    Node point = builder.literal(t.type(), new double[] {guarded.point()[i]});
                    double slope = guarded.direction()[i];
                    return slope == 0 ? point : ops.add(point, slope == 1 ? t : ops.mul(t, slope));
                })
                .toList();
        Node result = elementwise
                ? builder.apply(guarded.op(), operands)
                : builder.apply(guarded.op(), List.of(ops.concat(operands, 0)));
        return builder.build(List.of(result));
    }

    /** An operation that doesn't bend has no second derivative; one that does has one somewhere. */
    @ParameterizedTest
    @MethodSource("samples")
    void bendsWhereItSays(Sample sample) {
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        TensorType type = TensorType.of(
                DType.FLOAT64,
                sample.floating().stream()
                        .mapToLong(i -> sample.inputs().get(i).size())
                        .sum());
        Node point = builder.input("point", type);
        List<Node> arguments = new ArrayList<>();
        List<JavaKernels.Tensor> values = new ArrayList<>();
        Random random = new Random(5);
        List<Double> numbers = new ArrayList<>();
        long offset = 0;
        for (int i = 0; i < sample.inputs().size(); i++) {
            TensorType input = sample.inputs().get(i);
            JavaKernels.Tensor drawn = sample.draw(random, input);
            if (sample.floating().contains(i)) {
                arguments.add(ops.reshape(ops.slice(point, 0, offset, offset + input.size()), input.shape()));
                Arrays.stream(drawn.values()).forEach(numbers::add);
                offset += input.size();
            } else {
                arguments.add(builder.input("other" + i, input));
                values.add(drawn);
            }
        }
        values.add(
                0,
                JavaKernels.Tensor.of(
                        type, numbers.stream().mapToDouble(number -> number).toArray()));
        Node result = builder.inline(sample.graph(), arguments).get(0);
        Node sum = ops.reshape(ops.sum(result, ops.allAxes(result)), Shape.SCALAR);
        Graph hessian = Derivatives.hessian(builder.build(List.of(sum)));
        boolean curved =
                Arrays.stream(Plan.evaluate(hessian, values).get(0).values()).anyMatch(value -> value != 0);
        if (result.type().size() > 0 && sample.derivative() == Sample.Derivative.EXACT && !isTrivial(sample)) {
            assertThat(curved).isEqualTo(sample.op().bends());
        }
    }

    private static boolean isTrivial(Sample sample) {
        return sample.inputs().stream().anyMatch(input -> input.size() == 0 || isNumber(sample, input));
    }

    /** A matrix of one row is a number, and so are its determinant and its eigenvalue. */
    private static boolean isNumber(Sample sample, TensorType input) {
        return sample.op() instanceof MatrixOp && input.size() == 1;
    }
}
