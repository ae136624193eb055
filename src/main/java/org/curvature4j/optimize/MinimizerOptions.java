package org.curvature4j.optimize;

import java.util.function.Consumer;
import org.curvature4j.internal.text.Arguments;
import org.curvature4j.internal.text.Numbers;

/**
 * When a minimisation ends, and who hears of its progress.
 *
 * @param gradientTolerance norm of the gradient at which to stop, above 0
 * @param mostIterations 0 or more
 * @param escapeSaddles whether to look for negative curvature where the gradient is small, and to leave along it
 * @param classify whether to take all eigenvalues of the Hessian at the end, up to {@link #MOST_CLASSIFIED} numbers
 * @param lowest value below which the function counts as unbounded
 * @param progress hears of every point, the start included, on the calling thread
 */
public record MinimizerOptions(
        double gradientTolerance,
        int mostIterations,
        boolean escapeSaddles,
        boolean classify,
        double lowest,
        Consumer<Iteration> progress) {

    /** Numbers in a point up to which the Hessian is taken as a whole. */
    public static final int MOST_CLASSIFIED = 5000;

    public MinimizerOptions {
        if (!(gradientTolerance > 0 && gradientTolerance <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "gradient tolerance: expected a finite number above 0, got " + gradientTolerance);
        }
        Arguments.refuseIf(mostIterations < 0, "iterations", "0 or more", mostIterations);
        Arguments.refuseIf(Double.isNaN(lowest), "lowest value", "a number", "NaN");
    }

    /** Gradients of 1e-8, up to 1,000 iterations, saddles left, no classification, unbounded below -1e30. */
    public static MinimizerOptions usual() {
        return new MinimizerOptions(1e-8, 1000, true, false, -1e30, iteration -> {});
    }

    /** The same with another tolerance. */
    public MinimizerOptions gradientTolerance(double norm) {
        return new MinimizerOptions(norm, mostIterations, escapeSaddles, classify, lowest, progress);
    }

    /** The same with another number of iterations. */
    public MinimizerOptions mostIterations(int count) {
        return new MinimizerOptions(gradientTolerance, count, escapeSaddles, classify, lowest, progress);
    }

    /** The same, content with any point whose gradient is small. */
    public MinimizerOptions withoutEscape() {
        return new MinimizerOptions(gradientTolerance, mostIterations, false, classify, lowest, progress);
    }

    /** The same, with the inertia of the end. */
    public MinimizerOptions withClassification() {
        return new MinimizerOptions(gradientTolerance, mostIterations, escapeSaddles, true, lowest, progress);
    }

    /** The same with another limit for what counts as unbounded. */
    public MinimizerOptions lowest(double value) {
        return new MinimizerOptions(gradientTolerance, mostIterations, escapeSaddles, classify, value, progress);
    }

    /** The same with a listener. */
    public MinimizerOptions progress(Consumer<Iteration> listener) {
        return new MinimizerOptions(gradientTolerance, mostIterations, escapeSaddles, classify, lowest, listener);
    }

    @Override
    public String toString() {
        return "to a gradient of " + Numbers.brief(gradientTolerance) + ", at most " + mostIterations + " iterations"
                + (escapeSaddles ? "" : ", without leaving saddles")
                + (classify ? ", with classification" : "");
    }
}
