package org.curvature4j.spectrum;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Eigenpairs of a general real matrix as a solver gave them, made presentable: ordered, normalised, with residuals.
 */
final class ComplexPairs {

    /**
     * The largest residual that passes for rounding, relative to the Frobenius norm. Backward-stable methods stay within
     * a small multiple of n times 2.2e-16.
     */
    private static final double LARGEST_RESIDUAL = 0x1p-26;

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

    /** Whether all pairs satisfy their equation to rounding, for a matrix of this Frobenius norm. */
    boolean areRight(double norm) {
        return Arrays.stream(residuals).allMatch(residual -> residual <= LARGEST_RESIDUAL * norm);
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
