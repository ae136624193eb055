package org.curvature4j.samediff;

import static org.curvature4j.samediff.ImportCase.smooth;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.loss.LossReduce;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ops.impl.loss.SoftmaxCrossEntropyWithLogitsLoss;
import org.nd4j.linalg.factory.Nd4j;

class LossImportTest {

    private interface Loss {
        SDVariable apply(Sample s, SDVariable labels, SDVariable predictions, SDVariable weights, LossReduce reduce);
    }

    @ParameterizedTest
    @MethodSource({"reductions", "weights", "others"})
    void agreesWithNd4jAndFiniteDifferences(ImportCase row) {
        ImportChecks.check(row);
    }

    private static Stream<Object[]> losses() {
        return Stream.of(
                loss("meanSquaredError", (s, y, p, w, r) -> s.sd.loss.meanSquaredError(y, p, w, r)),
                loss("absoluteDifference", (s, y, p, w, r) -> s.sd.loss.absoluteDifference(y, p, w, r)),
                loss("huberLoss", (s, y, p, w, r) -> s.sd.loss.huberLoss(y, p, w, r, 0.2)),
                loss("hingeLoss", (s, y, p, w, r) -> s.sd.loss.hingeLoss(y, p, w, r)),
                loss("logLoss", (s, y, p, w, r) -> s.sd.loss.logLoss(y, p, w, r, 0.01)),
                loss("logPoisson", (s, y, p, w, r) -> s.sd.loss.logPoisson(y, p, w, r, false)),
                loss("logPoisson full", (s, y, p, w, r) -> s.sd.loss.logPoisson(y, p, w, r, true)),
                loss("sigmoidCrossEntropy", (s, y, p, w, r) -> s.sd.loss.sigmoidCrossEntropy(y, p, w, r, 0)),
                loss("sigmoidCrossEntropy smooth", (s, y, p, w, r) -> s.sd.loss.sigmoidCrossEntropy(y, p, w, r, 0.1)),
                loss("softmaxCrossEntropy", (s, y, p, w, r) -> s.sd.loss.softmaxCrossEntropy(y, p, w, r, 0)),
                loss("softmaxCrossEntropy smooth", (s, y, p, w, r) -> s.sd.loss.softmaxCrossEntropy(y, p, w, r, 0.1)),
                loss("cosineDistance", (s, y, p, w, r) -> s.sd.loss.cosineDistance(y, p, w, r, 1)),
                loss("meanPairwiseSquaredError", (s, y, p, w, r) -> s.sd.loss.meanPairwiseSquaredError(y, p, w, r)));
    }

    private static Object[] loss(String name, Loss loss) {
        return new Object[] {name, loss};
    }

    static Stream<ImportCase> reductions() {
        return losses().flatMap(row -> Arrays.stream(LossReduce.values())
                .map(reduce -> smooth(row[0] + " " + reduce, s -> ((Loss) row[1])
                        .apply(s, s.unit(2, 3), s.unit(2, 3), null, reduce))));
    }

    static Stream<ImportCase> weights() {
        return losses().flatMap(row -> Arrays.stream(LossReduce.values())
                .map(reduce -> smooth(row[0] + " weighted " + reduce, s -> ((Loss) row[1])
                        .apply(s, s.unit(2, 3), s.unit(2, 3), s.unit(2, 1), reduce))));
    }

    static Stream<ImportCase> others() {
        return Stream.of(
                smooth(
                        "one weight",
                        s -> s.sd.loss.meanSquaredError(
                                s.unit(2, 3), s.unit(2, 3), s.unit(), LossReduce.MEAN_BY_WEIGHT)),
                smooth(
                        "a weight an element",
                        s -> s.sd.loss.meanSquaredError(
                                s.unit(2, 3), s.unit(2, 3), s.unit(2, 3), LossReduce.MEAN_BY_NONZERO_WEIGHT_COUNT)),
                smooth(
                        "a weight of 0",
                        s -> s.sd.loss.meanSquaredError(
                                s.unit(2, 3),
                                s.unit(2, 3),
                                s.sd.constant(Nd4j.createFromArray(new double[][] {{0}, {2}})),
                                LossReduce.MEAN_BY_NONZERO_WEIGHT_COUNT)),
                smooth(
                        "all weights 0",
                        s -> s.sd.loss.meanSquaredError(
                                s.unit(2, 3),
                                s.unit(2, 3),
                                s.sd.constant(Nd4j.zeros(org.nd4j.linalg.api.buffer.DataType.DOUBLE, 2, 1)),
                                LossReduce.MEAN_BY_WEIGHT)),
                smooth("l2Loss", s -> s.sd.loss.l2Loss(s.real(2, 3))),
                smooth(
                        "sparseSoftmaxCrossEntropy",
                        s -> s.sd.loss.sparseSoftmaxCrossEntropy(s.real(3, 4), s.ints(0, 1, 3))),
                smooth(
                        "sparseSoftmaxCrossEntropy rank 3",
                        s -> s.sd.loss.sparseSoftmaxCrossEntropy(
                                s.real(2, 3, 4), s.matrix(new int[] {0, 1, 2}, new int[] {3, 0, 1}))),
                smooth(
                        "sparseSoftmaxCrossEntropy computed",
                        s -> s.sd.loss.sparseSoftmaxCrossEntropy(s.real(2, 3), s.sd.argmax(s.real(2, 3), 1))),
                smooth("crossEntropyWithLogits", s -> new SoftmaxCrossEntropyWithLogitsLoss(
                                s.sd, s.real(2, 3), s.unit(2, 3), 1)
                        .outputVariable()),
                smooth("times 2", s -> s.sd.loss
                        .meanSquaredError(s.unit(2, 3), s.unit(2, 3), null)
                        .mul(2)));
    }
}
