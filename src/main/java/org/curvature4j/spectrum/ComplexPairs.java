package org.curvature4j.spectrum;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Eigenpairs of a general real matrix as a solver gave them, made presentable: ordered, normalised, with residuals. */
final class ComplexPairs {

    private static final double FACTOR = 4;

    private final int order;
    private final double[] values;
    private final double[] vectors;
    private final double[] residuals;

    /**
     * @param matrix the n x n matrix, row-major
     * @param rawValues real and imaginary parts in turn
     * @param rawVectors [n, n, 2], vectors in columns, of any length
     */
    ComplexPairs(double[] matrix, double[] rawValues, double[] rawVectors) {
        order = rawValues.length / 2;
        values = new double[2 * order];
        vectors = new double[2 * order * order];
        residuals = new double[order];
        ComplexVector vector = new ComplexVector(order);
        int k = 0;
        for (int from : ascending(rawValues)) {
            // Adding 0 turns -0.0 into 0.0.
            values[2 * k] = rawValues[2 * from] + 0.0;
            values[2 * k + 1] = rawValues[2 * from + 1] + 0.0;
            vector.readColumn(rawVectors, from);
            vector.normalise();
            vector.writeColumn(vectors, k);
            residuals[k] = vector.residual(matrix, values[2 * k], values[2 * k + 1]);
            k++;
        }
    }

    /**
     * What is off, over what rounding explains: above 1, or NaN, for pairs that are wrong. The values of a backward-stable
     * solver are those of A + E with |E| at most c n eps |A|, c = {@value #FACTOR}, |A| the Frobenius norm. So their sum is
     * the trace to sqrt(n) |E| and the sum of their squares tr(A^2) to 2 |A| |E|, however badly conditioned they are; and
     * no residual is larger than the square root of epsilon times |A|.
     *
     * @param matrix that they are of, its entries far from overflow and underflow
     * @param epsilon of the arithmetic that found them
     */
    double excess(double[] matrix, double epsilon) {
        double trace = 0;
        double squareTrace = 0;
        double sum = 0;
        double squareSum = 0;
        for (int i = 0; i < order; i++) {
            trace += matrix[i * order + i];
            sum += values[2 * i];
            squareSum += values[2 * i] * values[2 * i] - values[2 * i + 1] * values[2 * i + 1];
            for (int j = 0; j < order; j++) {
                squareTrace += matrix[i * order + j] * matrix[j * order + i];
            }
        }
        double norm = CheckVector.norm(matrix);
        if (norm == 0) {
            return CheckVector.norm(values) == 0 ? 0 : Double.NaN;
        }
        double allowed = FACTOR * order * epsilon * norm;
        double excess = Math.max(
                Math.abs(sum - trace) / (Math.sqrt(order) * allowed),
                Math.abs(squareSum - squareTrace) / (2 * norm * allowed));
        double largest = 0;
        for (double residual : residuals) {
            largest = Math.max(largest, residual);
        }
        return Math.max(excess, largest / (Math.sqrt(epsilon) * norm));
    }

    /** Rounds, and multiplies values and residuals by two to the power of scale. */
    GeneralSpectrum spectrum(Precision precision, int scale) {
        double[] scaledValues = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            scaledValues[i] = precision.round(Math.scalb(values[i], scale));
            if (Double.isInfinite(scaledValues[i])) {
                throw new IllegalArgumentException("matrix: expected eigenvalues in the range of " + precision
                        + ", got one beyond it (scale the matrix down)");
            }
        }
        return new GeneralSpectrum(
                precision.dataType(),
                scaledValues,
                Arrays.stream(vectors).map(precision::round).toArray(),
                Arrays.stream(residuals)
                        .map(residual -> precision.round(Math.scalb(residual, scale)))
                        .toArray());
    }

    /** By real part, then by imaginary part. */
    private static int[] ascending(double[] values) {
        return IntStream.range(0, values.length / 2)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(k -> values[2 * k] + 0.0)
                        .thenComparingDouble(k -> values[2 * k + 1] + 0.0))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
