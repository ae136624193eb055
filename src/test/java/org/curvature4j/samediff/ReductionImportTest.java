package org.curvature4j.samediff;

import static org.curvature4j.samediff.ImportCase.several;
import static org.curvature4j.samediff.ImportCase.smooth;
import static org.curvature4j.samediff.ImportCase.step;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;

class ReductionImportTest {

    /** A reduction of SameDiff's, with its axes still open. */
    private interface Reduction {
        SDVariable apply(Sample sample, SDVariable x, boolean keep, int... axes);
    }

    @ParameterizedTest
    @MethodSource({"overOneAxis", "steps", "distances", "running", "others"})
    void agreesWithNd4jAndFiniteDifferences(ImportCase row) {
        ImportChecks.check(row);
    }

    @Test
    void reducesOverAnyAxes() {
        List<int[]> axes = List.of(new int[] {}, new int[] {0}, new int[] {1}, new int[] {0, 2}, new int[] {-1});
        for (int[] chosen : axes) {
            overAxes(false, chosen).forEach(ImportChecks::checkValue);
        }
        overAxes(true, 1).forEach(ImportChecks::checkValue);
        overAxes(true, 0, 2).forEach(ImportChecks::checkValue);
    }

    static Stream<ImportCase> overOneAxis() {
        return overAxes(false, 1);
    }

    private static Stream<ImportCase> overAxes(boolean keep, int... axes) {
        return Stream.of(
                row("sum", keep, axes, (s, x, k, a) -> s.sd.sum(x, k, a)),
                row("mean", keep, axes, (s, x, k, a) -> s.sd.mean(x, k, a)),
                row("prod", keep, axes, (s, x, k, a) -> s.sd.prod(x, k, a)),
                row("max", keep, axes, (s, x, k, a) -> s.sd.max(x, k, a)),
                row("min", keep, axes, (s, x, k, a) -> s.sd.min(x, k, a)),
                row("norm1", keep, axes, (s, x, k, a) -> s.sd.norm1(x, k, a)),
                row("norm2", keep, axes, (s, x, k, a) -> s.sd.norm2(x, k, a)),
                row("normmax", keep, axes, (s, x, k, a) -> s.sd.normmax(x, k, a)),
                row("squaredNorm", keep, axes, (s, x, k, a) -> s.sd.squaredNorm(x, k, a)),
                row("std", keep, axes, (s, x, k, a) -> s.sd.standardDeviation(x, true, k, a)),
                row("std of all", keep, axes, (s, x, k, a) -> s.sd.standardDeviation(x, false, k, a)),
                row("variance", keep, axes, (s, x, k, a) -> s.sd.variance(x, true, k, a)),
                row("variance of all", keep, axes, (s, x, k, a) -> s.sd.variance(x, false, k, a)),
                row("amax", keep, axes, (s, x, k, a) -> s.sd.math.reduceAMax(x, k, a)),
                row("amin", keep, axes, (s, x, k, a) -> s.sd.math.reduceAmin(x, k, a)),
                row("amean", keep, axes, (s, x, k, a) -> s.sd.math.reduceAmean(x, k, a)),
                row("asum", keep, axes, (s, x, k, a) -> s.sd.math.asum(x, k, a)),
                row("entropy", keep, axes, (s, x, k, a) -> s.sd.math.entropy(x, k, a)),
                row("logEntropy", keep, axes, (s, x, k, a) -> s.sd.math.logEntropy(x, k, a)),
                row("shannonEntropy", keep, axes, (s, x, k, a) -> s.sd.math.shannonEntropy(x, k, a)));
    }

    private static ImportCase row(String name, boolean keep, int[] axes, Reduction reduction) {
        return smooth(
                name + Arrays.toString(axes) + (keep ? " kept" : ""),
                s -> reduction.apply(s, s.unit(2, 3, 2), keep, axes));
    }

