package org.curvature4j.optimize;

/**
 * One point of a minimisation's way.
 *
 * @param number 0 for the start
 * @param value of the function
 * @param gradientNorm Euclidean
 * @param stepNorm length of the step that led here; 0 for the start
 * @param escape whether that step left a saddle along negative curvature
 * @param gradients evaluations of the gradient until now
 * @param products of the Hessian with a vector until now; a Hessian as a whole counts n
 */
public record Iteration(
        int number,
        double value,
        double gradientNorm,
        double stepNorm,
        boolean escape,
        long gradients,
        long products) {}
