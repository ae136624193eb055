package org.curvature4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.curvature4j.DerivativeMode;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.blas.FaultyKernels;
import org.curvature4j.internal.blas.FaultyKernels.Fault;
import org.curvature4j.internal.engine.EngineRunner;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.backend.Engine;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.op.LinearAlgebra;
import org.curvature4j.op.Ops;
import org.curvature4j.spectrum.Solvers;
import org.curvature4j.spectrum.UnverifiedResultException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** With a wrong library behind the kernels, decompositions in graphs and their derivatives are right, or refused. */
class FaultyMatricesTest {
    private static final int N = 12;

    private interface OfMatrix {
        Node of(Ops ops, Node a);
    }

    private static final Map<String, OfMatrix> FUNCTIONS = new LinkedHashMap<>();

    static {
        FUNCTIONS.put("cholesky", LinearAlgebra::cholesky);
        FUNCTIONS.put("inverse", LinearAlgebra::inverse);
        FUNCTIONS.put("solve transposed", (o, a) -> LinearAlgebra.solve(o, a, o.slice(a, 1, 0, 2), true));
        FUNCTIONS.put("determinant", LinearAlgebra::determinant);
        FUNCTIONS.put("triangular", (o, a) -> LinearAlgebra.triangularSolve(o, a, o.slice(a, 1, 0, 2), false, true));
        FUNCTIONS.put(
                "least squares", (o, a) -> LinearAlgebra.leastSquares(o, o.slice(a, 1, 0, 5), o.slice(a, 1, 5, 7)));
        FUNCTIONS.put("q", (o, a) -> LinearAlgebra.qr(o, a).q());
        FUNCTIONS.put("r", (o, a) -> LinearAlgebra.qr(o, o.slice(a, 1, 0, 4)).r());
        FUNCTIONS.put("eigenvalues", LinearAlgebra::eigenvalues);
        FUNCTIONS.put("eigenvectors", (o, a) -> LinearAlgebra.eigen(o, a).vectors());
        FUNCTIONS.put("singular values", LinearAlgebra::singularValues);
        FUNCTIONS.put(
                "left", (o, a) -> LinearAlgebra.svd(o, o.slice(a, 1, 0, 4)).left());
    }

    static Stream<Arguments> functions() {
        return FUNCTIONS.keySet().stream()
                .flatMap(name -> Stream.of(Fault.values()).map(fault -> Arguments.of(name, fault)));
    }

    @BeforeAll
    static void startNd4j() {
        Backend.get();
    }

    private static Graph graph(OfMatrix function) {
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Node point = builder.input("a", TensorType.of(DType.FLOAT64, N * N));
        Node result = function.of(ops, ops.reshape(point, Shape.of(N, N)));
        Node sum = ops.sum(ops.square(result), ops.allAxes(result));
        Node first =
                ops.reshape(ops.slice(ops.reshape(result, Shape.of(result.type().size())), 0, 0, 1), Shape.SCALAR);
        return Derivatives.jacobian(
                builder.build(List.of(ops.reshape(ops.add(sum, first), Shape.of(1)))), DerivativeMode.REVERSE);
    }

    private static double[] points(int count) {
        Random random = new Random(3);
        double[] points = random.doubles((long) count * N * N, -0.3, 0.3).toArray();
        for (int i = 0; i < points.length; i++) {
            int at = i % (N * N);
            int row = at / N;
            points[i] += at % N == row ? 2 + 0.5 * row : 0;
        }
        return points;
    }

    @ParameterizedTest
    @MethodSource("functions")
    void javaCodeComputesWhatTheLibraryGetsWrong(String name, Fault fault) {
        Graph gradient = graph(FUNCTIONS.get(name));
        double[] points = points(3);
        for (Engine engine : new Engine[] {Engine.LOOPS, Engine.PLAN}) {
            double[] right = EngineRunner.evaluate(engine, gradient, points).orElseThrow();
            long before = Solvers.recomputed();
            double[] found;
            try (FaultyKernels wrong = new FaultyKernels(fault, false)) {
                found = EngineRunner.evaluate(engine, gradient, points).orElseThrow();
            }
            assertThat(Solvers.recomputed()).isGreaterThan(before);
            assertThat(found).hasSameSizeAs(right);
            for (int i = 0; i < right.length; i++) {
                assertThat(found[i]).isCloseTo(right[i], within(1e-10 * (1 + Math.abs(right[i]))));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void whatFailsTwiceIsRefused(String name, Fault fault) {
        Graph gradient = graph(FUNCTIONS.get(name));
        if (fault == Fault.NO_RESULT || fault == Fault.NOT_A_NUMBER) {
            // That both find none is what a matrix without a result looks like, where there are such matrices.
            return;
        }
        try (FaultyKernels wrong = new FaultyKernels(fault, true)) {
            assertThatThrownBy(() -> EngineRunner.evaluate(Engine.PLAN, gradient, points(1)))
                    .isInstanceOf(UnverifiedResultException.class)
                    .hasMessageContaining("matrix: expected a result that fit it to rounding, got none from ");
        }
    }

    /** A library that finds no factor where there is one isn't believed, and one that is right about it is. */
    @Test
    void thatThereIsNoneIsBelievedWhereJavaCodeFindsNone() {
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Node point = builder.input("a", TensorType.of(DType.FLOAT64, N * N));
        Node logarithm = LinearAlgebra.logDeterminant(ops, ops.reshape(point, Shape.of(N, N)));
        Graph graph = builder.build(List.of(ops.reshape(logarithm, Shape.of(1))));
        double[] points = points(2);
        points[0] = -1;
        long before = Solvers.recomputed();

        double[] found = EngineRunner.evaluate(Engine.PLAN, graph, points).orElseThrow();

        assertThat(found[0]).isNaN();
        assertThat(found[1]).isFinite();
        assertThat(Solvers.recomputed()).isEqualTo(before);
    }
}
