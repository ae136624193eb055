package org.curvature4j;

import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The exact Hessian of a function with one result, H[i,j] = d2f / dx_i dx_j, prepared for many points, results [n, n]: forward
 * over reverse differentiation, symmetric to the last bit. Safe for several threads; owns native memory, which closing frees.
 */
public final class Hessian extends PreparedFunction {
    private final TensorFunction differentiated;

    private Hessian(TensorFunction function) {
        super(function.hessian());
        this.differentiated = function;
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
        return new Hessian(function);
    }

    /**
     * How many of some points lie on kinks of the function, where second derivatives are conventions or NaN, and whether they
     * are zero everywhere else. A pass of its own; {@link Kinks} prepares it for many, and streams.
     *
     * @param batch [B, n], or [B, ...] with n numbers a point; not modified
     * @param data what goes with each point, as for {@link #batch(INDArray, INDArray...)}
     */
    public KinkReport kinks(INDArray batch, INDArray... data) {
        try (Kinks kinks = Kinks.of(differentiated)) {
            return kinks.count(batch, data);
        }
    }
}
