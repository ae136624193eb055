package org.curvature4j.estimate;

import java.util.Arrays;
import org.curvature4j.operator.Basis;
import org.curvature4j.operator.HeapSpace;
import org.curvature4j.operator.Vectors;

/**
 * Y = Q B of s vectors of n numbers: r orthonormal vectors Q that span them to rounding, and the coefficients B, of full
 * rank r. What is left of a vector in the span of those before it is rounding of the largest vector, and no direction.
 */
final class ThinQr {
    /** The norm that counts as rounding, relative to the largest vector: 64 units in the last place. */
    private static final double ROUNDING = 0x1p-46;

    private final double[][] vectors;
    private final double[][] coefficients;

    private ThinQr(double[][] vectors, double[][] coefficients) {
        this.vectors = vectors;
        this.coefficients = coefficients;
    }

    /**
     * Overwrites the vectors given, and replaces the first of them by the basis.
     *
     * @param negligible norm relative to that of the largest vector up to which a rest counts as none
     */
    private static ThinQr of(double[][] given, double negligible) {
        double largest = Arrays.stream(given).mapToDouble(Vectors::norm).max().orElse(0);
        int length = given.length == 0 ? 0 : given[0].length;
        Basis<double[]> basis =
                new Basis<>(new HeapSpace(length, Runtime.getRuntime().availableProcessors()));
        double[][] coefficients = new double[given.length][given.length];
        for (int j = 0; j < given.length; j++) {
            int rank = basis.size();
            double[] parts = new double[rank];
            double norm = basis.orthogonalise(given[j], parts);
            for (int k = 0; k < rank; k++) {
                coefficients[k][j] = parts[k];
            }
            if (norm > negligible * largest) {
                coefficients[rank][j] = norm;
                Vectors.divide(given[j], norm);
                basis.append(given[j], 1);
                given[rank] = basis.vector(rank);
            }
        }
        return new ThinQr(Arrays.copyOf(given, basis.size()), Arrays.copyOf(coefficients, basis.size()));
    }

    /** Of the directions that aren't rounding. Overwrites the vectors given. */
    static ThinQr of(double[][] given) {
        return of(given, ROUNDING);
    }

    /** Of vectors that are known to be independent, however different in length. Overwrites them. */
    static ThinQr ofIndependent(double[][] given) {
        for (double[] vector : given) {
            Vectors.divide(vector, Vectors.norm(vector));
        }
        return of(given, 0);
    }

    int rank() {
        return vectors.length;
    }

    /** Q, r arrays of n numbers; not a copy. */
    double[][] vectors() {
        return vectors;
    }

    /** B, r by s; not a copy. */
    double[][] coefficients() {
        return coefficients;
    }

    /** Column i of B: the vector i in the basis. */
    double[] coordinates(int i) {
        double[] column = new double[rank()];
        Arrays.setAll(column, k -> coefficients[k][i]);
        return column;
    }

    /** Q'v. */
    double[] project(double[] vector) {
        double[] column = new double[rank()];
        Arrays.setAll(column, k -> Vectors.dot(vectors[k], vector));
        return column;
    }

    /** y += factor times the combination of these vectors. */
    static void combine(double factor, double[][] vectors, double[] weights, double[] y) {
        for (int k = 0; k < vectors.length; k++) {
            Vectors.add(factor * weights[k], vectors[k], y);
        }
    }
}
