package org.curvature4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.curvature4j.DerivativeMode;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.EngineRunner;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.backend.Engine;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.internal.transform.Flatten;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation and its derivatives, by every engine that can compute them, against ND4J's operations on tiles. */
class EngineAgreementTest {
    private static final int POINTS = 11;

    @BeforeAll
    static void startNd4j() {
        Backend.get();
    }

    static Stream<Sample> samples() {
        return OpFusedTest.samples();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void enginesAgree(Sample sample) {
        Graph function = Flatten.of(sample.graph(), sample.inputs().size());
        check(sample, function);
        if (sample.derivative() != Sample.Derivative.NONE) {
            Graph jacobian = Derivatives.jacobian(function, DerivativeMode.AUTO);
            check(sample, jacobian);
            check(sample, Derivatives.jacobian(jacobian, DerivativeMode.FORWARD));
        }
    }

    private static void check(Sample sample, Graph graph) {
        TensorType point = graph.inputs().get(0).type();
        Random random = new Random(12);
        double[] points = IntStream.range(0, POINTS)
                .mapToObj(i -> sample.draw(random, point).values())
                .flatMapToDouble(java.util.Arrays::stream)
                .toArray();
        double[] expected = EngineRunner.evaluate(Engine.PLAN, graph, points).orElseThrow();
        assertClose(
                "samediff",
                EngineRunner.evaluate(Engine.SAMEDIFF, graph, points).orElseThrow(),
                expected);
        for (Engine engine : new Engine[] {Engine.FUSED, Engine.LOOPS}) {
            Optional<double[]> actual = EngineRunner.evaluate(engine, graph, points);
            actual.ifPresent(values -> assertClose(engine.key(), values, expected));
        }
    }

    private static void assertClose(String engine, double[] actual, double[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i])
                    .as("%s, element %d", engine, i)
                    .isCloseTo(expected[i], within(1e-13 * (1 + Math.abs(expected[i]))));
        }
    }
}
