package org.curvature4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.curvature4j.DerivativeMode;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.EngineRunner;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.backend.Engine;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;
import org.hipparchus.analysis.differentiation.DSFactory;
import org.hipparchus.analysis.differentiation.DerivativeStructure;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The derivatives of x^p to third order by every engine, where usual forms lose them: at p = 0, 1, 2, 3 and at x = 0. */
class PowerTest {
    private static final DSFactory THREE = new DSFactory(2, 3);

    @BeforeAll
    static void startNd4j() {
        Backend.get();
    }

    @ParameterizedTest
    @CsvSource({
        "23, 0",
        "2, 0",
        "1.05, 0",
        "0.3, 0",
        "2, 1",
        "2, 2",
        "2, 3",
        "3, -1",
        "0.5, -2",
        "1, 0",
        "1, 1",
        "2, 1e-300"
    })
    void isExactToThirdOrderInBoth(double x, double p) {
        DerivativeStructure exact =
                THREE.variable(0, x).log().multiply(THREE.variable(1, p)).exp();
        for (Engine engine : Engine.values()) {
            assertDerivatives(engine, power(), exact, x, p);
        }
    }

    /** (1 + r)^-t, as a discount. */
    @ParameterizedTest
    @CsvSource({"0.05, 0", "0.05, 1", "0, 0", "0.5, -2"})
    void isExactForComputedOperands(double r, double t) {
        DerivativeStructure exact = THREE.variable(0, r)
                .add(1)
                .log()
                .multiply(THREE.variable(1, t).negate())
                .exp();
        for (Engine engine : Engine.values()) {
            assertDerivatives(
                    engine,
                    graph((o, x) -> o.apply(Elementwise.POW, o.onePlus(x.get(0)), o.neg(x.get(1)))),
                    exact,
                    r,
                    t);
        }
    }

    /** A known exponent, alone or in an array of several, to third order in x. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 2, 3, 4})
    void isExactAtZeroAndBelow(double p) {
        for (double[] exponents : new double[][] {{p}, {p, p}, {p, 6}}) {
            for (double x : new double[] {0, -0.0, -2, 1.5}) {
                Graph graph =
                        ofOne(o -> o.builder().literal(TensorType.of(DType.FLOAT64, exponents.length), exponents));
                for (int order = 0; order <= 3; order++) {
                    double factor = 1;
                    for (int i = 0; i < order; i++) {
                        factor *= p - i;
                    }
                    double exact = factor == 0 ? 0 : factor * Math.pow(x, p - order);
                    for (Engine engine : Engine.values()) {
                        Optional<double[]> actual =
                                EngineRunner.evaluate(engine, derivative(graph, order), new double[] {x});
                        actual.ifPresent(values -> assertThat(values[0])
                                .as("%s: %s^%s", engine, x, p)
                                .isCloseTo(exact, within(1e-14 * (1 + Math.abs(exact)))));
                    }
                }
            }
        }
    }

    /** Where a derivative is a limit from the right, that limit; where there is none, no plausible number. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0, false, false",
        "0, 1, 1, 0, false, false",
        "0, 2, 0, 0, true, false",
        "0, 3, 0, 0, true, true",
        "0, 4, 0, 0, true, true"
    })
    void isALimitAtZeroOrNoNumber(
            double x, double p, double byX, double byP, boolean mixedIsZero, boolean thirdIsZero) {
        for (Engine engine : Engine.values()) {
            double[] first = evaluate(engine, derivative(power(), 1), x, p);
            assertThat(first).as("gradient by " + engine).containsExactly(byX, byP);
            double[] second = evaluate(engine, derivative(power(), 2), x, p);
            assertThat(Double.doubleToLongBits(second[1])).as("symmetry").isEqualTo(Double.doubleToLongBits(second[2]));
            double[] third = evaluate(engine, derivative(power(), 3), x, p);
            check(second[1], mixedIsZero);
            check(third[1], thirdIsZero);
        }
    }

    private static void check(double value, boolean isZero) {
        if (isZero) {
            assertThat(value).isZero();
        } else {
            assertThat(Double.isFinite(value)).as("%s is finite", value).isFalse();
        }
    }

    private static double[] evaluate(Engine engine, Graph graph, double... point) {
        return EngineRunner.evaluate(engine, graph, point).orElseThrow();
    }

    private static void assertDerivatives(Engine engine, Graph graph, DerivativeStructure exact, double... point) {
        for (int order = 0; order <= 3; order++) {
            double[] actual = evaluate(engine, derivative(graph, order), point);
            assertThat(actual).hasSize(1 << order);
            for (int i = 0; i < actual.length; i++) {
                int byP = Integer.bitCount(i);
                double expected = exact.getPartialDerivative(order - byP, byP);
                assertThat(actual[i])
                        .as("%s, derivative %d of order %d", engine, i, order)
                        .isCloseTo(expected, within(1e-12 * (1 + Math.abs(expected))));
            }
        }
    }

    private static Graph derivative(Graph graph, int order) {
        Graph derivative = graph;
        for (int i = 0; i < order; i++) {
            derivative = i == 0
                    ? Derivatives.gradient(derivative)
                    : Derivatives.jacobian(derivative, DerivativeMode.FORWARD);
        }
        return derivative;
    }

    private interface OfOne {
        Node exponent(Ops ops);
    }

    private static Graph ofOne(OfOne of) {
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Node point = builder.input("point", TensorType.of(DType.FLOAT64, 1));
        Node powers = ops.apply(Elementwise.POW, point, of.exponent(ops));
        return builder.build(List.of(ops.slice(powers, 0, 0, 1)));
    }

    private static Graph power() {
        return graph((o, x) -> o.apply(Elementwise.POW, x.get(0), x.get(1)));
    }

    private static Graph graph(Sample.Expression expression) {
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Node point = builder.input("point", TensorType.of(DType.FLOAT64, 2));
        Node x = ops.slice(point, 0, 0, 1);
        Node p = ops.slice(point, 0, 1, 2);
        return builder.build(List.of(expression.of(ops, List.of(x, p))));
    }
}
