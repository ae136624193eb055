package org.curvature4j.operator;

import java.util.Arrays;
import org.curvature4j.internal.text.Arguments;

/** A submatrix on the diagonal: the vector is set among zeros, the product is read at the same coordinates. */
final class Restricted extends LinearOperator {
    private final LinearOperator whole;
    private final Range[] coordinates;

    Restricted(LinearOperator whole, Range... coordinates) {
        super(size(coordinates), size(coordinates), whole.isSymmetric());
        Arguments.refuseIf(whole.rows() != whole.columns(), "restriction", "a square operator", whole);
        boolean[] taken = new boolean[whole.columns()];
        for (Range range : coordinates) {
            if (range.to() > taken.length) {
                throw new IllegalArgumentException(
                        "restriction: expected coordinates below " + taken.length + ", got " + range);
            }
            for (int i = range.from(); i < range.to(); i++) {
                if (taken[i]) {
                    throw new IllegalArgumentException(
                            "restriction: expected each coordinate once, got " + i + " in two ranges");
                }
                taken[i] = true;
            }
        }
        this.whole = whole;
        this.coordinates = coordinates.clone();
    }

    private static int size(Range... coordinates) {
        return Arrays.stream(coordinates).mapToInt(Range::size).sum();
    }

    @Override
    protected void multiply(double[] vector, double[] product) {
        take(whole.apply(spread(vector)), product);
    }

    @Override
    protected void multiplyAdjoint(double[] vector, double[] product) {
        double[] all = new double[whole.columns()];
        whole.multiplyAdjoint(spread(vector), all);
        take(all, product);
    }

    @Override
    protected void multiplyBlock(double[][] vectors, double[][] products) {
        double[][] all = whole.apply(Arrays.stream(vectors).map(this::spread).toArray(double[][]::new));
        for (int k = 0; k < all.length; k++) {
            take(all[k], products[k]);
        }
    }

    private double[] spread(double[] vector) {
        double[] all = new double[whole.columns()];
        int next = 0;
        for (Range range : coordinates) {
            System.arraycopy(vector, next, all, range.from(), range.size());
            next += range.size();
        }
        return all;
    }

    private void take(double[] all, double[] product) {
        int next = 0;
        for (Range range : coordinates) {
            System.arraycopy(all, range.from(), product, next, range.size());
            next += range.size();
        }
    }
}
