package org.curvature4j.samediff;

import static org.curvature4j.samediff.ImportCase.several;
import static org.curvature4j.samediff.ImportCase.smooth;
import static org.curvature4j.samediff.ImportCase.step;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.enums.PartitionMode;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.conditions.Conditions;

class IndexImportTest {

    @ParameterizedTest
    @MethodSource({"gathers", "scatters", "choices", "constants"})
    void agreesWithNd4jAndFiniteDifferences(ImportCase row) {
        ImportChecks.check(row);
    }

    static Stream<ImportCase> gathers() {
        return Stream.of(
                smooth("gather", s -> s.sd.gather(s.real(4, 2), new int[] {0, 2, 2}, 0)),
                smooth("gather 1", s -> s.sd.gather(s.real(3, 2), s.ints(0, 1, 1), 1)),
                smooth(
                        "gather by matrix",
                        s -> s.sd.gather(s.real(4, 2), s.matrix(new int[] {0, 1}, new int[] {2, 3}), 0)),
                smooth("gather by scalar", s -> s.sd.gather(s.real(4, 2), s.sd.constant(1), 0)),
                smooth(
                        "gather computed",
                        s -> s.sd.gather(
                                s.real(3, 2), s.sd.argmax(s.real(2, 3), 1).castTo(DataType.INT32), 0)),
                smooth(
                        "gather computed 1",
                        s -> s.sd.gather(
                                s.real(2, 3), s.sd.argmax(s.real(2, 3), 1).castTo(DataType.INT32), 1)),
                smooth("gatherNd", s -> s.sd.gatherNd(s.real(4, 2), s.matrix(new int[] {0, 1}, new int[] {2, 0}))),
                smooth("gatherNd rows", s -> s.sd.gatherNd(s.real(4, 2), s.matrix(new int[] {0}, new int[] {2}))),
                smooth(
                        "embeddingLookup",
                        s -> s.sd.math.embeddingLookup(s.real(4, 3), s.ints(1, 2, 0), PartitionMode.MOD)),
                several("dynamicPartition", s -> s.sd.dynamicPartition(s.real(4, 2), s.ints(0, 1, 0, 1), 2)),
                smooth(
                        "dynamicStitch",
                        s -> s.sd.dynamicStitch(
                                new SDVariable[] {s.ints(0, 2), s.ints(1, 3)}, s.real(2, 2), s.real(2, 2))),
                step("oneHot", s -> s.sd.oneHot(s.ints(1, 2, 0), 3)),
                step("oneHot values", s -> s.sd.oneHot(s.ints(1, 2, 0), 3, 0, 2, -1, DataType.DOUBLE)),
                step("oneHot computed", s -> s.sd.oneHot(s.sd.argmax(s.real(2, 3), 1), 3, -1, 1, 0, DataType.DOUBLE)));
    }

    static Stream<ImportCase> scatters() {
        return Stream.of(
                smooth("scatterAdd", s -> s.sd.scatterAdd(s.real(4, 2), s.ints(0, 2), s.real(2, 2))),
                smooth("scatterSub", s -> s.sd.scatterSub(s.real(4, 2), s.ints(0, 2), s.real(2, 2))),
                smooth("scatterMul", s -> s.sd.scatterMul(s.real(4, 2), s.ints(0, 2), s.real(2, 2))),
                smooth("scatterDiv", s -> s.sd.scatterDiv(s.real(4, 2), s.ints(0, 2), s.unit(2, 2))),
                smooth("scatterMax", s -> s.sd.scatterMax(s.real(4, 2), s.ints(0, 2), s.real(2, 2))),
                smooth("scatterMin", s -> s.sd.scatterMin(s.real(4, 2), s.ints(0, 2), s.real(2, 2))),
                smooth("segmentSum", s -> s.sd.segmentSum(s.real(4, 2), s.ints(0, 0, 1, 1))),
                smooth("segmentMean", s -> s.sd.segmentMean(s.real(4, 2), s.ints(0, 0, 0, 1))),
                smooth("segmentMax", s -> s.sd.segmentMax(s.real(4, 2), s.ints(0, 0, 1, 1))),
                smooth("segmentMin", s -> s.sd.segmentMin(s.real(4, 2), s.ints(0, 0, 1, 1))),
                smooth("segmentProd", s -> s.sd.segmentProd(s.real(4, 2), s.ints(0, 0, 0, 1))),
                smooth("unsortedSegmentSum", s -> s.sd.unsortedSegmentSum(s.real(4, 2), s.ints(1, 0, 1, 1), 2)),
                smooth("unsortedSegmentMean", s -> s.sd.unsortedSegmentMean(s.real(4, 2), s.ints(1, 0, 1, 1), 2)),
                smooth("unsortedSegmentMax", s -> s.sd.unsortedSegmentMax(s.real(4, 2), s.ints(1, 0, 1, 1), 2)),
                smooth("unsortedSegmentMin", s -> s.sd.unsortedSegmentMin(s.real(4, 2), s.ints(1, 0, 1, 1), 2)),
                smooth("unsortedSegmentProd", s -> s.sd.unsortedSegmentProd(s.real(4, 2), s.ints(1, 0, 1, 1), 2)),
                smooth("unsortedSegmentSqrtN", s -> s.sd.unsortedSegmentSqrtN(s.real(4, 2), s.ints(1, 0, 1, 1), 2)));
    }

