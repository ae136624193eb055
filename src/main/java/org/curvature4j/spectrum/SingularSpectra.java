package org.curvature4j.spectrum;

import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.text.Arguments;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Singular values of a batch of matrices of one shape, such as Jacobians, and for square ones the logarithm and the sign of
 * the determinant.
 *
 * <pre>{@code
 * SingularSpectra spectra = SingularSpectra.of(jacobians);          // [B, m, n]
 * INDArray values = spectra.values();                               // [B, min(m, n)], descending
 * INDArray logDeterminants = spectra.logAbsDeterminants();          // [B], of square ones
 * }</pre>
 *
 * <p>Values are right to a few units in the last place of the matrix' largest one (LAPACK Users' Guide, section 4.9.1).
 * The same bits for any number of threads, alone or in a batch. The arrays handed out are this object's own: don't modify
 * them, and don't use it after closing one.
 */
public final class SingularSpectra {
    private final int rows;
    private final int columns;
    private final INDArray values;
    private final @Nullable INDArray logarithms;
    private final @Nullable INDArray signs;
    private final @Nullable INDArray left;
    private final @Nullable INDArray right;

    SingularSpectra(
            int rows,
            int columns,
            INDArray values,
            @Nullable INDArray logarithms,
            @Nullable INDArray signs,
            @Nullable INDArray left,
            @Nullable INDArray right) {
        this.rows = rows;
        this.columns = columns;
        this.values = values;
        this.logarithms = logarithms;
        this.signs = signs;
        this.left = left;
        this.right = right;
    }

    /** As {@link #of(INDArray, SingularOptions)}, of values only. */
    public static SingularSpectra of(INDArray matrices) {
        return of(matrices, SingularOptions.valuesOnly());
    }

    /**
     * Decomposes all matrices of a batch.
     *
     * @param matrices [B, m, n], of any numbers, order and strides; not modified
     * @throws IllegalArgumentException if the shape is another, or naming the first matrix that isn't finite
     */
    public static SingularSpectra of(INDArray matrices, SingularOptions options) {
        return SingularBatch.solve(matrices, options);
    }

    /** How many matrices, B. */
    public long size() {
        return values.size(0);
    }

    /** The singular values [B, min(m, n)], descending in each row. */
    public INDArray values() {
        return values;
    }

    /** The left vectors [B, m, min(m, n)] in columns; signs are LAPACK's. */
    public INDArray left() {
        return present(left, "left vectors: not computed with the options given (use SingularOptions.withVectors())");
    }

    /** The transposed right vectors [B, min(m, n), n], in rows, so that the matrix is left times values times right. */
    public INDArray right() {
        return present(right, "right vectors: not computed with the options given (use SingularOptions.withVectors())");
    }

    /**
     * log |det| of each matrix [B], float64; minus infinity where elimination meets a pivot of exactly zero. A matrix that
     * is singular but for rounding has a finite one: {@link #rank(long)} tells.
     *
     * @throws IllegalStateException if the matrices aren't square
     */
    public INDArray logAbsDeterminants() {
        return present(logarithms, "determinants: expected square matrices, got " + rows + " by " + columns);
    }

    /** The sign of each determinant [B], float64: 1, -1, or 0 where the logarithm is minus infinity. */
    public INDArray determinantSigns() {
        return present(signs, "determinants: expected square matrices, got " + rows + " by " + columns);
    }

    /** The singular values of one matrix, descending; a new array. */
    public double[] values(long index) {
        Arguments.requireIndex("singular values", index, size());
        double[] row = new double[Math.min(rows, columns)];
        try (HostArray source = HostArray.reading("singular values", values)) {
            source.read(index * row.length, row, row.length);
        }
        return row;
    }

    /** The largest by the smallest singular value; infinite if the smallest is 0. */
    public double conditionNumber(long index) {
        double[] row = values(index);
        return condition(row[0], row[row.length - 1]);
    }

    static double condition(double largest, double smallest) {
        return smallest == 0 ? Double.POSITIVE_INFINITY : largest / smallest;
    }

    /**
     * Singular values above max(m, n) times the distance from 1 to the next number of the type, times the largest one: those
     * that rounding can't have made (Golub and Van Loan, Matrix Computations, fourth edition, section 5.5.8).
     */
    public int rank(long index) {
        double[] row = values(index);
        return rank(index, tolerance(row[0], rows, columns, Precision.of(values.dataType())));
    }

    static double tolerance(double largest, int rows, int columns, Precision precision) {
        return Math.max(rows, columns) * precision.epsilon() * largest;
    }

    /**
     * Singular values above a tolerance.
     *
     * @param tolerance in the units of the matrix, at least 0
     */
    public int rank(long index, double tolerance) {
        Arguments.refuseIf(!(tolerance >= 0), "tolerance", "a number of at least 0", tolerance);
        int rank = 0;
        for (double value : values(index)) {
            rank += value > tolerance ? 1 : 0;
        }
        return rank;
    }

    @Override
    public String toString() {
        return "singular values of " + size() + " matrices of " + rows + " by " + columns;
    }

    private static INDArray present(@Nullable INDArray array, String otherwise) {
        if (array == null) {
            throw new IllegalStateException(otherwise);
        }
        return array;
    }
}
