package org.curvature4j.training;

import org.curvature4j.internal.text.Arguments;

/**
 * How a net is trained.
 *
 * @param rate of the steps, above 0
 * @param epochs passes through the data, 0 or more
 * @param batch examples a step, at least 1; the last of an epoch takes what is left
 * @param seed of the order of the examples, another in each epoch
 */
public record TrainingOptions(Optimizer optimizer, double rate, int epochs, int batch, long seed) {
    /** Adam, 0.01, 30 epochs of minibatches of 64 rows, seed 0. */
    public static final TrainingOptions USUAL = new TrainingOptions(Optimizer.ADAM, 0.01, 30, 64, 0);

    /** @throws IllegalArgumentException if a number is out of range */
    public TrainingOptions {
        Arguments.refuseIf(!(rate > 0 && rate <= Double.MAX_VALUE), "rate", "a finite number above 0", rate);
        Arguments.refuseIf(epochs < 0, "epochs", "0 or more", epochs);
        Arguments.refuseIf(batch < 1, "batch", "1 or more", batch);
    }
}
