package org.curvature4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.curvature4j.Quantity.GRADIENT;
import static org.curvature4j.Quantity.HESSIAN;
import static org.curvature4j.Quantity.JACOBIAN;
import static org.curvature4j.Quantity.LAPLACIAN;
import static org.curvature4j.Quantity.VALUE;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.EngineRunner;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.backend.Engine;
import org.curvature4j.internal.engine.fused.FusedRunner;
import org.curvature4j.internal.host.ArrayRows;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.internal.transform.Simplifier;
import org.curvature4j.internal.transform.Vmap;
import org.curvature4j.internal.transform.Work;
import org.curvature4j.internal.tutorial.ModelGraph;
import org.curvature4j.internal.tutorial.Models;
import org.curvature4j.io.RandomPoints;
import org.curvature4j.op.Ops;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSink;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Value and derivatives computed together are those computed apart, for less. */
class PreparedDerivativesTest {
    private static final int POINTS = 5;
    /** Sums in another order, of numbers of about 1. */
    private static final double ROUNDING = 1e-12;

    @BeforeAll
    static void start() {
        Backend.get();
    }

    private static TensorFunction function(String model) {
        ModelGraph graph = Models.byName(model, 7);
        return TensorFunction.of(graph.sd(), graph.output(), graph.input());
    }

    private static INDArray points(TensorFunction function) {
        return RandomPoints.of(3, POINTS, function.inputSize()).readRows(0, POINTS);
    }

    private static double[] apart(TensorFunction derivative, INDArray points) {
        try (PreparedFunction prepared = derivative.prepare()) {
            return numbers(prepared.batch(points));
        }
    }

    private static double[] numbers(INDArray array) {
        return array.dup('c').data().asDouble();
    }

    /** Small enough for fused code, for loops, and large at each point. */
    @ParameterizedTest
    @ValueSource(strings = {"monkey-saddle", "mlp:4-8-1", "mlp:8-32-32-1", "mlp:500-20-1"})
    void areThoseOfEachByItself(String model) {
        TensorFunction f = function(model);
        int n = Math.toIntExact(f.inputSize());
        INDArray points = points(f);
        try (PreparedDerivatives together = f.prepare(VALUE, GRADIENT, HESSIAN)) {
            Quantities<INDArray> computed = together.batch(points);
            assertThat(computed.value().shape()).containsExactly(POINTS);
            assertThat(computed.gradient().shape()).containsExactly(POINTS, n);
            assertThat(computed.hessian().shape()).containsExactly(POINTS, n, n);
            assertThat(numbers(computed.value())).containsExactly(apart(f, points), within(ROUNDING));
            assertThat(numbers(computed.gradient())).containsExactly(apart(f.gradient(), points), within(ROUNDING));
            double[] hessians = numbers(computed.hessian());
            double[] expected = apart(f.hessian(), points);
            for (int i = 0; i < expected.length; i++) {
                if (Math.abs(hessians[i] - expected[i]) > ROUNDING) {
                    assertThat(hessians[i]).isCloseTo(expected[i], within(ROUNDING));
                }
            }
            assertThat(numbers(computed.hessian().permute(0, 2, 1))).isEqualTo(hessians);
            for (int i = 0; i < POINTS; i++) {
                Quantities<double[]> one = together.at(points.getRow(i).toDoubleVector());
                assertThat(one.value()).containsExactly(computed.value().getDouble(i));
                assertThat(one.gradient()).isEqualTo(numbers(computed.gradient().getRow(i)));
                assertThat(one.hessian()).isEqualTo(numbers(computed.hessian().slice(i)));
                Quantities<INDArray> array = together.at(points.getRow(i));
                assertThat(array.value().shape()).isEmpty();
                assertThat(numbers(array.hessian())).isEqualTo(one.hessian());
            }
        }
    }

