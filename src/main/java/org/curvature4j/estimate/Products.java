package org.curvature4j.estimate;

import java.util.List;
import org.curvature4j.internal.text.Arguments;
import org.curvature4j.operator.LinearOperator;
import org.curvature4j.operator.VectorSpace;
import org.curvature4j.stream.Progress;

/** Products of one operator with blocks of vectors: counted, told of, and refused where they aren't finite. */
final class Products {
    /** Numbers of the vectors and products of a block: 64 MiB. */
    private static final int BLOCK_NUMBERS = 1 << 23;

    /** The most vectors at once, beyond which operators share no more work. */
    private static final int LONGEST_BLOCK = 32;

    /** What takes one product of a unit vector. */
    @FunctionalInterface
    interface UnitSink {
        void take(int column, double[] product);
    }

    private final LinearOperator operator;
    private final Progress progress;
    private int count;

    Products(LinearOperator operator, Progress progress) {
        this.operator = operator;
        this.progress = progress;
    }

    /** @throws IllegalArgumentException unless the operator has as many rows as columns */
    static void requireSquare(LinearOperator operator, String what) {
        Arguments.refuseIf(operator.rows() != operator.columns(), what, "a square operator", operator);
    }

    /** How many products were computed. */
    int count() {
        return count;
    }

    /** How many vectors are to be given at once. */
    int blockSize() {
        long each = (long) operator.rows() + operator.columns();
        return (int) Math.max(1, Math.min(LONGEST_BLOCK, BLOCK_NUMBERS / each));
    }

    /** A v for vectors that fit a block. */
    double[][] apply(double[][] vectors) {
        return apply(operator, vectors);
    }

    /** A'v for vectors that fit a block. */
    double[][] applyAdjoint(double[][] vectors) {
        return apply(operator.adjoint(), vectors);
    }

    private double[][] apply(LinearOperator factor, double[][] vectors) {
        double[][] products = factor.apply(vectors);
        for (int k = 0; k < products.length; k++) {
            requireFinite(products[k], count + k);
        }
        count += vectors.length;
        progress.advance(vectors.length);
        return products;
    }

    /** Every column of the matrix in turn: its product with a unit vector. */
    void columns(UnitSink sink) {
        int n = operator.columns();
        for (int first = 0; first < n; first += blockSize()) {
            double[][] units = new double[Math.min(blockSize(), n - first)][n];
            for (int k = 0; k < units.length; k++) {
                units[k][first + k] = 1;
            }
            double[][] products = apply(units);
            for (int k = 0; k < units.length; k++) {
                sink.take(first + k, products[k]);
            }
        }
    }

    /** A v for vectors that fit a block, where these are kept; whether products are finite shows in what is made of them. */
    <V> void apply(VectorSpace<V> space, List<V> vectors, List<V> products) {
        space.multiply(vectors, products);
        count += vectors.size();
        progress.advance(vectors.size());
    }

    /** @throws IllegalArgumentException if a number isn't finite, saying which */
    void requireFinite(double[] product, int number) {
        for (int i = 0; i < product.length; i++) {
            if (!Double.isFinite(product[i])) {
                throw new IllegalArgumentException("operator: expected finite products, got " + product[i] + " in row "
                        + i + " of product " + number + " of " + operator);
            }
        }
    }
}
