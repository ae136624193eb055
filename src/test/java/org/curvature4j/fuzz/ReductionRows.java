package org.curvature4j.fuzz;

import java.util.stream.Stream;
import org.curvature4j.fuzz.Vocabulary.Row;
import org.curvature4j.graph.Shape;

/** Over axes: reductions, distances, running sums. */
final class ReductionRows {
    private ReductionRows() {}

    static Stream<Row> rows() {
        return Stream.of(reductions(), positive(), steps(), distances(), running(), others())
                .flatMap(rows -> rows);
    }

    private static Stream<Row> reductions() {
        return Stream.of(
                        "sd.sum($0, %s)",
                        "sd.mean($0, %s)",
                        "sd.prod($0, %s)",
                        "sd.max($0, %s)",
                        "sd.min($0, %s)",
                        "sd.norm1($0, %s)",
                        "sd.norm2($0, %s)",
                        "sd.math.square(sd.norm2($0, %s))",
                        "sd.normmax($0, %s)",
                        "sd.squaredNorm($0, %s)",
                        "sd.standardDeviation($0, false, %s)",
                        "sd.variance($0, false, %s)",
                        "sd.variance($0, true, %s)",
                        "sd.standardDeviation($0, true, %s)",
                        "sd.math.reduceAMax($0, %s)",
                        "sd.math.reduceAmin($0, %s)",
                        "sd.math.reduceAmean($0, %s)",
                        "sd.math.asum($0, %s)")
                .map(code -> d -> reduced(d, code, d.any()));
    }

    private static String reduced(Draw d, String code, String x) {
        return d.step(String.format(code, d.random.nextBoolean() + d.axes(x)), x);
    }

    private static Stream<Row> positive() {
        return Stream.of("sd.math.entropy($0, %s)", "sd.math.logEntropy($0, %s)", "sd.math.shannonEntropy($0, %s)")
                .map(code -> d -> reduced(d, code, d.within(0.05, 0.95)));
    }

    private static Stream<Row> steps() {
        return Stream.of(
                        "sd.argmax($0, %d)",
                        "sd.argmin($0, %d)",
                        "sd.math.countNonZero($0, %d)",
                        "sd.math.countZero($0, %d)",
                        "sd.any($0.gt(1), %d)",
                        "sd.all($0.gt(-1), %d)")
                .map(code -> d -> ActivationRows.along(d, code + ".castTo(DataType.DOUBLE)"));
    }

    private static Stream<Row> distances() {
        return Stream.of(
                        "sd.dot($0, $1%s)",
                        "sd.math.cosineSimilarity($0, $1%s)",
                        "sd.math.cosineDistance($0, $1%s)",
                        "sd.math.euclideanDistance($0, $1%s)",
                        "sd.math.manhattanDistance($0, $1%s)",
                        "sd.math.hammingDistance($0, $1%s)",
                        "sd.math.jaccardDistance($0.add(2.5), $1.add(2.5)%s)")
                .map(code -> d -> {
                    String x = d.rankFrom(1);
                    return d.step(String.format(code, d.axes(x)), x, d.like(x));
                });
    }

    private static Stream<Row> running() {
        return Stream.of("sd.cumsum($0, %s, %s, %d)", "sd.cumprod($0, %s, %s, %d)")
                .map(code -> d -> {
                    String x = d.rankFrom(1);
                    return d.step(String.format(code, d.random.nextBoolean(), d.random.nextBoolean(), d.axis(x)), x);
                });
    }

    private static Stream<Row> others() {
        return Stream.of(
                d -> {
                    String x = d.rankFrom(1);
                    return d.step("sd.math.sum($0, $1, true)", x, d.ints(false, Shape.of(1), d.axis(x)));
                },
                d -> {
                    String x = d.rankFrom(1);
                    return d.step("sd.math.mean($0, $1, false)", x, d.ints(false, Shape.of(1), -1));
                },
                d -> {
                    String x = d.any();
                    return d.step("sd.math.logSumExp($0" + d.axes(x) + ")", x);
                },
                d -> ActivationRows.along(d, "new LogSumExp(sd, $0, true, new int[] {%d}).outputVariable()"),
                d -> ActivationRows.along(d, "sd.math.moments($0, new int[] {%d}, false)[0]"),
                d -> ActivationRows.along(d, "sd.math.moments($0, new int[] {%d}, true)[1]"),
                d -> d.step("sd.math.zeroFraction($0).castTo(DataType.DOUBLE)", d.any()),
                d -> d.step("sd.matchConditionCount($0, Conditions.greaterThan(0)).castTo(DataType.DOUBLE)", d.any()),
                d -> {
                    String x = d.rankFrom(1);
                    String sums = "sd.math.normalizeMoments(sd.constant(Nd4j.scalar(3.0)), $0, $1, 0.1)";
                    return d.step(sums + d.choice("[0]", "[1]"), x, d.like(x));
                });
    }
}
