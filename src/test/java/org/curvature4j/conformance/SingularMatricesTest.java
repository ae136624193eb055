package org.curvature4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
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
import org.curvature4j.internal.transform.KinkPoints;
import org.curvature4j.op.LinearAlgebra;
import org.curvature4j.op.Ops;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Matrices without a decomposition, or whose decomposition has no derivative: NaN by every engine, told of in words, and nothing
 * else of the batch is touched.
 */
class SingularMatricesTest {
    private static final int POINTS = 5;
    private static final int SINGULAR = 2;

    private interface OfMatrix {
        Node of(Ops ops, Node a);
    }

    /** Which of a matrix' elements there are. */
    private interface Elements {
        double at(int i, int j);
    }

    /**
     * A function of matrices.
     *
     * @param more rows than columns
     * @param order of the first derivative that there isn't at the singular matrix
     * @param singular of rows and columns with any number of them
     * @param words that tell of it
     */
    private record Case(String name, int more, int order, OfMatrix function, Elements singular, String words) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static double column(int i, int j) {
        return i == j ? 1 : i == j + 2 ? 0.3 : 0;
    }

    /** The third column is the sum of the first two, but for rounding. */
    private static final Elements DEPENDENT = (i, j) -> j == 2 ? 0.7 * column(i, 0) + 0.1 * column(i, 1) : column(i, j);

    static Stream<Case> cases() {
        Elements indefinite = (i, j) -> i != j ? 0 : i == 1 ? -1 : 1;
        Elements ones = (i, j) -> 1;
        Elements identity = (i, j) -> i == j ? 1 : 0;
        Elements zeroLast = (i, j) -> i == j && i != 1 ? 1 : 0;
        String pivot = "not positive definite to rounding";
        String singular = "singular to rounding";
        String rank = "without full rank to rounding";
        return Stream.of(
                new Case("cholesky", 0, 0, LinearAlgebra::cholesky, indefinite, pivot),
                new Case("log determinant", 0, 0, LinearAlgebra::logDeterminant, zeroLast, pivot),
                new Case("inverse", 0, 0, LinearAlgebra::inverse, ones, singular),
                new Case("solve", 0, 0, (o, a) -> LinearAlgebra.solve(o, a, o.slice(a, 1, 0, 1), true), ones, singular),
                new Case(
                        "triangular solve",
                        0,
                        0,
                        (o, a) -> LinearAlgebra.triangularSolve(o, a, o.slice(a, 1, 0, 1), false, true),
                        zeroLast,
                        "with a zero on the diagonal"),
                new Case(
                        "log size of determinant",
                        0,
                        1,
                        (o, a) -> LinearAlgebra.signedLogDeterminant(o, a).logarithm(),
                        ones,
                        singular),
                new Case("qr", 2, 1, (o, a) -> LinearAlgebra.qr(o, a).r(), DEPENDENT, rank),
                new Case(
                        "least squares",
                        2,
                        0,
                        (o, a) -> LinearAlgebra.leastSquares(o, a, o.slice(a, 1, 0, 1)),
                        DEPENDENT,
                        rank),
                new Case("eigenvalues", 0, 2, LinearAlgebra::eigenvalues, identity, "with eigenvalues equal"),
                new Case(
                        "eigenvectors",
                        0,
                        1,
                        (o, a) -> LinearAlgebra.eigen(o, a).vectors(),
                        identity,
                        "with eigenvalues equal"),
                new Case(
                        "singular values", 1, 2, LinearAlgebra::singularValues, identity, "with singular values equal"),
                new Case(
                        "singular vectors",
                        1,
                        1,
                        (o, a) -> LinearAlgebra.svd(o, a).left(),
                        identity,
                        "with singular values equal"));
    }

    @BeforeAll
    static void startNd4j() {
        Backend.get();
    }

    /** A sum of the results, each with a weight of its own. */
    private static Graph graph(int rows, int columns, OfMatrix function) {
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Node point = builder.input("a", TensorType.of(DType.FLOAT64, (long) rows * columns));
        Node result = function.of(ops, ops.reshape(point, Shape.of(rows, columns)));
        double[] weights = new Random(4).doubles(result.type().size(), 0.5, 1.5).toArray();
        Node weighted = ops.mul(result, builder.literal(result.type(), weights));
        return builder.build(List.of(ops.reshape(ops.sum(weighted, ops.allAxes(weighted)), Shape.of(1))));
    }

