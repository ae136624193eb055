package org.curvature4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.engine.EngineRunner;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.backend.Engine;
import org.curvature4j.internal.transform.Derivatives;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** At kinks and ties: derivatives by convention, and second derivatives that are right or no number. */
class KinkImportTest {

    @BeforeAll
    static void startNd4j() {
        Backend.get();
    }

    /**
     * @param point where: three numbers
     * @param gradient of the function's only output
     * @param diagonal of the Hessian; NaN for what is not finite
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Case(
            String name,
            BiFunction<SameDiff, SDVariable, SDVariable> build,
            double[] point,
            double[] gradient,
            double[] diagonal) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case atZero(String name, double second, BiFunction<SameDiff, SDVariable, SDVariable> build) {
        return new Case(name, build, new double[3], new double[3], new double[] {second, second, second});
    }

    static Stream<Case> smoothCompositions() {
        return Stream.of(
                atZero("square of norm", 2, (sd, x) -> sd.math.square(sd.norm2(x))),
                atZero("norm times norm", 2, (sd, x) -> sd.norm2(x).mul(sd.norm2(x))),
                atZero("norm to 2", 2, (sd, x) -> sd.math.pow(sd.norm2(x), 2)),
                atZero("norm to 4", 0, (sd, x) -> sd.math.pow(sd.norm2(x), 4)),
                atZero(
                        "square of half a norm",
                        0.5,
                        (sd, x) -> sd.math.square(sd.norm2(x).div(2))),
                atZero(
                        "square of a negative norm",
                        18,
                        (sd, x) -> sd.math.square(sd.norm2(x).neg().mul(3))),
                atZero(
                        "exp of -norm squared",
                        -2,
                        (sd, x) -> sd.math.exp(sd.math.square(sd.norm2(x)).neg())),
                atZero("square of a kept norm", 2, (sd, x) -> sd.math
                        .square(sd.norm2(x, true, 0))
                        .sum()),
                atZero("square of abs", 2, (sd, x) -> sd.math
                        .square(sd.math.abs(x))
                        .sum()),
                atZero("cosine of abs", -1, (sd, x) -> sd.math
                        .cos(sd.math.abs(x))
                        .sum()),
                atZero("cosh of abs", 1, (sd, x) -> sd.math.cosh(sd.math.abs(x)).sum()),
                atZero("abs to 4", 0, (sd, x) -> sd.math.pow(sd.math.abs(x), 4).sum()),
                new Case(
                        "variance from std",
                        (sd, x) -> sd.math.square(sd.standardDeviation(x, false)),
                        new double[] {1, 1, 1},
                        new double[3],
                        new double[] {4.0 / 9, 4.0 / 9, 4.0 / 9}),
                atZero("clip by norm", 0, (sd, x) -> sd.clipByNorm(x, 2).sum(), 1));
    }

    private static Case atZero(
            String name, double second, BiFunction<SameDiff, SDVariable, SDVariable> build, double first) {
        return new Case(
                name, build, new double[3], new double[] {first, first, first}, new double[] {second, second, second});
    }

    /** Nothing is recognized here, or nothing is smooth: no plausible 0. */
    static Stream<Case> others() {
        return Stream.of(
                atZero("norm", Double.NaN, (sd, x) -> sd.norm2(x)),
                atZero("cosine of norm", Double.NaN, (sd, x) -> sd.math.cos(sd.norm2(x))),
                atZero("norm cubed", Double.NaN, (sd, x) -> sd.math.cube(sd.norm2(x))),
                atZero("product of norms", Double.NaN, (sd, x) -> sd.norm2(x).mul(sd.norm2(x.mul(3)))),
                atZero(
                        "angle squared",
                        Double.NaN,
                        (sd, x) -> sd.math.square(sd.math.atan2(sd.norm2(x), sd.constant(1.0)))));
    }

    static Stream<Case> ties() {
        double third = 1.0 / 3;
        double[] shared = {third, third, third};
        return Stream.of(
                tie("segmentMax", shared, (sd, x) -> sd.segmentMax(x, ids(sd))),
                tie("segmentMin", shared, (sd, x) -> sd.segmentMin(x, ids(sd))),
                tie("unsortedSegmentMax", shared, (sd, x) -> sd.unsortedSegmentMax(x, ids(sd), 1)),
                tie("unsortedSegmentMin", shared, (sd, x) -> sd.unsortedSegmentMin(x, ids(sd), 1)),
                tie("mergeMax", shared, (sd, x) -> sd.math.mergeMax(part(x, 0), part(x, 1), part(x, 2))),
                tie("max", shared, (sd, x) -> sd.max(x)),
                tie("scatterMax", shared, (sd, x) -> sd.scatterMax(part(x, 0), ids(sd, 2), x.get(interval(1, 3)))),
                tie("scatterMin", shared, (sd, x) -> sd.scatterMin(part(x, 0), ids(sd, 2), x.get(interval(1, 3)))),
                new Case(
                        "two of three",
                        (sd, x) -> sd.segmentMax(x, ids(sd)),
                        new double[] {2, 1, 2},
                        new double[] {0.5, 0, 0.5},
                        new double[3]),
                new Case(
                        "infinite",
                        (sd, x) -> sd.segmentMax(x, ids(sd)),
                        new double[] {Double.POSITIVE_INFINITY, 1, 2},
                        new double[] {1, 0, 0},
                        new double[3]));
    }

    private static Case tie(String name, double[] gradient, BiFunction<SameDiff, SDVariable, SDVariable> build) {
        return new Case(name, build, new double[] {1, 1, 1}, gradient, new double[3]);
    }

    private static org.nd4j.autodiff.samediff.SDIndex interval(long from, long to) {
        return org.nd4j.autodiff.samediff.SDIndex.interval(from, to);
    }

    private static SDVariable part(SDVariable x, long i) {
        return x.get(interval(i, i + 1));
    }

    private static SDVariable ids(SameDiff sd) {
        return ids(sd, 3);
    }

    private static SDVariable ids(SameDiff sd, int count) {
        return sd.constant(Nd4j.createFromArray(new int[count]));
    }

    @ParameterizedTest
    @MethodSource({"smoothCompositions", "others", "ties"})
    void isRightOrNoNumber(Case row) {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, 3);
        sd.sum(row.build().apply(sd, x)).rename("f");
        Graph graph = SameDiffImport.graph(sd, List.of("f"), Map.of("x", Shape.of(3)), ImportRules.standard());
        for (Engine engine : Engine.values()) {
            check(engine, Derivatives.gradient(graph), row, row.gradient(), 1);
            check(engine, Derivatives.hessian(graph), row, row.diagonal(), 4);
            check(engine, Derivatives.structuredHessian(graph), row, row.diagonal(), 4);
        }
    }

    private static void check(Engine engine, Graph graph, Case row, double[] expected, int stride) {
        EngineRunner.evaluate(engine, graph, row.point()).ifPresent(actual -> {
            for (int i = 0; i < 3; i++) {
                if (Double.isNaN(expected[i])) {
                    assertThat(Double.isFinite(actual[i * stride]))
                            .as("%s by %s: %s", row, engine, actual[i * stride])
                            .isFalse();
                } else {
                    assertThat(actual[i * stride])
                            .as("%s by %s", row, engine)
                            .isCloseTo(
                                    expected[i],
                                    org.assertj.core.api.Assertions.within(1e-14 * (1 + Math.abs(expected[i]))));
                }
            }
        });
    }
}
