package org.curvature4j.curvature;

/**
 * What a model's outputs mean: the distribution of a target given a row of outputs z, along the last axis. Its negative
 * log-likelihood's Hessian in z doesn't depend on the target, so that the Fisher information is known in closed form
 * (Martens, New insights and perspectives on the natural gradient method, JMLR 2020, section 9.2).
 */
public enum Likelihood {
    /** A class with probabilities softmax(z): Fisher information diag(p) - p p'. */
    SOFTMAX,
    /** A vector, normal with mean z and variance 1 in each direction: Fisher information the identity. */
    GAUSSIAN
}
