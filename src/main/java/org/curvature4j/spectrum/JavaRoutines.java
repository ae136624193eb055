package org.curvature4j.spectrum;

import java.util.List;
import java.util.Optional;
import org.hipparchus.complex.Complex;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionNonSymmetric;
import org.hipparchus.linear.FieldVector;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.SingularValueDecomposition;
import org.jspecify.annotations.Nullable;

/**
 * Our own solver of symmetric matrices, elimination, and Hipparchus' other decompositions, for where the native library is
 * wrong. No native code, and slower: see docs/linear-algebra.md.
 */
final class JavaRoutines implements Routines {
    @Override
    public SymmetricRoutine symmetric(int order, boolean vectors) {
        return new Symmetric(order, vectors);
    }

    @Override
    public SingularRoutine singular(int rows, int columns, boolean vectors) {
        return new Singular(rows, columns);
    }

    @Override
    public List<GeneralRoutine> general() {
        return List.of(JavaRoutines::general);
    }

    /** The power of two that brings the largest entry of a matrix between 1 and 2: Hipparchus compares with constants. */
    private static int scale(double[] matrices, int start, int size) {
        double largest = 0;
        for (int i = start; i < start + size; i++) {
            largest = Math.max(largest, Math.abs(matrices[i]));
        }
        return largest == 0 ? 0 : Math.getExponent(largest);
    }

    private static RealMatrix matrix(double[] matrices, int start, int rows, int columns, int scale) {
        double[][] entries = new double[rows][columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                entries[i][j] = Math.scalb(matrices[start + i * columns + j], -scale);
            }
        }
        return new Array2DRowRealMatrix(entries, false);
    }

    /** The solver of small matrices, which does any order, if not fast: Hipparchus' fails on graded ones. */
    private static final class Symmetric implements SymmetricRoutine {
        private final int order;
        private final LaneEigensolver solver;
        private final double[] matrix;
        private final double[] values;
        private final double @Nullable [] vectors;

        Symmetric(int order, boolean vectors) {
            this.order = order;
            solver = new LaneEigensolver(order, 1, vectors);
            matrix = new double[order * order];
            values = new double[order];
            this.vectors = vectors ? new double[order * order] : null;
        }

        @Override
        public boolean solve(
                double[] matrices, int start, double[] valuesOut, int valueStart, double @Nullable [] vectorsOut) {
            System.arraycopy(matrices, start, matrix, 0, matrix.length);
            double[] largest = {Math.scalb(1.0, scale(matrix, 0, matrix.length))};
            if (solver.solve(1, matrix, largest, values, vectors) >= 0) {
                return false;
            }
            System.arraycopy(values, 0, valuesOut, valueStart, order);
            if (vectors != null && vectorsOut != null) {
                System.arraycopy(vectors, 0, vectorsOut, start, vectors.length);
            }
            return true;
        }
    }

    private record Singular(int rows, int columns) implements SingularRoutine {
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

        /** Column by column, as LAPACK reads the matrix' transpose; Golub and Van Loan, algorithm 3.4.1. */
        @Override
        public void factor(double[] matrices, int start, double[] factors, int[] pivots) {
            int n = rows;
            System.arraycopy(matrices, start, factors, 0, n * n);
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
    }

    private static Optional<ComplexPairs> general(double[] matrix, int n) {
        try {
            int scale = scale(matrix, 0, n * n);
            EigenDecompositionNonSymmetric pairs = new EigenDecompositionNonSymmetric(matrix(matrix, 0, n, n, scale));
            double[] values = new double[2 * n];
            double[] vectors = new double[2 * n * n];
            for (int k = 0; k < n; k++) {
                Complex value = pairs.getEigenvalue(k);
                values[2 * k] = Math.scalb(value.getRealPart(), scale);
                values[2 * k + 1] = Math.scalb(value.getImaginaryPart(), scale);
                FieldVector<Complex> vector = pairs.getEigenvector(k);
                for (int i = 0; i < n; i++) {
                    vectors[2 * (i * n + k)] = vector.getEntry(i).getRealPart();
                    vectors[2 * (i * n + k) + 1] = vector.getEntry(i).getImaginaryPart();
                }
            }
            return Optional.of(new ComplexPairs(matrix, values, vectors));
        } catch (MathRuntimeException | IndexOutOfBoundsException e) {
            // It loses its place among complex pairs of some matrices.
            return Optional.empty();
        }
    }
}
