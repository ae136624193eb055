package org.curvature4j.estimate;

import java.util.Arrays;

/** The directions in which an operator is large: a basis Q of its products with random vectors, and A Q or A'Q. */
final class Sketch {
    private final ThinQr basis;
    private final double[][] images;

    private Sketch(ThinQr basis, double[][] images) {
        this.basis = basis;
        this.images = images;
    }

    /**
     * Spends at most twice {@code count} products.
     *
     * @param adjoint whether the images are A'Q and not A Q
     */
    static Sketch of(Products products, Probes probes, long seed, int count, int n, boolean adjoint) {
        double[][] range = new double[count][];
        for (int first = 0; first < count; first += products.blockSize()) {
            int some = Math.min(products.blockSize(), count - first);
            System.arraycopy(products.apply(probes.block(seed, first, some, n)), 0, range, first, some);
        }
        ThinQr basis = ThinQr.of(range);
        double[][] images = new double[basis.rank()][];
        for (int first = 0; first < images.length; first += products.blockSize()) {
            int end = Math.min(images.length, first + products.blockSize());
            double[][] some = Arrays.copyOfRange(basis.vectors(), first, end);
            double[][] computed = adjoint ? products.applyAdjoint(some) : products.apply(some);
            System.arraycopy(computed, 0, images, first, end - first);
        }
        return new Sketch(basis, images);
    }

    ThinQr basis() {
        return basis;
    }

    /** A Q or A'Q, r arrays of n numbers; not a copy. */
    double[][] images() {
        return images;
    }

    /** Q'A Q of images A Q, r by r. */
    double[][] core() {
        double[][] core = new double[images.length][images.length];
        for (int j = 0; j < images.length; j++) {
            double[] column = basis.project(images[j]);
            for (int i = 0; i < column.length; i++) {
                core[i][j] = column[i];
            }
        }
        return core;
    }

    static double trace(double[][] matrix) {
        double sum = 0;
        for (int i = 0; i < matrix.length; i++) {
            sum += matrix[i][i];
        }
        return sum;
    }
}
