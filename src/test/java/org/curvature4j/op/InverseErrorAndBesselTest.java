package org.curvature4j.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.EngineRunner;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.backend.Engine;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The inverse error function and Bessel functions, on every engine, beside sixty digits of mpmath's. */
class InverseErrorAndBesselTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    private record Point(double x, BigDecimal value) {}

    /** An operation and how far it may be off, in ulps of the value; of a derivative of I1E, which has zeros, in those of I0E's. */
    record Bound(ElementwiseOp op, double ulps) {}

    private static Map<String, List<Point>> table = Map.of();

    @BeforeAll
    static void read() throws IOException {
        Backend.get();
        Map<String, List<Point>> read = new LinkedHashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(InverseErrorAndBesselTest.class.getResourceAsStream("/reference/special.csv")),
                StandardCharsets.UTF_8))) {
            lines.lines().map(line -> line.split(",", -1)).forEach(cells -> read.computeIfAbsent(
                            cells[0], any -> new ArrayList<>())
                    .add(new Point(Double.parseDouble(cells[1]), new BigDecimal(cells[2]))));
        }
        table = read;
    }

    static Stream<Bound> bounds() {
        Stream<Bound> scaled = IntStream.range(0, 4)
                .boxed()
                .flatMap(order -> Stream.of(
                        new Bound(new ScaledBesselI(0, order), 6), new Bound(new ScaledBesselI(1, order), 8)));
        Stream<Bound> bessel = IntStream.range(0, 5).mapToObj(n -> new Bound(new BesselI(n), 8));
        return Stream.of(Stream.of(new Bound(Elementwise.ERFINV, 3)), scaled, bessel)
                .flatMap(each -> each);
    }

    @ParameterizedTest
    @MethodSource("bounds")
    void isRightOnEveryEngine(Bound bound) {
        List<Point> points = Objects.requireNonNull(
                table.get(bound.op().name()), () -> bound.op().name());
        assertThat(points.size()).isGreaterThan(40);
        double[] x = points.stream().mapToDouble(Point::x).toArray();
        double[] scale = bound.op() instanceof ScaledBesselI scaled && scaled.n() == 1 && scaled.order() > 0
                ? java(new ScaledBesselI(0, scaled.order()), x)
                : points.stream()
                        .mapToDouble(point -> point.value().doubleValue())
                        .toArray();
        for (Engine engine : Engine.values()) {
            values(engine, bound.op(), x).ifPresent(actual -> {
                for (int i = 0; i < x.length; i++) {
                    BigDecimal error =
                            new BigDecimal(actual[i]).subtract(points.get(i).value());
                    assertThat(Math.abs(error.doubleValue()) / Math.ulp(scale[i]))
                            .as("%s of %s on %s: %s", bound.op().name(), x[i], engine, actual[i])
                            .isLessThanOrEqualTo(bound.ulps());
                }
            });
        }
        assertThat(values(Engine.FUSED, bound.op(), x)).isPresent();
        assertThat(values(Engine.LOOPS, bound.op(), x)).isPresent();
    }

    private static Optional<double[]> values(Engine engine, ElementwiseOp op, double... x) {
        GraphBuilder builder = new GraphBuilder();
        return EngineRunner.evaluate(
                engine,
                builder.build(List.of(builder.apply(op, List.of(builder.input("x", TensorType.of(DType.FLOAT64, 1)))))),
                x);
    }

    private static double[] java(ElementwiseOp op, double... x) {
        return values(Engine.FUSED, op, x).orElseThrow();
    }

    @Test
    void specialArguments() {
        assertThat(java(Elementwise.ERFINV, 1, -1, 0, -0.0)).containsExactly(INFINITY, -INFINITY, 0.0, -0.0);
        assertThat(java(Elementwise.ERFINV, 1.0000000000000002, -2, INFINITY, -INFINITY, Double.NaN))
                .containsOnly(Double.NaN);
        for (int order = 0; order < 5; order++) {
            assertThat(DoubleStream.of(java(new ScaledBesselI(0, order), INFINITY, -INFINITY))
                            .map(Math::abs))
                    .containsOnly(0.0);
            assertThat(DoubleStream.of(java(new ScaledBesselI(1, order), INFINITY, -INFINITY))
                            .map(Math::abs))
                    .containsOnly(0.0);
            assertThat(java(new ScaledBesselI(1, order), Double.NaN)).containsOnly(Double.NaN);
            assertThat(java(new BesselI(order), Double.NaN)).containsOnly(Double.NaN);
            double even = order % 2 == 0 ? INFINITY : -INFINITY;
            assertThat(java(new BesselI(order), INFINITY, -INFINITY, 720, -720))
                    .containsExactly(INFINITY, even, INFINITY, even);
            assertThat(java(new BesselI(order), 0.0)).containsExactly(order == 0 ? 1 : 0);
        }
    }

    /** Both sides' where they agree, else the mean of both, which is 0. */
    @Test
    void scaledFunctionsAtZero() {
        double[] derivatives = {1, 0, 1.5, 0, 4.375};
        for (int order = 0; order < derivatives.length; order++) {
            assertThat(java(new ScaledBesselI(0, order), 0)[0]).isCloseTo(derivatives[order], within(1e-14));
        }
    }
}
