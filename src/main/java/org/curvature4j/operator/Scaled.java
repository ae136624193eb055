package org.curvature4j.operator;

/** A multiple of an operator. */
final class Scaled extends LinearOperator {
    private final LinearOperator original;
    private final double factor;

    Scaled(LinearOperator original, double factor) {
        super(original.rows(), original.columns(), original.isSymmetric());
        this.original = original;
        this.factor = factor;
    }

    @Override
    protected void multiply(double[] vector, double[] product) {
        original.multiply(vector, product);
        Vectors.scale(factor, product);
    }

    @Override
    protected void multiplyAdjoint(double[] vector, double[] product) {
        original.multiplyAdjoint(vector, product);
        Vectors.scale(factor, product);
    }

    @Override
    protected void multiplyBlock(double[][] vectors, double[][] products) {
        original.multiplyBlock(vectors, products);
        for (double[] product : products) {
            Vectors.scale(factor, product);
        }
    }
}
