package org.curvature4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.JavaKernels.Tensor;
import org.curvature4j.op.Ops;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The two halves of each Hessian before they are made one: computed by different sums, so that a derivative rule with a
 * wrong term, such as one behind a guard at 0, shows as an asymmetry.
 */
class HessianSymmetryTest {
    /** Where rules have guards: 0 and 1; and numbers on either side. */
    private static final double[] PLACES = {-2, -1, -0.5, 0, 0.25, 1, 1.5, 3};

    static Stream<Elementwise> operations() {
        return Arrays.stream(Elementwise.values());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void agreeAtGuardedPlaces(Elementwise op) {
        Graph function = function(op);
        List<Graph> hessians = List.of(Derivatives.hessian(function), Derivatives.structuredHessian(function));
        TensorType type = function.inputs().get(0).type();
        for (double x : PLACES) {
            for (double y : PLACES) {
                List<Tensor> point = List.of(Tensor.of(type, x, y));
                if (isDefinedAround(function, x, y)) {
                    for (Graph hessian : hessians) {
                        assertSymmetric(
                                op + " at (" + x + ", " + y + ")",
                                Plan.evaluate(hessian, point).get(0).values());
                    }
                }
            }
        }
    }

    /** f(x, y), or f(x y) of one operand. */
    private static Graph function(Elementwise op) {
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Node point = builder.input("point", TensorType.of(DType.FLOAT64, 2));
        List<Node> parts = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            parts.add(ops.reshape(ops.slice(point, 0, i, i + 1), Shape.SCALAR));
        }
        Node result = op.arity() == 2
                ? builder.apply(op, parts)
                : builder.apply(op, List.of(ops.mul(parts.get(0), parts.get(1))));
        return builder.build(List.of(result));
    }

    /** At the border of where a function is defined it has no Hessian. */
    private static boolean isDefinedAround(Graph function, double x, double y) {
        TensorType type = function.inputs().get(0).type();
        for (double dx : new double[] {-1e-3, 0, 1e-3}) {
            for (double dy : new double[] {-1e-3, 0, 1e-3}) {
                List<Tensor> near = List.of(Tensor.of(type, x + dx, y + dy));
                if (!Double.isFinite(Plan.evaluate(function, near).get(0).values()[0])) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Mirrored entries of a square matrix differ by rounding of its largest entry, or are both NaN or infinite. */
    static void assertSymmetric(String what, double... matrix) {
        int n = (int) Math.sqrt(matrix.length);
        assertThat(matrix).as(what).hasSize(n * n);
        double largest = Arrays.stream(matrix)
                .filter(Double::isFinite)
                .map(Math::abs)
                .max()
                .orElse(0);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double lower = matrix[i * n + j];
                double upper = matrix[j * n + i];
                boolean alike = Double.isFinite(lower)
                        ? Math.abs(lower - upper) <= 64 * n * Math.ulp(1.0) * (1 + largest)
                        : !Double.isFinite(upper);
                assertThat(alike)
                        .as(
                                "%s: expected the same numbers at [%d, %d] and mirrored, got %s and %s",
                                what, i, j, lower, upper)
                        .isTrue();
            }
        }
    }
}
