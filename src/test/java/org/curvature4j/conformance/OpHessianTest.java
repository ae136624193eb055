package org.curvature4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.internal.transform.Simplifier;
import org.curvature4j.op.JavaKernels.Tensor;
import org.curvature4j.op.Ops;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the Hessian by the chain rule of second order to that of forward over reverse, through every operation. */
class OpHessianTest {

    static Stream<Sample> samples() {
        return OpConformanceTest.differentiable()
                .filter(sample -> sample.floating().stream()
                                .map(sample.inputs()::get)
                                .allMatch(type -> type.dtype() == DType.FLOAT64)
                        && sample.graph().outputs().get(0).dtype() == DType.FLOAT64
                        && sample.size() > 0
                        && sample.size() < 200);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void agreesWithForwardOverReverse(Sample sample) {
        for (boolean tensor : new boolean[] {false, true}) {
            if (!tensor || sample.floating().size() == 1) {
                check(sample, loss(sample, tensor));
            }
        }
    }

    private static void check(Sample sample, Graph loss) {
        Graph structured = Derivatives.structuredHessian(loss);
        Graph expected = Derivatives.hessian(loss);
        assertThat(structured.outputs().get(0).type())
                .isEqualTo(expected.outputs().get(0).type());
        List<Tensor> arguments = new ArrayList<>(sample.drawPoint(new Random(11)));
        TensorType point = loss.inputs().get(0).type();
        arguments.set(0, Tensor.of(point, arguments.get(0).values()));
        double[] values = Plan.evaluate(expected, arguments).get(0).values();
        double scale = Arrays.stream(values).map(Math::abs).max().orElse(0);
        HessianSymmetryTest.assertSymmetric(sample.toString(), values);
        for (Graph graph : List.of(structured, Simplifier.simplify(structured))) {
            assertThat(Plan.evaluate(graph, arguments).get(0).values()).satisfies(actual -> {
                HessianSymmetryTest.assertSymmetric(sample.toString(), actual);
                for (int i = 0; i < values.length; i++) {
                    assertThat(actual[i]).as("element %d", i).isCloseTo(values[i], within(1e-12 * (1 + scale)));
                }
            });
        }
    }

    /**
     * A curved function of the operation's results and of products of them, so that every way into the Hessian is taken.
     *
     * @param tensor whether the point is the only input in its own shape, or a vector of all that vary
     */
    private static Graph loss(Sample sample, boolean tensor) {
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Graph function = tensor ? sample.graph() : sample.ofPoint();
        List<Node> arguments = new ArrayList<>();
        for (Node input : function.inputs()) {
            arguments.add(builder.input("x" + arguments.size(), input.type()));
        }
        Node result = builder.inline(function, arguments).get(0);
        Node flat = ops.reshape(result, Shape.of(result.type().size()));
        double[] weights = new Random(12).doubles(flat.type().size(), -1, 1).toArray();
        Node curved = ops.sin(ops.mul(flat, builder.literal(flat.type(), weights)));
        Node sum = ops.sum(curved, List.of(0));
        Node square = ops.reshape(ops.einsum("a,a->", flat, curved), Shape.of(1));
        return builder.build(List.of(ops.reshape(ops.add(sum, square), Shape.SCALAR)));
    }
}
