package org.curvature4j.spectrum;

import java.util.Arrays;

/**
 * Symmetric matrices side by side, one a lane, and their reduction to tridiagonal form by Householder reflections (Golub
 * and Van Loan, Matrix Computations, fourth edition, section 8.3.1).
 *
 * <p>Entry (i, j) of all matrices is one Java array, so that every inner loop runs over the lanes without a branch and
 * HotSpot makes vector instructions of it. Lanes never meet: a matrix' bits don't depend on the others.
 *
 * <p>A reflection I - f v v' has v = x + sign(x1) |x| e1 of the column x below the diagonal, and f = 1 / (|x|^2 + |x1|
 * |x|) = 2 / v'v.
 */
final class LaneHouseholder {

    /**
     * Columns whose squared norm is smaller, of matrices whose largest entry is between 1 and 2, count as zero: far below
     * rounding, far above where squares lose digits to underflow.
     */
    static final double NEGLIGIBLE_SQUARE = 0x1p-900;

    private final int order;
    private final double[][] entries;
    private final double[][] factors;
    private final double[][] signs;
    private final double[][] products;
    private final double[] sums;

    LaneHouseholder(int order, int lanes) {
        this.order = order;
        entries = new double[order * (order + 1) / 2][lanes];
        factors = new double[order][lanes];
        signs = new double[order][lanes];
        products = new double[order][lanes];
        sums = new double[lanes];
    }

    /** Puts a matrix times a factor into a lane: the lower triangle of the row-major numbers at {@code start}. */
    void load(int lane, double[] matrices, int start, double scale) {
        int at = 0;
        for (int i = 0; i < order; i++) {
            int row = start + i * order;
            for (int j = 0; j <= i; j++) {
                entries[at++][lane] = matrices[row + j] * scale;
            }
        }
    }

    /** Reduces the first lanes; the matrices make room for the reflections. */
    void reduce(LaneTridiagonal result, int lanes) {
        Arrays.fill(signs[0], 0, lanes, 1);
        for (int k = 0; k < order - 2; k++) {
            reflect(k, result.squares[k], lanes);
            multiply(k, lanes);
            update(k, lanes);
        }
        for (int k = 0; k < order; k++) {
            System.arraycopy(entry(k, k), 0, result.diagonal[k], 0, lanes);
        }
        if (order > 1) {
            double[] beside = entry(order - 1, order - 2);
            Lanes.product(result.squares[order - 2], beside, beside, lanes);
            for (int lane = 0; lane < lanes; lane++) {
                signs[order - 1][lane] = signs[order - 2][lane] * Math.copySign(1, beside[lane]);
            }
        }
    }

    /** Entry (i, j) of all matrices, j at most i; after reducing, component i of v of column j where i is greater. */
    double[] entry(int i, int j) {
        return entries[i * (i + 1) / 2 + j];
    }

    /** The f of column k. */
    double[] factor(int k) {
        return factors[k];
    }

    /**
     * What basis vector k is multiplied by, 1 or -1, so that no entry beside the diagonal is negative and their squares
     * tell all.
     */
    double[] sign(int k) {
        return signs[k];
    }

    /** Makes v of column k, in its place, and its factor. */
    private void reflect(int k, double[] square, int lanes) {
        double[] sum = sums;
        Arrays.fill(sum, 0, lanes, 0);
        for (int i = k + 2; i < order; i++) {
            Lanes.addProduct(sum, entry(i, k), entry(i, k), lanes);
        }
        double[] leading = entry(k + 1, k);
        double[] factor = factors[k];
        double[] before = signs[k];
        double[] sign = signs[k + 1];
        for (int lane = 0; lane < lanes; lane++) {
            double first = leading[lane];
            double rest = sum[lane];
            double total = rest + first * first;
            double norm = Math.sqrt(total);
            boolean reflected = rest >= NEGLIGIBLE_SQUARE;
            square[lane] = reflected ? total : first * first;
            // Reflected, the entry beside the diagonal has the other sign than before.
            sign[lane] = before[lane] * Math.copySign(1, reflected ? -first : first);
            factor[lane] = reflected ? 1 / (total + Math.abs(first) * norm) : 0;
            leading[lane] = first + Math.copySign(norm, first);
        }
    }

    /** w = f A v - (f v' f A v / 2) v into the products. */
    private void multiply(int k, int lanes) {
        for (int i = k + 1; i < order; i++) {
            double[] v = entry(i, k);
            Lanes.product(products[i], entry(i, i), v, lanes);
            for (int j = k + 1; j < i; j++) {
                Lanes.addProducts(products[i], products[j], entry(i, j), v, entry(j, k), lanes);
            }
        }
        double[] sum = sums;
        Arrays.fill(sum, 0, lanes, 0);
        for (int i = k + 1; i < order; i++) {
            Lanes.addProduct(sum, products[i], entry(i, k), lanes);
        }
        double[] factor = factors[k];
        for (int lane = 0; lane < lanes; lane++) {
            // In this order, because the factor's square can overflow.
            sum[lane] = 0.5 * (sum[lane] * factor[lane]) * factor[lane];
        }
        for (int i = k + 1; i < order; i++) {
            Lanes.combine(products[i], factor, sum, entry(i, k), lanes);
        }
    }

    /** A - v w' - w v'. */
    private void update(int k, int lanes) {
        for (int i = k + 1; i < order; i++) {
            for (int j = k + 1; j <= i; j++) {
                Lanes.subtractProducts(entry(i, j), entry(i, k), products[j], products[i], entry(j, k), lanes);
            }
        }
    }
}