    /** By fused code, by loops, and of many numbers at each point. */
    @ParameterizedTest
    @ValueSource(strings = {"monkey-saddle", "mlp:4-8-1", "mlp:8-32-32-1", "mlp:500-20-1"})
    void theLaplacianIsTheTraceOfTheHessian(String model) {
        TensorFunction f = function(model);
        int n = Math.toIntExact(f.inputSize());
        INDArray points = points(f);
        double[] hessians = apart(f.hessian(), points);
        double[] laplacians = apart(f.laplacian(), points);
        try (PreparedDerivatives together = f.prepare(GRADIENT, LAPLACIAN)) {
            Quantities<INDArray> computed = together.batch(points);
            assertThat(computed.laplacian().shape()).containsExactly(POINTS);
            assertThat(numbers(computed.laplacian())).containsExactly(laplacians, within(ROUNDING));
            assertThat(numbers(computed.gradient())).containsExactly(apart(f.gradient(), points), within(ROUNDING));
        }
        for (int row = 0; row < POINTS; row++) {
            double trace = 0;
            for (int i = 0; i < n; i++) {
                trace += hessians[(row * n + i) * n + i];
            }
            assertThat(laplacians[row]).isCloseTo(trace, within(ROUNDING * (1 + Math.abs(trace))));
        }
    }

