package org.curvature4j.curvature;

/** How a loss puts examples together, which decides how the losses of minibatches do. */
public enum Reduction {
    /** The mean over examples, or over their elements: a batch counts by its share of all examples. */
    MEAN,
    /** The sum over examples: batches are added. A term without examples, such as weight decay, then counts once a batch. */
    SUM
}
