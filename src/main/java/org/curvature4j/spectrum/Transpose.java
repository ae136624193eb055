package org.curvature4j.spectrum;

/** Square matrices turned over: solvers give each eigenvector's components contiguous, users get columns. */
final class Transpose {

    private Transpose() {}

    /** A new array with rows and columns of an n x n matrix exchanged. */
    static double[] of(double[] matrix, int n) {
        double[] result = matrix.clone();
        inPlace(result, 0, n);
        return result;
    }

    /** Exchanges rows and columns of the n x n matrix that begins at {@code start}. */
    static void inPlace(double[] matrices, int start, int n) {
        for (int i = 1; i < n; i++) {
            for (int j = 0; j < i; j++) {
                int below = start + i * n + j;
                int above = start + j * n + i;
                double kept = matrices[below];
                matrices[below] = matrices[above];
                matrices[above] = kept;
            }
        }
    }
}