    /** x'Ax by products of the point with itself, whose two directions one factor has. */
    @Test
    void theLaplacianOfAFormIsTwiceTheTraceOfItsMatrix() {
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Node x = builder.input("x", TensorType.of(DType.FLOAT64, 3));
        Node a = builder.literal(TensorType.of(DType.FLOAT64, 3, 3), 1, 2, 3, 4, 5, 6, 7, 8, 90);
        Node products = ops.einsum("i,j->ij", x, x);
        Node form = ops.sum(ops.mul(products, a), java.util.List.of(0, 1));
        Graph graph = builder.build(java.util.List.of(ops.reshape(form, Shape.SCALAR)));
        for (Graph laplacian :
                java.util.List.of(Derivatives.laplacian(graph), Derivatives.structuredLaplacian(graph))) {
            assertThat(EngineRunner.evaluate(Engine.LOOPS, Simplifier.simplify(laplacian), new double[] {1, 2, 3}))
                    .hasValueSatisfying(result -> assertThat(result).containsExactly(192));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Engine.class,
            names = {"FUSED", "LOOPS", "PLAN", "SAMEDIFF"})
    void areSymmetricOnEveryEngine(Engine engine) {
        TensorFunction f = function("mlp:4-8-1");
        int n = 4;
        Graph graph =
                Derivation.together(EnumSet.of(VALUE, GRADIENT, HESSIAN), f).graph();
        double[] rows =
                EngineRunner.evaluate(engine, graph, n, numbers(points(f))).orElseThrow();
        double[] hessians = apart(f.hessian(), points(f));
        int length = n * n + n + 1;
        for (int row = 0; row < POINTS; row++) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    assertThat(rows[row * length + i * n + j])
                            .isEqualTo(rows[row * length + j * n + i])
                            .isCloseTo(hessians[(row * n + i) * n + j], within(ROUNDING));
                }
            }
            assertThat(rows[row * length + n * n + n]).isCloseTo(apart(f, points(f))[row], within(ROUNDING));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rosenbrock", "two-two-one", "mlp:4-8-1", "mlp:8-16-1"})
    void costsFusedCodeLessThanApart(String model) {
        TensorFunction f = function(model);
        int n = Math.toIntExact(f.inputSize());
        double together = FusedRunner.work(graph(f, EnumSet.of(VALUE, GRADIENT, HESSIAN)), n)
                .orElseThrow();
        double hessian = FusedRunner.work(graph(f, EnumSet.of(HESSIAN)), n).orElseThrow();
        double rest = FusedRunner.work(graph(f, EnumSet.of(VALUE)), 0).orElseThrow()
                + FusedRunner.work(graph(f, EnumSet.of(GRADIENT)), 0).orElseThrow();
        assertThat(together).isGreaterThanOrEqualTo(hessian).isLessThan(hessian + rest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mlp:8-32-32-1", "mlp:16-64-64-1"})
    void costsTilesLessThanApart(String model) {
        TensorFunction f = function(model);
        double apart = 0;
        for (Quantity quantity : EnumSet.of(VALUE, GRADIENT, HESSIAN)) {
            apart += tile(graph(f, EnumSet.of(quantity)));
        }
        double hessian = tile(graph(f, EnumSet.of(HESSIAN)));
        double together = tile(graph(f, EnumSet.of(VALUE, GRADIENT, HESSIAN)));
        assertThat(together - hessian).isPositive().isLessThan(0.5 * (apart - hessian));
    }

    private static Graph graph(TensorFunction f, Set<Quantity> quantities) {
        return Simplifier.simplify(Derivation.together(quantities, f).graph());
    }

    private static double tile(Graph graph) {
        return Work.ofTile(Simplifier.simplify(Vmap.of(graph, java.util.List.of(true), 64)));
    }

    @Test
    void hasJacobiansOfSeveralResults() {
        TensorFunction f = function("mlp:3-5-2");
        INDArray points = points(f);
        try (PreparedDerivatives together = f.prepare(VALUE, JACOBIAN)) {
            Quantities<INDArray> computed = together.batch(points);
            assertThat(computed.value().shape()).containsExactly(POINTS, 2);
            assertThat(computed.jacobian().shape()).containsExactly(POINTS, 2, 3);
            assertThat(numbers(computed.value())).containsExactly(apart(f, points), within(ROUNDING));
            assertThat(numbers(computed.jacobian())).containsExactly(apart(f.jacobian(), points), within(ROUNDING));
            assertThat(together.blocks()).isEqualTo(f.blocks());
            assertThat(together.function()).isSameAs(f);
            assertThat(together.describe()).contains("computations a point");
            assertThat(together)
                    .hasToString("prepared " + "value, Jacobian of " + f.name() + ": (point float64[3]) -> float64[8]");
            assertThatThrownBy(computed::hessian)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Hessian: expected one of [VALUE, JACOBIAN], which were prepared, got another"
                            + " (name it in prepare)");
        }
        assertThatThrownBy(() -> f.prepare(VALUE, GRADIENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gradient: expected a function with one result, got [2]");
    }

    @Test
    void streamsEachByItself() {
        TensorFunction f = function("mlp:4-8-1");
        double[] points = numbers(points(f));
        double[] values = new double[POINTS];
        double[] gradients = new double[POINTS * 4];
        try (PreparedDerivatives together = f.prepare(VALUE, GRADIENT)) {
            Map<Quantity, RowSink> sinks = new EnumMap<>(Quantity.class);
            sinks.put(VALUE, ArrayRows.sink(values, 1));
            sinks.put(GRADIENT, ArrayRows.sink(gradients, 4));
            together.stream(ArrayRows.source(points, 4), sinks, Progress.NONE);
            assertThat(values).containsExactly(apart(f, points(f)), within(ROUNDING));
            assertThat(gradients).containsExactly(apart(f.gradient(), points(f)), within(ROUNDING));
            assertThatThrownBy(() -> together.stream(
                            ArrayRows.source(points, 4), Map.of(HESSIAN, sinks.get(VALUE)), Progress.NONE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Hessian: expected one of [GRADIENT, VALUE]");
        }
    }

    @Test
    void takesAnEmptyBatch() {
        TensorFunction f = function("two-two-one");
        try (PreparedDerivatives together = f.prepare(VALUE, HESSIAN);
                INDArray none = org.nd4j.linalg.factory.Nd4j.create(DataType.DOUBLE, 0, 11)) {
            assertThat(together.batch(none).hessian().shape()).containsExactly(0, 11, 11);
        }
    }
}
