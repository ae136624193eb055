package org.curvature4j.spectrum;

import java.util.Arrays;

/**
 * Orthogonal matrices side by side, one a lane: first the product of the reflections that made matrices tridiagonal, then
 * times the rotations that make those diagonal. Its columns become the eigenvectors.
 */
final class LaneVectors {

    private final int order;
    /** Column by column. */
    private final double[][] columns;

    private final double[] product;

    LaneVectors(int order, int lanes) {
        this.order = order;
        columns = new double[order * order][lanes];
        product = new double[lanes];
    }

    /** Component {@code row} of column {@code column} of all lanes. */
    double[] component(int row, int column) {
        return columns[column * order + row];
    }

    /** Multiplies the reflections, the last one first, so that most of the matrix is still that of the identity. */
    void start(LaneHouseholder reflections, int lanes) {
        for (int column = 0; column < order; column++) {
            for (int row = 0; row < order; row++) {
                Arrays.fill(component(row, column), 0, lanes, 0);
            }
            System.arraycopy(reflections.sign(column), 0, component(column, column), 0, lanes);
        }
        for (int k = order - 3; k >= 0; k--) {
            for (int column = k + 1; column < order; column++) {
                reflect(column, k, reflections, lanes);
            }
        }
    }

    private void reflect(int column, int k, LaneHouseholder reflections, int lanes) {
        Arrays.fill(product, 0, lanes, 0);
        for (int row = k + 1; row < order; row++) {
            Lanes.addProduct(product, reflections.entry(row, k), component(row, column), lanes);
        }
        Lanes.product(product, product, reflections.factor(k), lanes);
        for (int row = k + 1; row < order; row++) {
            Lanes.subtractProduct(component(row, column), product, reflections.entry(row, k), lanes);
        }
    }

    /** Multiplies by the rotations of a sweep. */
    void rotate(LaneSweep sweep, int last, int lanes) {
        for (int i = 0; i < last; i++) {
            for (int row = 0; row < order; row++) {
                Lanes.rotate(component(row, i), component(row, i + 1), sweep.cosines[i], sweep.sines[i], lanes);
            }
        }
        for (int row = 0; row < order; row++) {
            Lanes.product(component(row, last), component(row, last), sweep.signs[last], lanes);
        }
    }
}
