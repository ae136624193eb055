package org.curvature4j.onnx;

/** What becomes of numbers that a model computes and then rounds to a few steps. */
public enum Quantized {
    /** The model is refused, and the message says why: between the steps every derivative is 0. */
    REFUSED,
    /**
     * The value is rounded, its derivative is that without rounding inside the range and 0 outside, as quantisation-aware
     * training does: Bengio et al. 2013, Estimating or propagating gradients through stochastic neurons, section 3.1.
     */
    STRAIGHT_THROUGH
}
