package org.curvature4j.operator;

/** A B: B first. */
final class Composed extends LinearOperator {
    private final LinearOperator last;
    private final LinearOperator first;

    Composed(LinearOperator last, LinearOperator first) {
        super(last.rows(), first.columns(), areAdjoint(last, first));
        if (last.columns() != first.rows()) {
            throw new IllegalArgumentException("product of operators: expected as many columns on the left as rows on "
                    + "the right, got " + last + " and " + first);
        }
        this.last = last;
        this.first = first;
    }

    private static boolean areAdjoint(LinearOperator last, LinearOperator first) {
        return (last.isSymmetric() && last == first)
                || (last instanceof Adjoint left && left.adjoint() == first)
                || (first instanceof Adjoint right && right.adjoint() == last);
    }

    @Override
    protected void multiply(double[] vector, double[] product) {
        last.multiply(first.apply(vector), product);
    }

    @Override
    protected void multiplyAdjoint(double[] vector, double[] product) {
        double[] between = new double[last.columns()];
        last.multiplyAdjoint(vector, between);
        first.multiplyAdjoint(between, product);
    }

    @Override
    protected void multiplyBlock(double[][] vectors, double[][] products) {
        last.multiplyBlock(first.apply(vectors), products);
    }
}
