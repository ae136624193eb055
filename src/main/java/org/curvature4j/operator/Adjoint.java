package org.curvature4j.operator;

/** A'. */
final class Adjoint extends LinearOperator {
    private final LinearOperator original;

    Adjoint(LinearOperator original) {
        super(/* rows= */ original.columns(), /* columns= */ original.rows(), false);
        this.original = original;
    }

    @Override
    public LinearOperator adjoint() {
        return original;
    }

    @Override
    protected void multiply(double[] vector, double[] product) {
        original.multiplyAdjoint(vector, product);
    }

    @Override
    protected void multiplyAdjoint(double[] vector, double[] product) {
        original.multiply(vector, product);
    }
}