    static Stream<ImportCase> steps() {
        return Stream.of(
                step("argmax", s -> s.sd.argmax(s.real(2, 3))),
                step("argmax 1", s -> s.sd.argmax(s.real(2, 3), 1)),
                step("argmax 0, 2", s -> s.sd.argmax(s.real(2, 3, 4), 0, 2)),
                step("argmax kept", s -> s.sd.argmax(s.real(2, 3), true, 0)),
                step("argmin", s -> s.sd.argmin(s.real(2, 3), -1)),
                step("countNonZero", s -> s.sd.math.countNonZero(s.of(0, 1, 0, 2), 0)),
                step("countZero", s -> s.sd.math.countZero(s.of(0, 1, 0, 2), 0)),
                step("zeroFraction", s -> s.sd.math.zeroFraction(s.of(0, 1, 0, 2))),
                step("any", s -> s.sd.any(s.real(2, 3).gt(1.5), 1)),
                step("all", s -> s.sd.all(s.real(2, 3).gt(-1), 1)),
                step(
                        "matchConditionCount",
                        s -> s.sd.matchConditionCount(
                                s.real(2, 3), org.nd4j.linalg.indexing.conditions.Conditions.greaterThan(0.5))));
    }

    static Stream<ImportCase> distances() {
        return Stream.of(
                smooth("dot", s -> s.sd.dot(s.real(2, 3), s.real(2, 3), 1)),
                smooth("dot of all", s -> s.sd.dot(s.real(2, 3), s.real(2, 3))),
                smooth("cosineSimilarity", s -> s.sd.math.cosineSimilarity(s.real(2, 3), s.real(2, 3), 1)),
                smooth("cosineSimilarity of a row", s -> s.sd.math.cosineSimilarity(s.real(2, 3), s.real(3), 1)),
                smooth(
                        "cosineSimilarity kept",
                        s -> s.sd.math.cosineSimilarity(s.real(2, 3), s.real(2, 3), true, false, 1)),
                smooth("cosineDistance", s -> s.sd.math.cosineDistance(s.real(2, 3), s.real(2, 3), 1)),
                smooth("euclideanDistance", s -> s.sd.math.euclideanDistance(s.real(2, 3), s.real(2, 3), 1)),
                smooth("manhattanDistance", s -> s.sd.math.manhattanDistance(s.real(2, 3), s.real(2, 3), 1)),
                step("hammingDistance", s -> s.sd.math.hammingDistance(s.real(2, 3), s.real(2, 3), 1)),
                smooth("jaccardDistance", s -> s.sd.math.jaccardDistance(s.unit(2, 3), s.unit(2, 3), 1)));
    }

    static Stream<ImportCase> running() {
        return Stream.of(
                smooth("cumsum", s -> s.sd.cumsum(s.real(2, 4), 1)),
                smooth("cumsum exclusive", s -> s.sd.cumsum(s.real(2, 4), true, false, 0)),
                smooth("cumsum reverse", s -> s.sd.cumsum(s.real(2, 4), false, true, 1)),
                smooth("cumsum of all, both", s -> s.sd.cumsum(s.real(2, 4), true, true, 0, 1)),
                smooth("cumprod", s -> s.sd.cumprod(s.real(2, 5), 1)),
                smooth("cumprod exclusive", s -> s.sd.cumprod(s.real(2, 5), true, false, 1)),
                smooth("cumprod reverse", s -> s.sd.cumprod(s.real(2, 5), false, true, 1)),
                smooth("cumprod both", s -> s.sd.cumprod(s.real(2, 5), true, true, 1)));
    }

    static Stream<ImportCase> others() {
        return Stream.of(
                smooth("sum over computed axes", s -> s.sd.math.sum(s.real(2, 3), s.ints(1), true)),
                smooth("mean over computed axes", s -> s.sd.math.mean(s.real(2, 3), s.ints(-1), false)),
                smooth("logSumExp", s -> s.sd.math.logSumExp(s.real(2, 3))),
                smooth("logSumExp 1", s -> s.sd.math.logSumExp(s.real(2, 3), 1)),
                several("moments", s -> s.sd.math.moments(s.real(2, 3), new int[] {0}, false)),
                several("moments kept", s -> s.sd.math.moments(s.real(2, 3), new int[] {1}, true)),
                several("normalizeMoments", s -> s.sd.math.normalizeMoments(s.unit(), s.unit(3), s.unit(3), 0.1)));
    }
}
