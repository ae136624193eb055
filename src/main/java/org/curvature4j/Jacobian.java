package org.curvature4j;

import org.curvature4j.internal.transform.Derivatives;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * The exact Jacobian of a function, J[i,j] = df_i / dx_j, prepared for many points, results [m, n]. Safe for several threads;
 * owns native memory, which closing frees. A result with axes of its own keeps them before the last, n.
 */
public final class Jacobian extends PreparedFunction {
    private Jacobian(TensorFunction function, Derivatives.Mode mode) {
        super(function.jacobian(mode));
    }

    /**
     * Prepares the Jacobian of a SameDiff graph's output, flattened row-major; the graph isn't modified.
     *
     * @param withRespectTo placeholders or variables, flattened in this order, each row-major
     * @throws IllegalArgumentException where the graph can't be taken over, saying why
     */
    public static Jacobian of(SameDiff graph, String output, String... withRespectTo) {
        return of(TensorFunction.of(graph, output, withRespectTo));
    }

    /** Prepares the Jacobian of a function, in the mode with fewer products. */
    public static Jacobian of(TensorFunction function) {
        return of(function, Derivatives.Mode.AUTO);
    }

    /** Prepares the Jacobian of a function in forward or reverse mode; the results agree to rounding. */
    public static Jacobian of(TensorFunction function, Derivatives.Mode mode) {
        return new Jacobian(function, mode);
    }
}
