package org.curvature4j.fuzz;

import java.util.stream.Stream;
import org.curvature4j.fuzz.Vocabulary.Row;
import org.curvature4j.graph.Shape;
import org.nd4j.autodiff.loss.LossReduce;

/** Losses, with and without weights, by every reduction. */
final class LossRows {
    private LossRows() {}

    static Stream<Row> rows() {
        return Stream.concat(weighted(), others());
    }

    private static Stream<Row> weighted() {
        return Stream.of(
                        "meanSquaredError($0, $1, %s)",
                        "absoluteDifference($0, $1, %s)",
                        "huberLoss($0, $1, %s, 0.2)",
                        "hingeLoss($0.gt(0).castTo(DataType.DOUBLE), $1, %s)",
                        "logLoss($0, sd.nn.sigmoid($1), %s, 0.01)",
                        "logPoisson(sd.math.abs($0), $1, %s, false)",
                        "logPoisson($0.mul($0).add(0.5), $1, %s, true)",
                        "sigmoidCrossEntropy($0, $1, %s, 0)",
                        "sigmoidCrossEntropy($0, $1, %s, 0.1)",
                        "softmaxCrossEntropy($0, $1, %s, 0)",
                        "softmaxCrossEntropy($0, $1, %s, 0.1)",
                        "cosineDistance($0, $1, %s, 1)",
                        "meanPairwiseSquaredError($0, $1, %s)")
                .map(code -> d -> loss(d, code));
    }

    private static String loss(Draw d, String code) {
        long rows = d.size();
        long columns = d.size();
        String reduce = "LossReduce."
                + d.choice(Stream.of(LossReduce.values()).map(Enum::name).toArray(String[]::new));
        String labels = d.of(rows, columns);
        String predictions = d.of(rows, columns);
        if (d.random.nextBoolean()) {
            return d.step("sd.loss." + String.format(code, "null, " + reduce), labels, predictions);
        }
        String weights = d.within(0.1, 2, d.of(rows, 1));
        return d.step("sd.loss." + String.format(code, "$2, " + reduce), labels, predictions, weights);
    }

    private static Stream<Row> others() {
        return Stream.of(
                d -> d.step("sd.loss.l2Loss($0)", d.any()),
                d -> d.step("sd.loss.sparseSoftmaxCrossEntropy($0, $1)", d.of(2, 3), d.below(true, Shape.of(2), 3)),
                d -> d.step("sd.loss.sparseSoftmaxCrossEntropy($0, sd.argmax($1, 1))", d.of(2, 3), d.of(2, 3)),
                d -> d.step(
                        "new SoftmaxCrossEntropyWithLogitsLoss(sd, $0, $1, 1).outputVariable()",
                        d.of(2, 3),
                        d.within(0.05, 0.95, d.of(2, 3))));
    }
}
