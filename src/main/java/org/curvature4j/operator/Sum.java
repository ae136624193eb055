package org.curvature4j.operator;

/** A + B. */
final class Sum extends LinearOperator {
    private final LinearOperator first;
    private final LinearOperator second;

    Sum(LinearOperator first, LinearOperator second) {
        super(first.rows(), first.columns(), first.isSymmetric() && second.isSymmetric());
        if (first.rows() != second.rows() || first.columns() != second.columns()) {
            throw new IllegalArgumentException(
                    "sum of operators: expected the same shape, got " + first + " and " + second);
        }
        this.first = first;
        this.second = second;
    }

    @Override
    protected void multiply(double[] vector, double[] product) {
        first.multiply(vector, product);
        Vectors.add(1, second.apply(vector), product);
    }

    @Override
    protected void multiplyAdjoint(double[] vector, double[] product) {
        first.multiplyAdjoint(vector, product);
        double[] other = new double[product.length];
        second.multiplyAdjoint(vector, other);
        Vectors.add(1, other, product);
    }

    @Override
    protected void multiplyBlock(double[][] vectors, double[][] products) {
        first.multiplyBlock(vectors, products);
        double[][] others = second.apply(vectors);
        for (int k = 0; k < others.length; k++) {
            Vectors.add(1, others[k], products[k]);
        }
    }
}
