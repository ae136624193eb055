package org.curvature4j.curvature;

import java.util.Locale;

/**
 * What a model's outputs mean: the distribution of a target given a row of outputs z, along the last axis. Only where the
 * Hessian of its negative log-likelihood in z doesn't depend on the target is the Fisher matrix that of Gauss and Newton too
 * (Martens, New insights and perspectives on the natural gradient method, JMLR 2020, section 9.2).
 */
public enum Likelihood {
    /** A class with probabilities softmax(z), of two or more outputs: Fisher information diag(p) - p p'. */
    SOFTMAX("softmax of the outputs"),
    /** For each output alone yes or no, yes with probability p = sigmoid(z): Fisher information diag(p (1 - p)). */
    BERNOULLI("Bernoulli, sigmoid of each output"),
    /** For each output alone yes or no, yes with probability z itself: Fisher information diag(1 / (z (1 - z))). */
    BERNOULLI_PROBABILITY("Bernoulli, each output a probability"),
    /** A vector, normal with mean z and variance 1 in each direction: Fisher information the identity. */
    GAUSSIAN("Gaussian around the outputs, variance 1");

    private final String words;

    Likelihood(String words) {
        this.words = words;
    }

    /** The name in options and files, such as {@code bernoulli-probability}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What it says of the outputs, for people. */
    public String words() {
        return words;
    }

    /** Whether targets are drawn by numbers uniform in (0, 1); by standard normal ones otherwise. */
    boolean drawsUniform() {
        return this != GAUSSIAN;
    }
}
