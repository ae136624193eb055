package org.curvature4j.estimate;

import org.curvature4j.operator.HeapSpace;
import org.curvature4j.operator.LinearOperator;
import org.curvature4j.operator.VectorSpace;

/** What the estimators return where the budget pays for every column of the matrix. */
final class Exact {
    static final String METHOD = "products with unit vectors";

    private Exact() {}

    static Estimate trace(LinearOperator operator, Budget budget) {
        Products products = new Products(operator, budget.progress());
        double[] sum = new double[1];
        products.columns((i, product) -> sum[0] += product[i]);
        return estimate("trace", sum[0], products, budget);
    }

    static Estimate squaredFrobenius(LinearOperator operator, Budget budget) {
        Products products = new Products(operator, budget.progress());
        double[] sum = new double[1];
        HeapSpace space = new HeapSpace(operator.rows(), 1);
        products.columns((i, product) -> sum[0] += square(space, product));
        return estimate("squared Frobenius norm", sum[0], products, budget);
    }

    static DiagonalEstimate diagonal(LinearOperator operator, Budget budget) {
        Products products = new Products(operator, budget.progress());
        double[] diagonal = new double[operator.rows()];
        products.columns((i, product) -> diagonal[i] = product[i]);
        return new DiagonalEstimate(
                METHOD, diagonal, new double[diagonal.length], 0, products.count(), budget.seed(), true);
    }

    /**
     * The square of a vector's norm.
     *
     * @throws IllegalArgumentException if it is beyond what a double holds
     */
    static <V> double square(VectorSpace<V> space, V vector) {
        double square = space.dot(vector, vector);
        if (square >= Double.MIN_NORMAL && square <= Double.MAX_VALUE) {
            return square;
        }
        double norm = space.norm(vector);
        if (norm > 0 && norm <= Double.MAX_VALUE) {
            throw new IllegalArgumentException("squared Frobenius norm: expected numbers whose squares a double holds, "
                    + "got a product of norm " + norm + " (scale the operator with times)");
        }
        return square;
    }

    private static Estimate estimate(String quantity, double value, Products products, Budget budget) {
        return new Estimate(
                quantity, METHOD, Result.finite(quantity, value), 0, 0, products.count(), budget.seed(), true);
    }
}
