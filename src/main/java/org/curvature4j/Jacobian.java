package org.curvature4j;

import java.util.Arrays;
import org.curvature4j.internal.text.Arguments;
import org.curvature4j.spectrum.JacobianSink;
import org.curvature4j.spectrum.Sensitivity;
import org.curvature4j.stream.Progress;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The exact Jacobian of a function, J[i,j] = df_i / dx_j, prepared for many points, results [m, n]. Safe for several threads;
 * owns native memory, which closing frees. A result with axes of its own keeps them before the last, n.
 */
public final class Jacobian extends PreparedFunction {
    private Jacobian(TensorFunction function, DerivativeMode mode) {
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
        return of(function, DerivativeMode.AUTO);
    }

    /** Prepares the Jacobian of a function in forward or reverse mode; the results agree to rounding. */
    public static Jacobian of(TensorFunction function, DerivativeMode mode) {
        return new Jacobian(Arguments.requireGiven("function", function), Arguments.requireGiven("mode", mode));
    }

    /**
     * Which inputs move the outputs most, over points whose Jacobians are computed tile by tile and never held together.
     *
     * @param points [B, n], or [B, ...] with n numbers a point, at least one; not modified
     * @param data what goes with each point, as for {@link #batch(INDArray, INDArray...)}
     * @throws IllegalArgumentException naming the first Jacobian that isn't finite
     */
    public Sensitivity sensitivity(INDArray points, INDArray... data) {
        int columns = Math.toIntExact(function().inputSize());
        int rows = Math.toIntExact(function().outputSize() / columns);
        if (points.isEmpty()) {
            throw new IllegalArgumentException(
                    "points: expected at least one, [B, " + columns + "], got " + Arrays.toString(points.shape()));
        }
        try (JacobianSink sink = new JacobianSink(rows, columns, DataType.DOUBLE, (first, some, found) -> {})) {
            stream(sink, Progress.NONE, RowLayout.withData(points, data));
            return sink.sensitivity();
        }
    }
}
