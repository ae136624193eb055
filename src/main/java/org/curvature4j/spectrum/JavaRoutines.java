package org.curvature4j.spectrum;

import java.util.List;
import java.util.Optional;
import org.curvature4j.internal.blas.SingularJava;
import org.curvature4j.internal.blas.SingularRoutine;
import org.curvature4j.internal.blas.SymmetricRoutine;
import org.hipparchus.complex.Complex;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.EigenDecompositionNonSymmetric;
import org.hipparchus.linear.FieldVector;
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
        return new SingularJava(rows, columns);
    }

    @Override
    public List<GeneralRoutine> general() {
        return List.of(JavaRoutines::general);
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
            double[] largest = {Math.scalb(1.0, SingularJava.scale(matrix, 0, matrix.length))};
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

    private static Optional<ComplexPairs> general(double[] matrix, int n) {
        try {
            int scale = SingularJava.scale(matrix, 0, n * n);
            EigenDecompositionNonSymmetric pairs =
                    new EigenDecompositionNonSymmetric(SingularJava.matrix(matrix, 0, n, n, scale));
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
