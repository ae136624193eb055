package org.curvature4j.estimate;

import java.util.Arrays;
import org.curvature4j.operator.Vectors;

/**
 * Y = Q B of s vectors of n numbers: r orthonormal vectors Q that span them to rounding, and the coefficients B, of full
 * rank r.
 *
 * <p>Gram and Schmidt's process, each vector orthogonalised until that takes nothing away any more (Giraud, Langou,
 * Rozloznik, van den Eshof: Rounding error analysis of the classical Gram-Schmidt orthogonalization process, Numerische
 * Mathematik 101, 2005, show that twice is enough); what then is rounding of the largest vector is no direction.
 */
final class Basis {
    /** The norm that counts as rounding, relative to the largest vector: 64 units in the last place. */
    private static final double ROUNDING = 0x1p-46;

    private static final int MOST_PASSES = 4;

    private final double[][] vectors;
    private final double[][] coefficients;

    private Basis(double[][] vectors, double[][] coefficients) {
        this.vectors = vectors;
        this.coefficients = coefficients;
    }

    /**
     * Overwrites the vectors given, which become the basis.
     *
     * @param negligible norm relative to that of the largest vector up to which a rest counts as none
     */
    private static Basis of(double[][] given, double negligible) {
        double largest = Arrays.stream(given).mapToDouble(Vectors::norm).max().orElse(0);
        double[][] basis = new double[given.length][];
        double[][] coefficients = new double[given.length][given.length];
        int rank = 0;
        for (int j = 0; j < given.length; j++) {
            double[] rest = given[j];
            double norm = Vectors.norm(rest);
            boolean reduced = true;
            for (int pass = 0; pass < MOST_PASSES && reduced && norm > negligible * largest; pass++) {
                for (int k = 0; k < rank; k++) {
                    double part = Vectors.dot(basis[k], rest);
                    coefficients[k][j] += part;
                    Vectors.add(-part, basis[k], rest);
                }
                double after = Vectors.norm(rest);
                reduced = after < norm / 2;
                norm = after;
            }
            if (norm > negligible * largest) {
                coefficients[rank][j] = norm;
                normalise(rest, norm);
                basis[rank++] = rest;
            }
        }
        return new Basis(Arrays.copyOf(basis, rank), Arrays.copyOf(coefficients, rank));
    }

    /** Of the directions that aren't rounding. Overwrites the vectors given. */
    static Basis of(double[][] given) {
        return of(given, ROUNDING);
    }

    /** Of vectors that are known to be independent, however different in length. Overwrites them. */
    static Basis ofIndependent(double[][] given) {
        for (double[] vector : given) {
            normalise(vector, Vectors.norm(vector));
        }
        return of(given, 0);
    }

    private static void normalise(double[] vector, double norm) {
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= norm;
        }
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
