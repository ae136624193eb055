package org.curvature4j.internal.tutorial;

import java.util.Arrays;
import org.curvature4j.TensorFunction;
import org.curvature4j.plot.Slice;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A function of theta along a straight line.
 *
 * @param points [steps, n]
 * @param gradients of the function there [steps, n]
 * @param slice what figures are drawn from
 */
record LineScan(INDArray points, INDArray gradients, Slice slice) {
    private static final double REACH = 2;
    private static final int STEPS = 161;

    /**
     * Walks two units each way.
     *
     * @param start the point
     * @param direction of norm 1
     * @param curvature v'Hv at the start
     */
    static LineScan along(String name, TensorFunction function, double[] start, double[] direction, double curvature) {
        double[] steps = new double[STEPS];
        double[][] rows = new double[STEPS][];
        int middle = STEPS / 2;
        for (int i = 0; i < STEPS; i++) {
            double step = REACH * (i - middle) / middle;
            steps[i] = step;
            rows[i] = moved(start, step, direction);
        }
        INDArray points = Nd4j.createFromArray(rows);
        INDArray gradients = function.gradient().values(points);
        double[] values = JavaRows.flat(function.values(points));
        double[] slopes = Arrays.stream(JavaRows.of(gradients))
                .mapToDouble(gradient -> Directions.dot(gradient, direction))
                .toArray();
        Slice slice = new Slice(name, curvature, slopes[middle], values[middle], steps, values, slopes);
        return new LineScan(points, gradients, slice);
    }

    private static double[] moved(double[] start, double step, double[] direction) {
        double[] point = start.clone();
        for (int i = 0; i < point.length; i++) {
            point[i] += step * direction[i];
        }
        return point;
    }

    /** The function after a step that the walk has taken. */
    double value(double step) {
        return slice.values()[index(step)];
    }

    /** The directional derivative after a step that the walk has taken. */
    double slope(double step) {
        return slice.derivatives()[index(step)];
    }

    /** The quadratic model of the start, after any step. */
    double model(double step) {
        return slice.value() + step * (slice.slope() + step * slice.eigenvalue() / 2);
    }

    /** The largest change of the function from the start, among all steps. */
    double largestChange() {
        return Arrays.stream(slice.values())
                .map(value -> Math.abs(value - slice.value()))
                .max()
                .orElse(0);
    }

    private static int index(double step) {
        int middle = STEPS / 2;
        return (int) Math.round(middle + step / REACH * middle);
    }
}
