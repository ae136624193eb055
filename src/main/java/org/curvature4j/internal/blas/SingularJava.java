package org.curvature4j.internal.blas;

import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.SingularValueDecomposition;
import org.jspecify.annotations.Nullable;

/** Hipparchus' singular values and vectors, and elimination, for where the native library is wrong. */
public record SingularJava(int rows, int columns) implements SingularRoutine {
    @Override
    public boolean decompose(
            double[] matrices,
            int start,
            double[] values,
            int valueStart,
            double @Nullable [] left,
            double @Nullable [] right) {
        try {
            int count = Math.min(rows, columns);
            int scale = scale(matrices, start, rows * columns);
            SingularValueDecomposition parts =
                    new SingularValueDecomposition(matrix(matrices, start, rows, columns, scale));
            double[] found = parts.getSingularValues();
            for (int k = 0; k < count; k++) {
                values[valueStart + k] = Math.scalb(found[k], scale);
            }
            for (int i = 0; left != null && i < rows; i++) {
                System.arraycopy(parts.getU().getRow(i), 0, left, i * count, count);
            }
            for (int k = 0; right != null && k < count; k++) {
                System.arraycopy(parts.getVT().getRow(k), 0, right, k * columns, columns);
            }
            return true;
        } catch (MathRuntimeException e) {
            return false;
        }
    }

    @Override
    public void factor(double[] matrices, int start, double[] factors, int[] pivots) {
        System.arraycopy(matrices, start, factors, 0, rows * rows);
        eliminate(factors, pivots, rows);
    }

    /** In place, column by column, as LAPACK reads the matrix' transpose; Golub and Van Loan, algorithm 3.4.1. */
    static void eliminate(double[] factors, int[] pivots, int n) {
        for (int k = 0; k < n; k++) {
            int pivot = k;
            for (int i = k + 1; i < n; i++) {
                if (Math.abs(factors[k * n + i]) > Math.abs(factors[k * n + pivot])) {
                    pivot = i;
                }
            }
            pivots[k] = pivot + 1;
            for (int j = 0; pivot != k && j < n; j++) {
                double kept = factors[j * n + k];
                factors[j * n + k] = factors[j * n + pivot];
                factors[j * n + pivot] = kept;
            }
            if (factors[k * n + k] == 0) {
                continue;
            }
            for (int i = k + 1; i < n; i++) {
                factors[k * n + i] /= factors[k * n + k];
            }
            for (int j = k + 1; j < n; j++) {
                double above = factors[j * n + k];
                for (int i = k + 1; i < n; i++) {
                    factors[j * n + i] -= factors[k * n + i] * above;
                }
            }
        }
    }

    /** The power of two that brings the largest entry of a matrix between 1 and 2: Hipparchus compares with constants. */
    public static int scale(double[] matrices, int start, int size) {
        double largest = 0;
        for (int i = start; i < start + size; i++) {
            largest = Math.max(largest, Math.abs(matrices[i]));
        }
        return largest == 0 ? 0 : Math.getExponent(largest);
    }

    /** A matrix over a power of two. */
    public static RealMatrix matrix(double[] matrices, int start, int rows, int columns, int scale) {
        double[][] entries = new double[rows][columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                entries[i][j] = Math.scalb(matrices[start + i * columns + j], -scale);
            }
        }
        return new Array2DRowRealMatrix(entries, false);
    }
}
