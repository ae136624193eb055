package org.curvature4j.spectrum;

import org.curvature4j.internal.blas.Recomputation;
import org.curvature4j.internal.blas.SingularRoutine;
import org.curvature4j.spectrum.SelfTest.Family;
import org.jspecify.annotations.Nullable;

/**
 * LAPACK's singular values, vectors and determinants with every result held against its matrix. One that doesn't fit is
 * computed again by Java code. Used by one thread.
 */
final class VerifiedSingular implements AutoCloseable {
    private static final double EPSILON = Math.ulp(1.0);

    private final int rows;
    private final int columns;
    private final int count;
    private final boolean vectors;
    private final SingularCheck check;
    private final double[] scaled;
    private final double[] scaledValues;
    private final double[] factors;
    private final int[] pivots;
    private final @Nullable SingularRoutine routine;
    private @Nullable SingularRoutine substitute;

    VerifiedSingular(int rows, int columns, boolean vectors) {
        this.rows = rows;
        this.columns = columns;
        this.vectors = vectors;
        count = Math.min(rows, columns);
        check = new SingularCheck(rows, columns);
        scaled = new double[rows * columns];
        scaledValues = new double[count];
        factors = new double[rows == columns ? rows * columns : 0];
        pivots = new int[count];
        boolean trusted = rows * columns == 1
                || (SelfTest.passes(Family.SINGULAR) && (rows != columns || SelfTest.passes(Family.DETERMINANT)));
        routine = trusted ? Solvers.first().singular(rows, columns, vectors) : null;
    }

    /**
     * One matrix; parameters as {@link SingularRoutine#decompose} has them.
     *
     * @return whether a result was found that fits the matrix
     */
    boolean decompose(
            double[] matrices,
            int start,
            double[] values,
            int valueStart,
            double @Nullable [] left,
            double @Nullable [] right) {
        if (decomposed(routine, matrices, start, values, valueStart, left, right)) {
            return true;
        }
        Recomputation.add("LAPACK's dgesdd", routine != null);
        return decomposed(substitute(), matrices, start, values, valueStart, left, right);
    }

    private boolean decomposed(
            @Nullable SingularRoutine by,
            double[] matrices,
            int start,
            double[] values,
            int valueStart,
            double @Nullable [] left,
            double @Nullable [] right) {
        if (by == null || !by.decompose(matrices, start, values, valueStart, left, right)) {
            return false;
        }
        int scale = SingularCheck.scale(largest(matrices, start));
        if (scale == 0) {
            return check.excess(matrices, start, values, valueStart, left, right, EPSILON) <= 1;
        }
        if (Double.isInfinite(values[valueStart])) {
            // Beyond the type's range, which the caller tells the user.
            return true;
        }
        scale(matrices, start, scale);
        for (int k = 0; k < count; k++) {
            scaledValues[k] = Math.scalb(values[valueStart + k], -scale);
        }
        return check.excess(scaled, 0, scaledValues, 0, left, right, EPSILON) <= 1;
    }

    /**
     * The logarithm of the magnitude of a square matrix's determinant, by elimination with row exchanges; minus infinity
     * where a pivot is exactly zero. Never over- or underflows.
     *
     * @return the logarithm and the sign, 0 for minus infinity
     * @throws UnverifiedResultException if neither LAPACK nor Java code finds factors that fit the matrix
     */
    double[] logDeterminant(double[] matrices, int start) {
        int scale = SingularCheck.scale(largest(matrices, start));
        double[] numbers = matrices;
        int from = start;
        if (scale != 0) {
            scale(matrices, start, scale);
            numbers = scaled;
            from = 0;
        }
        if (!factored(routine, numbers, from)) {
            Recomputation.add("LAPACK's dgetrf", routine != null);
            if (!factored(substitute(), numbers, from)) {
                throw Recomputation.refusal("matrix", "triangular factors", "LAPACK's dgetrf and from Java code");
            }
        }
        double sum = rows * (scale * Math.log(2));
        double sign = 1;
        for (int i = 0; i < rows; i++) {
            double pivot = factors[i * rows + i];
            if (pivot == 0) {
                return new double[] {Double.NEGATIVE_INFINITY, 0};
            }
            sum += Math.log(Math.abs(pivot));
            sign *= (pivot < 0) == (pivots[i] == i + 1) ? -1 : 1;
        }
        return new double[] {sum, sign};
    }

    private boolean factored(@Nullable SingularRoutine by, double[] matrices, int start) {
        if (by == null) {
            return false;
        }
        by.factor(matrices, start, factors, pivots);
        return check.excess(matrices, start, factors, pivots, EPSILON) <= 1;
    }

    private double largest(double[] matrices, int start) {
        double largest = 0;
        for (int i = start; i < start + rows * columns; i++) {
            largest = Math.max(largest, Math.abs(matrices[i]));
        }
        return largest;
    }

    private void scale(double[] matrices, int start, int scale) {
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = Math.scalb(matrices[start + i], -scale);
        }
    }

    private SingularRoutine substitute() {
        if (substitute == null) {
            substitute = Solvers.second().singular(rows, columns, vectors);
        }
        return substitute;
    }

    @Override
    public void close() {
        if (routine != null) {
            routine.close();
        }
        if (substitute != null) {
            substitute.close();
        }
    }
}
