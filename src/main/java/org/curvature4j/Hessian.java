package org.curvature4j;

import org.curvature4j.internal.text.Arguments;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The exact Hessian of a function with one result, H[i,j] = d2f / dx_i dx_j, prepared for many points, results [n, n]: forward
 * over reverse differentiation, symmetric to the last bit. Safe for several threads; owns native memory, which closing frees.
 */
public final class Hessian extends PreparedFunction {
    private Hessian(TensorFunction function) {
        super(function.hessian());
    }

    /**
     * Prepares the Hessian of a SameDiff graph's output; the graph isn't modified.
     *
     * @param withRespectTo placeholders or variables, flattened in this order, each row-major
     * @throws IllegalArgumentException where the graph can't be taken over or the output isn't one number, saying why
     */
    public static Hessian of(SameDiff graph, String output, String... withRespectTo) {
        return of(TensorFunction.of(graph, output, withRespectTo));
    }

    /** Prepares the Hessian of a function. */
    public static Hessian of(TensorFunction function) {
        return new Hessian(Arguments.requireGiven("function", function));
    }
}
