package org.curvature4j.curvature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Which losses are known for the negative logarithm of a likelihood, and which aren't. */
class LossFormTest {
    private final SameDiff sd = SameDiff.create();
    private final SDVariable y = sd.placeHolder("y", DataType.DOUBLE, 6, 3);
    private final SDVariable classes = sd.placeHolder("classes", DataType.INT32, 6);
    private final SDVariable w = sd.var("w", Nd4j.ones(DataType.DOUBLE, 4, 3));
    private final SDVariable temperature = sd.var("temperature", Nd4j.scalar(2.0));
    private final SDVariable z = sd.placeHolder("x", DataType.DOUBLE, 6, 4).mmul("z", w);

    private SDVariable classWeights() {
        return sd.constant(Nd4j.createFromArray(1.0, 5.0, 2.0));
    }

    private interface Loss extends Function<LossFormTest, SDVariable> {}

    private static Arguments of(String name, Likelihood likelihood, Loss loss) {
        return Arguments.of(name, Optional.of(likelihood), loss);
    }

    private static Arguments unknown(String name, Loss loss) {
        return Arguments.of(name, Optional.empty(), loss);
    }

    static Stream<Arguments> losses() {
        return Stream.of(
                of("softmax", Likelihood.SOFTMAX, t -> t.sd.loss().softmaxCrossEntropy(t.y, t.z, null)),
                of("sparse", Likelihood.SOFTMAX, t -> t.sd.loss().sparseSoftmaxCrossEntropy(t.z, t.classes)),
                of("sigmoid", Likelihood.BERNOULLI, t -> t.sd.loss().sigmoidCrossEntropy(t.y, t.z, null)),
                of("log loss", Likelihood.BERNOULLI_PROBABILITY, t -> t.sd.loss()
                        .logLoss(t.y, t.z)),
                of("squares", Likelihood.GAUSSIAN, t -> t.sd.loss().meanSquaredError(t.y, t.z, null)),
                of("with decay", Likelihood.GAUSSIAN, t -> t.sd.loss()
                        .meanSquaredError(t.y, t.z, null)
                        .add(t.sd.loss().l2Loss(t.w).mul(0.1))),
                of("scaled", Likelihood.BERNOULLI, t -> t.sd.loss()
                        .sigmoidCrossEntropy(t.y, t.z, null)
                        .mul(3)
                        .add(1)),
                of("written softmax", Likelihood.SOFTMAX, t -> t.y.mul(
                                t.sd.math().log(t.sd.nn().softmax(t.z, 1)))
                        .sum(1)
                        .mean()
                        .neg()),
                of(
                        "written log softmax",
                        Likelihood.SOFTMAX,
                        t -> t.sd.nn().logSoftmax(t.z).neg().mul(t.y).sum()),
                of("written squares", Likelihood.GAUSSIAN, t -> t.sd.math()
                        .square(t.z.sub(t.y))
                        .mean()),
                of("written product", Likelihood.GAUSSIAN, t -> {
                    SDVariable error = t.y.sub(t.z);
                    return error.mul(error).sum(1).mean();
                }),
                of("squared difference", Likelihood.GAUSSIAN, t -> t.sd.math()
                        .squaredDifference(t.z, t.y)
                        .mean()),
                unknown("weights by class", t -> t.classWeights()
                        .mul(t.y)
                        .mul(t.sd.nn().logSoftmax(t.z))
                        .sum()
                        .neg()),
                unknown("weights by class, later", t -> t.y.mul(t.sd.nn().logSoftmax(t.z))
                        .mul(t.classWeights())
                        .sum()
                        .neg()),
                unknown("weighted labels", t -> t.sd.loss().softmaxCrossEntropy(t.y.mul(t.classWeights()), t.z, null)),
                unknown("weighted rows", t -> t.sd.loss()
                        .softmaxCrossEntropy(
                                t.y, t.z, t.sd.constant(Nd4j.createFromArray(1.0, 2.0, 3.0, 4.0, 5.0, 6.0)))),
                unknown("weighted squares", t -> t.sd.math()
                        .square(t.z.sub(t.y))
                        .mul(t.classWeights())
                        .mean()),
                of("halved squares", Likelihood.GAUSSIAN, t -> t.sd.math()
                        .square(t.z.sub(t.y))
                        .mul(t.sd.constant(0.5))
                        .mean()),
                of("one-hot labels", Likelihood.SOFTMAX, t -> t.sd.oneHot(t.classes, 3)
                        .castTo(DataType.DOUBLE)
                        .mul(t.sd.nn().logSoftmax(t.z))
                        .sum()
                        .neg()),
                unknown("written sigmoid", t -> t.y.mul(
                                t.sd.math().log(t.sd.nn().sigmoid(t.z)))
                        .sum()
                        .neg()),
                unknown("absolute difference", t -> t.sd.loss().absoluteDifference(t.y, t.z, null)),
                unknown("huber", t -> t.sd.loss().huberLoss(t.y, t.z, null, 1.0)),
                unknown("hinge", t -> t.sd.loss().hingeLoss(t.y, t.z, null)),
                unknown("perplexity", t -> t.sd.math().exp(t.sd.loss().softmaxCrossEntropy(t.y, t.z, null))),
                unknown("other axis", t -> t.y.mul(t.sd.math().log(t.sd.nn().softmax(t.z, 0)))
                        .sum()
                        .neg()),
                unknown(
                        "learned temperature",
                        t -> t.sd.loss().softmaxCrossEntropy(t.y, t.z, null).mul(t.temperature)),
                unknown(
                        "two ways",
                        t -> t.sd.loss().softmaxCrossEntropy(t.y, t.z, null).add(t.z.sum())),
                unknown("on the way to logits", t -> t.sd.loss().softmaxCrossEntropy(t.y, t.z.mul(2), null)),
                unknown(
                        "no labels",
                        t -> t.sd.math().log(t.sd.nn().softmax(t.z, 1)).sum()),
                unknown("energy", t -> t.sd.math().square(t.z).sum()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("losses")
    void knowsOnlyWhatIsCertain(String name, Optional<Likelihood> expected, Loss loss) {
        SDVariable made = loss.apply(this);
        assertThat(LossForm.of(sd, made.name()).likelihood("z", 2)).isEqualTo(expected);
    }

    @Test
    void findsThePredictionsOfEveryLossButTheDecay() {
        SDVariable sparse = sd.loss().sparseSoftmaxCrossEntropy(z, classes).mean();
        SDVariable all = sparse.add(sd.loss().l2Loss(w));
        assertThat(LossForm.of(sd, all.name()).predictions()).containsExactly("z");
        SDVariable both = all.add(sd.loss().meanSquaredError(y, z.mul("other", 2), null));
        assertThat(LossForm.of(sd, both.name()).predictions()).containsExactlyInAnyOrder("z", "other");
    }
}
