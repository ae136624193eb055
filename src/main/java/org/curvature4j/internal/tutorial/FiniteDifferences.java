package org.curvature4j.internal.tutorial;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.curvature4j.TensorFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Derivatives from values alone, to check exact ones against: central differences of fourth order,
 *
 * <pre>f'(x) = (f(x - 2h) - 8 f(x - h) + 8 f(x + h) - f(x + 2h)) / 12h + O(h^4)</pre>
 *
 * <p>(Fornberg, Generation of finite difference formulas on arbitrarily spaced grids, Mathematics of Computation 51
 * (1988), table 1). A Hessian applies them twice. The step is h for a coordinate of magnitude up to 1 and h times the
 * magnitude beyond. For a function of magnitude 1 that varies over lengths of about 1, the error is some 1e-12 in a
 * Jacobian and 1e-10 in a Hessian: with a larger step the formula would lose more, with a smaller one the rounding of
 * f would.
 */
public final class FiniteDifferences {
    private static final int[] OFFSETS = {-2, -1, 1, 2};
    private static final double[] WEIGHTS = {1 / 12.0, -8 / 12.0, 8 / 12.0, -1 / 12.0};

    /** Near eps^(1/5), which balances h^4 against eps / h; a power of two, so that adding it rarely rounds. */
    private static final double FIRST_STEP = 0x1p-11;
    /** Near eps^(1/6), which balances h^4 against eps / h^2. */
    private static final double SECOND_STEP = 0x1p-9;

    private FiniteDifferences() {}

    /**
     * Jacobians of a function at a batch of points, J[i,j] = df_i / dx_j.
     *
     * @param points [B, n], of any numbers; not modified
     * @return [B, m, n] for a function with m results; owned by the caller
     */
    public static INDArray jacobian(TensorFunction function, INDArray points) {
        requirePoints(function, points);
        double[][] rows = differences(batch -> values(function, batch), JavaRows.of(points), FIRST_STEP);
        return Nd4j.createFromArray(rows).reshape(points.size(0), function.outputSize(), points.size(1));
    }

    /**
     * Hessians of a function with one result at a batch of points, H[i,j] = d2f / dx_i dx_j.
     *
     * @param points [B, n], of any numbers; not modified
     * @return [B, n, n]; owned by the caller
     */
    public static INDArray hessian(TensorFunction function, INDArray points) {
        requirePoints(function, points);
        UnaryOperator<double[][]> gradient = batch -> differences(inner -> values(function, inner), batch, SECOND_STEP);
        double[][] rows = differences(gradient, JavaRows.of(points), SECOND_STEP);
        return Nd4j.createFromArray(rows).reshape(points.size(0), points.size(1), points.size(1));
    }

    private static void requirePoints(TensorFunction function, INDArray points) {
        if (points.rank() != 2 || points.isEmpty() || points.size(1) != function.inputSize()) {
            throw new IllegalArgumentException("points: expected at least one, [B, " + function.inputSize() + "], got "
                    + Arrays.toString(points.shape()));
        }
    }

    private static double[][] values(TensorFunction function, double[][] points) {
        try (INDArray batch = Nd4j.createFromArray(points);
                INDArray results = function.values(batch)) {
            return JavaRows.of(results);
        }
    }

    /** For each point all derivatives: result i by coordinate j at index i * n + j. One call of the function. */
    private static double[][] differences(UnaryOperator<double[][]> function, double[][] points, double relativeStep) {
        int n = points[0].length;
        int perPoint = n * OFFSETS.length;
        double[][] moved = new double[points.length * perPoint][];
        for (int i = 0; i < moved.length; i++) {
            double[] point = points[i / perPoint].clone();
            int coordinate = i % perPoint / OFFSETS.length;
            point[coordinate] += OFFSETS[i % OFFSETS.length] * step(point[coordinate], relativeStep);
            moved[i] = point;
        }
        double[][] values = function.apply(moved);
        int results = values[0].length;
        double[][] derivatives = new double[points.length][results * n];
        for (int i = 0; i < moved.length; i++) {
            int point = i / perPoint;
            int coordinate = i % perPoint / OFFSETS.length;
            double weight = WEIGHTS[i % OFFSETS.length] / step(points[point][coordinate], relativeStep);
            for (int result = 0; result < results; result++) {
                derivatives[point][result * n + coordinate] += weight * values[i][result];
            }
        }
        return derivatives;
    }

    private static double step(double coordinate, double relativeStep) {
        return relativeStep * Math.max(1, Math.abs(coordinate));
    }
}
