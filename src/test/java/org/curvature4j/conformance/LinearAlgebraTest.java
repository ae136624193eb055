package org.curvature4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
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
import org.curvature4j.op.JavaKernels.Tensor;
import org.curvature4j.op.LinearAlgebra;
import org.curvature4j.op.Ops;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.SingularValueDecomposition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Linear algebra in graphs, held to Hipparchus, to identities, and to what is said of points without a result. */
class LinearAlgebraTest {

    private interface OfMatrix {
        Node of(Ops ops, Node a);
    }

    @BeforeAll
    static void startNd4j() {
        Backend.get();
    }

    /** A function of a matrix, whose numbers are the point. */
    private static Graph graph(long rows, long columns, OfMatrix function) {
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Node point = builder.input("a", TensorType.of(DType.FLOAT64, rows * columns));
        Node result = function.of(ops, ops.reshape(point, Shape.of(rows, columns)));
        return builder.build(List.of(ops.reshape(result, Shape.of(result.type().size()))));
    }

    private static double[] run(Graph graph, double[] point) {
        TensorType type = graph.inputs().get(0).type();
        return Plan.evaluate(graph, List.of(Tensor.of(type, point))).get(0).values();
    }

    private static double[] run(long rows, long columns, double[] point, OfMatrix function) {
        return run(graph(rows, columns, function), point);
    }

    private static double[] numbers(Random random, int rows, int columns) {
        double[] a = random.doubles((long) rows * columns, -1, 1).toArray();
        for (int i = 0; i < Math.min(rows, columns); i++) {
            a[i * columns + i] += 1 + 0.3 * i;
        }
        return a;
    }

    private static RealMatrix matrix(int rows, int columns, double[] a) {
        RealMatrix matrix = new Array2DRowRealMatrix(rows, columns);
        for (int i = 0; i < a.length; i++) {
            matrix.setEntry(i / columns, i % columns, a[i]);
        }
        return matrix;
    }

    private static double[] numbers(RealMatrix matrix) {
        return Arrays.stream(matrix.getData()).flatMapToDouble(Arrays::stream).toArray();
    }

    private static void assertClose(double[] actual, double[] expected) {
        double scale = Arrays.stream(expected).map(Math::abs).max().orElse(0);
        assertThat(actual).containsExactly(expected, within(1e-11 * (1 + scale)));
    }