    private static void fill(double[] points, int point, int rows, int columns, Elements elements) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                points[(point * rows + i) * columns + j] = elements.at(i, j);
            }
        }
    }

    /** Diagonally dominant, with eigenvalues far from each other, but for one. */
    private static double[] points(int rows, int columns, Elements singular) {
        double[] points = new double[POINTS * rows * columns];
        Random random = new Random(rows);
        for (int point = 0; point < POINTS; point++) {
            fill(points, point, rows, columns, (i, j) -> 0.05 * random.nextDouble() + (i == j ? 1 + i : 0));
        }
        fill(points, SINGULAR, rows, columns, singular);
        return points;
    }

    private static double[] row(double[] rows, int index) {
        int length = rows.length / POINTS;
        return Arrays.copyOfRange(rows, index * length, (index + 1) * length);
    }

    /** Few columns are unrolled, many LAPACK's. */
    @ParameterizedTest
    @MethodSource("cases")
    void isNaNAndToldOfByEveryEngine(Case row) {
        for (int columns : new int[] {3, 9}) {
            int rows = columns + row.more;
            double[] points = points(rows, columns, row.singular);
            Graph values = graph(rows, columns, row.function);
            Graph graph = values;
            for (int order = 0; order <= (columns > 3 ? 1 : Math.max(1, row.order)); order++) {
                for (Engine engine : new Engine[] {Engine.FUSED, Engine.LOOPS, Engine.PLAN}) {
                    boolean lost = order >= row.order;
                    Graph evaluated = graph;
                    String what = row + " of " + columns + ", derivative " + order + ", " + engine;
                    EngineRunner.evaluate(engine, evaluated, points).ifPresent(results -> {
                        assertThat(Arrays.stream(row(results, SINGULAR)).anyMatch(Double::isNaN))
                                .as(what)
                                .isEqualTo(lost);
                        double[] others = EngineRunner.evaluate(
                                        engine, evaluated, points(rows, columns, (i, j) -> i == j ? 2 + i : 0))
                                .orElseThrow();
                        for (int i = 0; i < POINTS; i++) {
                            if (i != SINGULAR) {
                                assertThat(row(results, i)).as(what).containsExactly(row(others, i), within(1e-300));
                            }
                        }
                    });
                }
                graph = Derivatives.jacobian(graph, order % 2 == 0 ? DerivativeMode.REVERSE : DerivativeMode.FORWARD);
            }
            KinkPoints kinks = KinkPoints.of(values);
            assertThat(kinks.operations()).anyMatch(place -> place.words().startsWith(row.words));
            Graph marks = Objects.requireNonNull(kinks.indicators());
            for (Engine engine : new Engine[] {Engine.FUSED, Engine.LOOPS, Engine.PLAN}) {
                EngineRunner.evaluate(engine, marks, points).ifPresent(found -> {
                    for (int i = 0; i < POINTS; i++) {
                        double[] mark = row(found, i);
                        for (int k = 0; k < kinks.operations().size(); k++) {
                            boolean told = i == SINGULAR
                                    && kinks.operations().get(k).words().startsWith(row.words);
                            assertThat(mark[k])
                                    .as("%s of %d, point %d, %s", row, columns, i, engine)
                                    .isEqualTo(told ? 1 : 0);
                        }
                    }
                });
            }
        }
    }

    /** A matrix of constants has no result at any point. */
    @Test
    void aConstantMatrixIsToldOfToo() {
        double[] ones = new double[9];
        Arrays.fill(ones, 1);
        Graph graph = graph(
                3,
                3,
                (o, a) -> LinearAlgebra.triangularSolve(
                        o,
                        LinearAlgebra.cholesky(o, o.neg(o.builder().literal(TensorType.of(DType.FLOAT64, 3, 3), ones))),
                        a,
                        true,
                        false));
        Graph marks = Objects.requireNonNull(KinkPoints.of(graph).indicators());

        double[] found = EngineRunner.evaluate(Engine.PLAN, marks, new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9})
                .orElseThrow();

        assertThat(found[found.length - 1]).isEqualTo(1);
    }

    /** NaN that came in is nothing that a decomposition did. */
    @Test
    void whatIsNoNumberBeforeIsNotTold() {
        Graph graph = graph(2, 2, LinearAlgebra::cholesky);
        Graph marks = Objects.requireNonNull(KinkPoints.of(graph).indicators());

        assertThat(EngineRunner.evaluate(Engine.PLAN, marks, new double[] {1, Double.NaN, 0, 1}))
                .hasValueSatisfying(found -> assertThat(found).containsOnly(0));
    }

    /**
     * Near equal eigenvalues second derivatives lose what the gap says: the sum of exp of them, whose derivatives are known,
     * has an error of units in the last place over the gap, and the matrix' own scale counts.
     */
    @Test
    void derivativesNearEqualEigenvaluesAreAsGoodAsTheGapAllows() {
        OfMatrix sum = (o, a) -> o.sum(o.exp(LinearAlgebra.eigenvalues(o, a)), List.of(0));
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Node point = builder.input("a", TensorType.of(DType.FLOAT64, 4));
        Node result = sum.of(ops, ops.reshape(point, Shape.of(2, 2)));
        Graph first =
                Derivatives.jacobian(builder.build(List.of(ops.reshape(result, Shape.of(1)))), DerivativeMode.REVERSE);
        Graph second = Derivatives.jacobian(first, DerivativeMode.FORWARD);
        DoubleUnaryOperator exact = gap -> Math.exp(1) * Math.expm1(gap) / gap;
        for (double gap : new double[] {1e-2, 1e-5, 1e-8, 1e-11}) {
            double[] found = EngineRunner.evaluate(Engine.PLAN, second, new double[] {1, 0, 0, 1 + gap})
                    .orElseThrow();

            // By a_01 twice: half the divided difference of exp, of (A + A') / 2.
            double expected = exact.applyAsDouble(1 + gap - 1) / 2;
            assertThat(found[1 * 4 + 1]).isCloseTo(expected, within(8 * Math.ulp(1.0) * expected / gap));
        }
    }
}
