package org.curvature4j.optimize;

import org.curvature4j.internal.host.HostArray;
import org.curvature4j.operator.Vectors;
import org.curvature4j.spectrum.Spectrum;
import org.curvature4j.spectrum.SpectrumOptions;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Newton steps from all eigenvalues, taken by magnitude so that negative curvature repels instead of attracting: Y.
 * Dauphin et al., "Identifying and attacking the saddle point problem in high-dimensional non-convex optimization" (2014),
 * section 4; with a floor (Nocedal and Wright 2006, section 3.4) and a line search.
 */
final class DenseNewtonSteps implements StepRule {
    /** Of the largest magnitude: below it the gradient, not the curvature, decides how far to go. */
    private static final double FLOOR = 1e-10;

    private final LineSearch search = new LineSearch();

    @Override
    public @Nullable Iterate next(CountedObjective objective, Iterate at) {
        return search.search(objective, at, direction(spectrum(objective, at), at.gradient()), 1);
    }

    /** All eigenpairs of the Hessian at a point. */
    static Spectrum spectrum(CountedObjective objective, Iterate at) {
        int n = objective.size();
        if (n > MinimizerOptions.MOST_CLASSIFIED) {
            throw new IllegalArgumentException("eigenvalues of the Hessian: expected a function of at most "
                    + MinimizerOptions.MOST_CLASSIFIED + " numbers, got " + n
                    + " (newton-cg and trust-region do without)");
        }
        try (INDArray matrix = HostArray.copyOf(objective.hessian(at), DataType.DOUBLE, n, n)) {
            return Spectrum.of(matrix, SpectrumOptions.withVectors());
        }
    }

    private static double[] direction(Spectrum spectrum, double[] gradient) {
        double[] values = spectrum.eigenvalues();
        double largest = Math.max(Math.abs(values[0]), Math.abs(values[values.length - 1]));
        // Where nothing curves, a step against the gradient.
        double floor = largest == 0 ? 1 : FLOOR * largest;
        double[] direction = new double[gradient.length];
        for (int k = 0; k < values.length; k++) {
            double[] vector = spectrum.vector(k);
            double size = Math.max(Math.abs(values[k]), floor);
            Vectors.add(-Vectors.dot(vector, gradient) / size, vector, direction);
        }
        return direction;
    }
}