    private static double[] absolute(double[] values) {
        return Arrays.stream(values).map(Math::abs).toArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 6, 9, 20})
    void squareMatricesAgreeWithHipparchus(int n) {
        double[] a = numbers(new Random(n), n, n);
        RealMatrix general = matrix(n, n, a);
        RealMatrix symmetric = general.add(general.transpose()).scalarMultiply(0.5);
        RealMatrix covariance = general.multiply(general.transpose());
        LUDecomposition lu = new LUDecomposition(general);
        double determinant = lu.getDeterminant();
        assertClose(run(n, n, a, LinearAlgebra::inverse), numbers(lu.getSolver().getInverse()));
        assertClose(run(n, n, a, LinearAlgebra::determinant), new double[] {determinant});
        assertClose(
                run(n, n, a, (o, x) -> LinearAlgebra.signedLogDeterminant(o, x).logarithm()),
                new double[] {Math.log(Math.abs(determinant))});
        assertThat(run(n, n, a, (o, x) -> LinearAlgebra.signedLogDeterminant(o, x)
                        .sign()))
                .containsExactly(Math.signum(determinant));
        double[] spd = numbers(covariance);
        CholeskyDecomposition cholesky = new CholeskyDecomposition(covariance, 1e-10, 1e-300);
        assertClose(run(n, n, spd, LinearAlgebra::cholesky), numbers(cholesky.getL()));
        assertClose(run(n, n, spd, LinearAlgebra::logDeterminant), new double[] {Math.log(cholesky.getDeterminant())});
        double[] values = new EigenDecompositionSymmetric(symmetric).getEigenvalues();
        Arrays.sort(values);
        assertClose(run(n, n, a, LinearAlgebra::eigenvalues), values);
        assertClose(run(n, n, a, LinearAlgebra::trace), new double[] {general.getTrace()});
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void rectangularMatricesAgreeWithHipparchus(int columns) {
        int rows = columns + 3;
        double[] a = numbers(new Random(columns), rows, columns);
        RealMatrix tall = matrix(rows, columns, a);
        double[] values = new SingularValueDecomposition(tall).getSingularValues();
        assertClose(run(rows, columns, a, LinearAlgebra::singularValues), values);
        assertClose(run(columns, rows, numbers(tall.transpose()), LinearAlgebra::singularValues), values);
        RealMatrix r = new QRDecomposition(tall).getR().getSubMatrix(0, columns - 1, 0, columns - 1);
        double[] ours = run(rows, columns, a, (o, x) -> LinearAlgebra.qr(o, x).r());
        assertClose(absolute(ours), absolute(numbers(r)));
    }

    /** What decompositions multiply to is the matrix again, tall or wide. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 11})
    void factorsMultiplyToTheirMatrix(int rows) {
        for (int columns = Math.max(1, rows - 2); columns <= rows + 2; columns++) {
            double[] a = numbers(new Random(rows), rows, columns);
            assertClose(run(rows, columns, a, (o, x) -> LinearAlgebra.product(o, qr(o, x).q(), qr(o, x).r())), a);
            assertClose(
                    run(rows, columns, a, (o, x) -> {
                        LinearAlgebra.Svd svd = LinearAlgebra.svd(o, x);
                        long k = svd.values().shape().dim(0);
                        Node scaled = o.mul(svd.left(), o.reshape(svd.values(), Shape.of(1, k)));
                        return LinearAlgebra.product(o, scaled, LinearAlgebra.transpose(o, svd.right()));
                    }),
                    a);
            RealMatrix matrix = matrix(rows, columns, a);
            double[] b = numbers(new Random(3), rows, 2);
            // The least of all solutions is the pseudo-inverse's.
            RealMatrix expected = new SingularValueDecomposition(matrix)
                    .getSolver()
                    .getInverse()
                    .multiply(matrix(rows, 2, b));
            assertClose(
                    run(
                            rows,
                            columns,
                            a,
                            (o, x) -> LinearAlgebra.leastSquares(
                                    o,
                                    x,
                                    o.builder()
                                            .literal(
                                                    TensorType.of(
                                                            DType.FLOAT64,
                                                            x.shape().dim(0),
                                                            2),
                                                    b))),
                    numbers(expected));
        }
    }

    private static LinearAlgebra.Qr qr(Ops o, Node x) {
        return LinearAlgebra.qr(o, x);
    }

    @Test
    void theDerivativeOfALogarithmOfADeterminantIsTheInverse() {
        for (int n : new int[] {2, 4, 7, 12}) {
            double[] a = numbers(new Random(n), n, n);
            double[] transposed = numbers(matrix(n, n, a).transpose());
            Graph logarithm = graph(
                    n, n, (o, x) -> LinearAlgebra.signedLogDeterminant(o, x).logarithm());
            for (DerivativeMode mode : new DerivativeMode[] {DerivativeMode.FORWARD, DerivativeMode.REVERSE}) {
                double[] gradient = run(Derivatives.jacobian(logarithm, mode), a);
                assertClose(gradient, run(n, n, transposed, LinearAlgebra::inverse));
            }
        }
    }

    /** One point of a batch without a result is NaN, by every engine, and the others are what they are alone. */
    @Test
    void onePointWithoutAResultDoesNotTouchTheOthers() {
        for (int n : new int[] {2, 3, 6, 11}) {
            List<OfMatrix> functions =
                    List.of(LinearAlgebra::cholesky, LinearAlgebra::inverse, (o, x) -> LinearAlgebra.solve(o, x, x));
            for (OfMatrix function : functions) {
                Graph graph = graph(n, n, function);
                double[] points = new double[5 * n * n];
                for (int i = 0; i < 5; i++) {
                    RealMatrix m = matrix(n, n, numbers(new Random(i), n, n));
                    System.arraycopy(numbers(m.multiply(m.transpose())), 0, points, i * n * n, n * n);
                }
                Arrays.fill(points, 2 * n * n, 3 * n * n, 0);
                for (Engine engine : new Engine[] {Engine.FUSED, Engine.LOOPS, Engine.PLAN}) {
                    EngineRunner.evaluate(engine, graph, points).ifPresent(values -> {
                        int size = n * n;
                        assertThat(Arrays.copyOfRange(values, 2 * size, 3 * size))
                                .containsOnly(Double.NaN);
                        for (int i : new int[] {0, 1, 3, 4}) {
                            double[] alone = run(graph, Arrays.copyOfRange(points, i * size, (i + 1) * size));
                            assertClose(Arrays.copyOfRange(values, i * size, (i + 1) * size), alone);
                        }
                    });
                }
            }
        }
    }

    /** By LAPACK, with one matrix for all points and with one a point; by tiles of 64 and of 256, on one thread and on three. */
    @Test
    void noBitDependsOnTilesOrThreads() {
        int n = 12;
        double[] fixed = numbers(new Random(9), n, n);
        List<OfMatrix> functions = List.of(
                (o, x) -> LinearAlgebra.solve(
                        o, o.builder().literal(TensorType.of(DType.FLOAT64, n, n), fixed), o.slice(x, 1, 0, 3)),
                (o, x) -> LinearAlgebra.triangularSolve(
                        o, o.builder().literal(TensorType.of(DType.FLOAT64, n, n), fixed), x, true, false),
                LinearAlgebra::inverse,
                LinearAlgebra::eigenvalues,
                LinearAlgebra::singularValues,
                (o, x) -> LinearAlgebra.qr(o, x).r());
        double[] points = new double[700 * n * n];
        for (int i = 0; i < 700; i++) {
            System.arraycopy(numbers(new Random(i), n, n), 0, points, i * n * n, n * n);
        }
        for (OfMatrix function : functions) {
            Graph graph = graph(n, n, function);
            for (Engine engine : new Engine[] {Engine.LOOPS, Engine.PLAN}) {
                double[] first = EngineRunner.evaluate(engine, graph, points, List.of(), 1, 64)
                        .orElseThrow();
                assertThat(EngineRunner.evaluate(engine, graph, points, List.of(), 3, 256)
                                .orElseThrow())
                        .containsExactly(first);
                assertThat(EngineRunner.evaluate(engine, graph, points, List.of(), 2, 8)
                                .orElseThrow())
                        .containsExactly(first);
            }
        }
    }

    /** What depends on the order of rounding alone is refused by NaN; what doesn't is right. */
    @Test
    void repeatedEigenvaluesHaveFirstDerivativesOnly() {
        double[] identity = {1, 0, 0, 0, 1, 0, 0, 0, 1};
        OfMatrix sum = (o, x) -> o.sum(o.exp(LinearAlgebra.eigenvalues(o, x)), List.of(0));
        Graph gradient = Derivatives.jacobian(graph(3, 3, sum), DerivativeMode.REVERSE);
        assertClose(
                run(gradient, identity),
                Arrays.stream(identity).map(x -> x * Math.E).toArray());
        assertThat(run(Derivatives.jacobian(gradient, DerivativeMode.FORWARD), identity))
                .contains(Double.NaN);
        // The same of a matrix function that needs no eigenvalues has them: log det.
        Graph logarithm = graph(3, 3, LinearAlgebra::logDeterminant);
        Graph second =
                Derivatives.jacobian(Derivatives.jacobian(logarithm, DerivativeMode.REVERSE), DerivativeMode.FORWARD);
        assertThat(run(second, identity)).doesNotContain(Double.NaN);
        OfMatrix vectors = (o, x) -> LinearAlgebra.eigen(o, x).vectors();
        assertThat(run(Derivatives.jacobian(graph(3, 3, vectors), DerivativeMode.FORWARD), identity))
                .contains(Double.NaN);
    }

    @Test
    void aSmallDeterminantHasDerivativesAtSingularMatrices() {
        double[] singular = {1, 2, 3, 2, 4, 6, 1, 0, 1};
        Graph gradient = Derivatives.jacobian(graph(3, 3, LinearAlgebra::determinant), DerivativeMode.REVERSE);
        assertThat(run(gradient, singular)).containsExactly(new double[] {4, 4, -4, -2, -2, 2, 0, 0, 0}, within(1e-14));
        double[] zeros = new double[16];
        Graph larger = graph(4, 4, LinearAlgebra::determinant);
        assertThat(run(larger, zeros)).containsExactly(0);
        assertThat(run(Derivatives.jacobian(larger, DerivativeMode.REVERSE), zeros))
                .containsOnly(Double.NaN);
    }

    /** Far from one in size, where squares overflow. */
    @Test
    void sizesNearTheEndsOfTheRangeAreNoMatter() {
        for (int n : new int[] {2, 3, 6}) {
            double[] a = numbers(new Random(n), n, n);
            for (double scale : new double[] {0x1p600, 0x1p-600}) {
                double[] scaled = Arrays.stream(a).map(x -> x * scale).toArray();
                for (OfMatrix function : List.<OfMatrix>of(
                        LinearAlgebra::singularValues, LinearAlgebra::eigenvalues, (o, x) -> LinearAlgebra.qr(o, x)
                                .r())) {
                    double[] expected = run(n, n, a, function);
                    for (Engine engine : new Engine[] {Engine.FUSED, Engine.LOOPS, Engine.PLAN}) {
                        EngineRunner.evaluate(engine, graph(n, n, function), scaled)
                                .ifPresent(values -> assertClose(
                                        Arrays.stream(values)
                                                .map(x -> x / scale)
                                                .toArray(),
                                        expected));
                    }
                }
            }
        }
    }
}