    static Stream<ImportCase> choices() {
        return Stream.of(
                smooth(
                        "where",
                        s -> s.sd.where(s.real(2, 3), s.real(2, 3), s.real(2, 3).gt(0))),
                smooth(
                        "where by rows",
                        s -> s.sd.where(s.real(3, 2), s.real(3, 2), s.real(3).gt(0))),
                smooth("clipByValue", s -> s.sd.math.clipByValue(s.real(2, 3), -0.5, 0.7)),
                smooth("clipByValue computed", s -> s.sd.clipByValue(s.real(2, 3), s.scalar(-0.5), s.scalar(0.7))),
                smooth("replaceWhere", s -> s.sd.replaceWhere(s.real(2, 3), 0.25, Conditions.greaterThan(0.5))),
                smooth(
                        "replaceWhere tensor",
                        s -> s.sd.replaceWhere(s.real(2, 3), s.real(2, 3), Conditions.lessThanOrEqual(0.5))),
                step("matchCondition", s -> s.sd.matchCondition(s.of(1, 2, 3), Conditions.equals(2))),
                step("matchCondition abs", s -> s.sd.matchCondition(s.of(-1, 2, -3), Conditions.absGreaterThan(1.5))),
                step("matchCondition nan", s -> s.sd.matchCondition(s.of(1, Double.NaN), Conditions.isNan())),
                step("isNaN", s -> s.sd.math.isNaN(s.of(0, Double.NaN, Double.NEGATIVE_INFINITY))),
                step("isInfinite", s -> s.sd.math.isInfinite(s.of(0, Double.NaN, Double.NEGATIVE_INFINITY))),
                step("isFinite", s -> s.sd.math.isFinite(s.of(0, Double.NaN, Double.NEGATIVE_INFINITY))),
                step("and", s -> s.sd.math.and(s.real(6).gt(0), s.real(6).gt(0))),
                step("or", s -> s.sd.math.or(s.real(6).gt(0), s.real(6).gt(0))),
                step("xor", s -> s.sd.math.xor(s.real(6).gt(0), s.real(6).gt(0))));
    }

    static Stream<ImportCase> constants() {
        return Stream.of(
                step("shape", s -> s.sd.shape(s.real(2, 3))),
                step("size", s -> s.sd.size(s.real(2, 3))),
                step("sizeAt", s -> s.sd.sizeAt(s.real(2, 3), -1)),
                step("rank", s -> s.sd.rank(s.real(2, 3))),
                step("length", s -> s.real(2, 3).length()),
                step("fill", s -> s.sd.fill(s.ints(2, 3), DataType.DOUBLE, 2.5)),
                step("range", s -> s.sd.range(0, 5, 2, DataType.DOUBLE)),
                step(
                        "range computed",
                        s -> s.sd.range(s.sd.constant(1), s.sd.constant(4), s.sd.constant(1), DataType.INT32)),
                step("linspace", s -> s.sd.linspace(DataType.DOUBLE, 0, 1, 5)),
                step("linspace of one", s -> s.sd.linspace(DataType.DOUBLE, 2, 3, 1)),
                step("eye", s -> s.sd.math.eye(3)),
                step("eye of types", s -> s.sd.math.eye(3, 4, DataType.DOUBLE, 2)),
                step("tri", s -> s.sd.linalg.tri(DataType.DOUBLE, 3, 4, 1)),
                step("sequenceMask", s -> s.sd.sequenceMask(s.ints(1, 2), 3, DataType.DOUBLE)),
                step("invertPermutation", s -> s.sd.invertPermutation(s.ints(1, 2, 0))),
                step("arithmetic of sizes", s -> {
                    SDVariable shape = s.sd.shape(s.real(4, 3));
                    return s.sd.gather(shape, new int[] {1, 0}, 0).mul(2).sub(1).castTo(DataType.DOUBLE);
                }),
                step("integers", s -> s.ints(7, -7, 6).div(s.ints(2, 2, 3)).add(s.ints(1, 1, 1))),
                step("scalar constant", s -> s.sd.constant(Nd4j.scalar(3.5)).mul(2)));
    }
}
