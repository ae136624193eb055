package org.curvature4j.internal.cli.subject;

import org.curvature4j.TensorFunction;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.plot.Slice;
import org.curvature4j.spectrum.Spectrum;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Evaluates a function and its slope on straight lines through a point, all steps of a line at once. */
public final class Line {
    private final TensorFunction function;
    private final double[] point;
    private final double[] steps;

    /** @param point [n] */
    public Line(TensorFunction function, INDArray point, double[] steps) {
        this.function = function;
        this.point = point.toDoubleVector();
        this.steps = steps;
    }

    /** The function along an eigenvector of its Hessian at the point; an eigenvalue within rounding of zero is 0. */
    public Slice along(Direction direction, Spectrum spectrum) {
        double[] vector = spectrum.vector(direction.index());
        int n = point.length;
        int count = steps.length;
        double[] places = new double[Math.multiplyExact(count + 1, n)];
        for (int i = 0; i <= count; i++) {
            double step = i < count ? steps[i] : 0;
            for (int j = 0; j < n; j++) {
                places[i * n + j] = point[j] + step * vector[j];
            }
        }
        double[] values = new double[count + 1];
        double[] slopes = new double[count + 1];
        try (INDArray batch = HostArray.copyOf(places, DataType.DOUBLE, count + 1, n);
                INDArray results = function.values(batch);
                INDArray gradients = function.gradient().values(batch)) {
            double[] gradient = numbers(gradients);
            System.arraycopy(numbers(results), 0, values, 0, count + 1);
            for (int i = 0; i <= count; i++) {
                for (int j = 0; j < n; j++) {
                    slopes[i] += gradient[i * n + j] * vector[j];
                }
            }
        }
        double eigenvalue = spectrum.eigenvalues()[direction.index()];
        return new Slice(
                direction.name(),
                Math.abs(eigenvalue) <= spectrum.inertia().tolerance() ? 0 : eigenvalue,
                slopes[count],
                values[count],
                steps,
                java.util.Arrays.copyOf(values, count),
                java.util.Arrays.copyOf(slopes, count));
    }

    private static double[] numbers(INDArray array) {
        return HostArray.numbers("results along the line", array);
    }
}
