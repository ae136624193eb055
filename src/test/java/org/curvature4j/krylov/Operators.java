package org.curvature4j.krylov;

import java.util.Arrays;
import org.curvature4j.internal.random.StandardNormal;
import org.curvature4j.operator.DiagonalOperator;
import org.curvature4j.operator.LinearOperator;
import org.curvature4j.operator.MatrixOperator;
import org.curvature4j.operator.Vectors;

/** Operators with known spectra. */
final class Operators {
    private Operators() {}

    /** A dense random symmetric matrix. */
    static double[] randomSymmetric(int n, long seed) {
        double[] matrix = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                matrix[i * n + j] = StandardNormal.value(seed, (long) i * n + j);
                matrix[j * n + i] = matrix[i * n + j];
            }
        }
        return matrix;
    }

    static LinearOperator dense(double[] matrix, int n) {
        return MatrixOperator.of(matrix, n, n);
    }

    /** H D H with D diagonal and H two reflections: these eigenvalues, and no coordinate is an eigenvector. */
    static LinearOperator rotated(double... eigenvalues) {
        int n = eigenvalues.length;
        double[] u = unit(n, 1);
        double[] w = unit(n, 2);
        return new LinearOperator(n, n, true) {
            @Override
            protected void multiply(double[] vector, double[] product) {
                System.arraycopy(vector, 0, product, 0, n);
                reflect(u, product);
                reflect(w, product);
                for (int i = 0; i < n; i++) {
                    product[i] *= eigenvalues[i];
                }
                reflect(w, product);
                reflect(u, product);
            }
        };
    }

    private static void reflect(double[] unit, double[] vector) {
        Vectors.add(-2 * Vectors.dot(unit, vector), unit, vector);
    }

    private static double[] unit(int n, long seed) {
        double[] unit = new double[n];
        StandardNormal.fill(seed, 0, unit, 0, n);
        Vectors.scale(1 / Vectors.norm(unit), unit);
        return unit;
    }

    /** c I. */
    static LinearOperator multiple(double factor, int n) {
        double[] diagonal = new double[n];
        Arrays.fill(diagonal, factor);
        return DiagonalOperator.of(diagonal);
    }

    /** As the Hessian of a trained net: ten outliers from 1 to 50, and a bulk around zero, mostly of tiny size. */
    static double[] netLike(int n) {
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = i < 10 ? Math.pow(50, 1 - i / 9.0) : 0.05 * Math.pow(StandardNormal.value(7, i), 3);
        }
        Arrays.sort(values);
        return values;
    }

    /** A random vector. */
    static double[] start(int n) {
        return unit(n, 3);
    }
}
