package org.curvature4j.estimate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.curvature4j.operator.LinearOperator;
import org.curvature4j.operator.MatrixOperator;

/** Matrices of known kinds, with their entries. */
final class Spectra {
    private Spectra() {}

    /** Symmetric matrices of n rows with eigenvalues of several kinds, in a random basis, by name. */
    static Map<String, double[]> symmetric(int n) {
        Map<String, double[]> matrices = new LinkedHashMap<>();
        matrices.put("flat", symmetric(n, i -> 1));
        matrices.put("nearly flat", symmetric(n, i -> 3 - 2.0 * i / n));
        matrices.put("quickly decaying", symmetric(n, i -> Math.pow(0.7, i)));
        matrices.put("slowly decaying", symmetric(n, i -> 1.0 / (i + 1)));
        matrices.put("steps", symmetric(n, i -> i < 5 ? 1 : 1e-3));
        matrices.put("indefinite", symmetric(n, i -> Math.pow(-1, i) * (2.0 + i % 7)));
        matrices.put("indefinite and decaying", symmetric(n, i -> Math.pow(-0.8, i)));
        return matrices;
    }

    /** The symmetric matrix with these eigenvalues and random eigenvectors, row-major. */
    static double[] symmetric(int n, IntToDoubleFunction eigenvalue) {
        double[] matrix = new double[n * n];
        for (int i = 0; i < n; i++) {
            matrix[i * n + i] = eigenvalue.applyAsDouble(i);
        }
        Random random = new Random(n);
        for (int reflection = 0; reflection < 4; reflection++) {
            double[] axis = random.doubles(n, -1, 1).toArray();
            double square = 0;
            for (double number : axis) {
                square += number * number;
            }
            reflect(matrix, n, axis, square, false);
            reflect(matrix, n, axis, square, true);
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                matrix[i * n + j] = matrix[j * n + i];
            }
        }
        return matrix;
    }

    private static void reflect(double[] matrix, int n, double[] axis, double square, boolean columns) {
        for (int k = 0; k < n; k++) {
            double dot = 0;
            for (int i = 0; i < n; i++) {
                dot += axis[i] * matrix[columns ? k * n + i : i * n + k];
            }
            for (int i = 0; i < n; i++) {
                matrix[columns ? k * n + i : i * n + k] -= 2 * dot / square * axis[i];
            }
        }
    }

    /** Normal entries, not symmetric. */
    static double[] random(int rows, int columns, long seed) {
        Random random = new Random(seed);
        return random.doubles((long) rows * columns, -1, 1).toArray();
    }

    static LinearOperator operator(double[] matrix, int n) {
        return MatrixOperator.of(matrix, n, n);
    }

    static double trace(double[] matrix, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += matrix[i * n + i];
        }
        return sum;
    }
}
