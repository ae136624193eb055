package org.curvature4j.training;

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
        if (!(rate > 0 && rate <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("rate: expected a finite number above 0, got " + rate);
        }
        if (epochs < 0) {
            throw new IllegalArgumentException("epochs: expected 0 or more, got " + epochs);
        }
        if (batch < 1) {
            throw new IllegalArgumentException("batch: expected 1 or more, got " + batch);
        }
    }
}
