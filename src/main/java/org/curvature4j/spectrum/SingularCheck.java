package org.curvature4j.spectrum;

import org.jspecify.annotations.Nullable;

/**
 * Whether singular values, vectors and triangular factors fit their m x n matrix A, at a small part of the cost of
 * finding them.
 *
 * <p>Backward-stable values and vectors are those of A + E with |E| at most p eps |A| (LAPACK Users' Guide, third edition,
 * section 4.9); with |A| the Frobenius norm and c (m + n) for p, c = {@value #FACTOR}, follow
 *
 * <ul>
 *   <li>the sum of the values' squares is |A|^2 to 2 |A| |E|;
 *   <li>with vectors A x = U S V'x to |E| |x|, and U'U y = y and V'V y = y to p eps |y|, for probes x and y.
 * </ul>
 *
 * <p>Triangular factors of a square matrix satisfy |A - L U| at most n eps |L| |U|, entry by entry (Higham, Accuracy and
 * Stability of Numerical Algorithms, theorem 9.3): so A x is L U x to that multiple of |L| |U| |x|, and as much again for
 * the products with x. Used by one thread.
 */
final class SingularCheck {
    private static final double FACTOR = 4;

    /** Squares of numbers within these powers of two neither overflow nor vanish in sums of a billion. */
    private static final int SAFE_EXPONENT = 400;

    private final int rows;
    private final int columns;
    private final int count;
    private final double[] probe;
    private final double[] shortProbe;
    private final double[] shortProduct;
    private final double[] byRows;
    private final double[] byColumns;

    SingularCheck(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        count = Math.min(rows, columns);
        probe = CheckVector.ofLength(Math.max(rows, columns));
        shortProbe = CheckVector.ofLength(count);
        shortProduct = new double[count];
        byRows = new double[rows];
        byColumns = new double[columns];
    }

    /**
     * The power of two to divide a matrix by, so that squares of its entries can be added up; 0 for nearly all.
     *
     * @param largest magnitude of its entries
     */
    static int scale(double largest) {
        int exponent = largest == 0 ? 0 : Math.getExponent(largest);
        return Math.abs(exponent) <= SAFE_EXPONENT ? 0 : exponent;
    }

    /**
     * What is off in values and vectors, over what rounding explains: above 1, or NaN, for a result that is wrong.
     *
     * @param matrices row-major, the matrix from {@code start} on, its entries within a safe scale
     * @param epsilon of the arithmetic that found the result
     */
    double excess(
            double[] matrices,
            int start,
            double[] values,
            int valueStart,
            double @Nullable [] left,
            double @Nullable [] right,
            double epsilon) {
        for (int k = valueStart; k < valueStart + count; k++) {
            if (!(values[k] >= 0) || (k > valueStart && values[k] > values[k - 1])) {
                return Double.NaN;
            }
        }
        double squares = CheckVector.dot(matrices, start, matrices, start, rows * columns);
        double valueSquares = CheckVector.dot(values, valueStart, values, valueStart, count);
        if (squares == 0 && valueSquares != 0) {
            return Double.NaN;
        }
        double norm = squares == 0 ? 1 : Math.sqrt(squares);
        double relative = FACTOR * (rows + columns) * epsilon;
        double excess = Math.abs(valueSquares - squares) / (2 * norm * norm * relative);
        if (left == null || right == null) {
            return excess;
        }
        double product = product(matrices, start, values, valueStart, left, right) / (norm * relative);
        return Math.max(excess, Math.max(product, orthonormality(left, right) / relative));
    }

    /** The norm of A x - U S V'x, over that of x. */
    private double product(
            double[] matrices, int start, double[] values, int valueStart, double[] left, double[] right) {
        for (int k = 0; k < count; k++) {
            shortProduct[k] = values[valueStart + k] * CheckVector.dot(right, k * columns, probe, 0, columns);
        }
        double length = Math.sqrt(CheckVector.dot(probe, 0, probe, 0, columns));
        for (int i = 0; i < rows; i++) {
            byRows[i] = CheckVector.dot(matrices, start + i * columns, probe, 0, columns)
                    - CheckVector.dot(left, i * count, shortProduct, 0, count);
        }
        return CheckVector.norm(byRows) / length;
    }

    /** The larger norm of U'U y - y and V'V y - y, over that of y. */
    private double orthonormality(double[] left, double[] right) {
        System.arraycopy(shortProbe, 0, shortProduct, 0, count);
        for (int i = 0; i < rows; i++) {
            CheckVector.add(shortProduct, -CheckVector.dot(left, i * count, shortProbe, 0, count), left, i * count);
        }
        double off = CheckVector.norm(shortProduct);
        java.util.Arrays.fill(byColumns, 0);
        for (int k = 0; k < count; k++) {
            CheckVector.add(byColumns, shortProbe[k], right, k * columns);
        }
        for (int k = 0; k < count; k++) {
            shortProduct[k] = CheckVector.dot(right, k * columns, byColumns, 0, columns) - shortProbe[k];
        }
        return Math.max(off, CheckVector.norm(shortProduct)) / CheckVector.norm(shortProbe);
    }

    /**
     * What is off in the triangular factors of a square matrix' transpose, over what rounding explains.
     *
     * @param factors and {@code pivots} as {@link org.curvature4j.internal.blas.SingularRoutine#factor} gives them
     */
    double excess(double[] matrices, int start, double[] factors, int[] pivots, double epsilon) {
        int n = rows;
        double[] product = byRows;
        double[] bound = byColumns;
        java.util.Arrays.fill(product, 0);
        java.util.Arrays.fill(bound, 0);
        for (int j = 0; j < n; j++) {
            for (int i = 0; i <= j; i++) {
                product[i] += factors[j * n + i] * probe[j];
                bound[i] += Math.abs(factors[j * n + i] * probe[j]);
            }
        }
        for (int j = n - 1; j >= 0; j--) {
            for (int i = j + 1; i < n; i++) {
                product[i] += factors[j * n + i] * product[j];
                bound[i] += Math.abs(factors[j * n + i]) * bound[j];
            }
        }
        for (int k = n - 1; k >= 0; k--) {
            if (pivots[k] < k + 1 || pivots[k] > n) {
                return Double.NaN;
            }
            swap(product, k, pivots[k] - 1);
            swap(bound, k, pivots[k] - 1);
        }
        for (int i = 0; i < n; i++) {
            CheckVector.add(product, -probe[i], matrices, start + i * n);
        }
        double excess = 0;
        for (int i = 0; i < n; i++) {
            double off = Math.abs(product[i]);
            excess = off == 0 ? excess : Math.max(excess, off / (2 * n * epsilon * bound[i]));
        }
        return excess;
    }

    private static void swap(double[] numbers, int i, int j) {
        double kept = numbers[i];
        numbers[i] = numbers[j];
        numbers[j] = kept;
    }
}
