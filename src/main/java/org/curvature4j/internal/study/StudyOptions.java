package org.curvature4j.internal.study;

import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.data.Dataset;
import org.curvature4j.internal.random.StandardNormal;
import org.curvature4j.internal.text.Arguments;
import org.curvature4j.training.Activation;
import org.curvature4j.training.Loss;
import org.curvature4j.training.Mlp;
import org.curvature4j.training.Optimizer;
import org.curvature4j.training.TrainingOptions;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Which net is trained how, and how much is spent on estimates. Immutable.
 *
 * @param hidden widths of the hidden layers, tanh, between 64 pixels and 10 classes
 * @param epochs of Adam, at least 1
 * @param rate of its steps
 * @param batch examples a step
 * @param rows examples to train on and to take the Hessian over, from 2 to 1,438; 359 others are held out
 * @param seed of the weights, the order of the examples, the split and all probes
 * @param steps Lanczos steps of each probe of the density
 * @param probes of the density
 * @param pairs leading eigenpairs to find, at least 20
 * @param products for the estimate of the trace
 * @param others how many further seeds, those that follow, are looked at in less detail
 */
public record StudyOptions(
        List<Integer> hidden,
        int epochs,
        double rate,
        int batch,
        int rows,
        long seed,
        int steps,
        int probes,
        int pairs,
        int products,
        int others) {
    /** Those of the committed write-up: the net that {@code curvature train} makes unless told otherwise. */
    public static final StudyOptions COMMITTED =
            new StudyOptions(List.of(32), 30, 0.01, 64, 1438, 0, 100, 20, 20, 100, 4);

    static final int PIXELS = 64;
    static final int CLASSES = 10;

    private static final double HELD_OUT = 0.2;
    private static final int MOST_ROWS = 1438;
    private static final int LEAST_PAIRS = 2 * CLASSES;
    /** Streams of random numbers beside that of the weights. */
    private static final long ORDER = 1;

    private static final long SPLIT = 2;

    /** @throws IllegalArgumentException if a number is out of range; estimates check theirs when they are made */
    public StudyOptions {
        hidden = List.copyOf(hidden);
        Arguments.refuseIf(hidden.isEmpty(), "hidden", "the width of at least one layer", "none");
        Arguments.refuseIf(epochs < 1, "epochs", "at least 1", epochs);
        Arguments.refuseIf(rows < 2 || rows > MOST_ROWS, "rows", "2 to " + MOST_ROWS, rows);
        Arguments.refuseIf(others < 0, "others", "0 or more seeds", others);
        Arguments.refuseIf(pairs < LEAST_PAIRS, "pairs", "at least " + LEAST_PAIRS, pairs);
    }

    /** The same with other random numbers. */
    public StudyOptions seed(long other) {
        return new StudyOptions(hidden, epochs, rate, batch, rows, other, steps, probes, pairs, products, others);
    }

    int[] widths() {
        return IntStream.concat(
                        IntStream.concat(IntStream.of(PIXELS), hidden.stream().mapToInt(Integer::intValue)),
                        IntStream.of(CLASSES))
                .toArray();
    }

    SameDiff net() {
        return Mlp.of(Activation.TANH, Loss.CROSS_ENTROPY, seed, widths());
    }

    TrainingOptions training() {
        return new TrainingOptions(Optimizer.ADAM, rate, epochs, batch, StandardNormal.otherSeed(seed, ORDER));
    }

    Dataset.Split data() {
        Dataset.Split split = Dataset.digits().split(HELD_OUT, StandardNormal.otherSeed(seed, SPLIT));
        return new Dataset.Split(split.train().first(rows), split.heldOut());
    }
}
