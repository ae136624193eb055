package org.curvature4j.operator;

/** A diagonal matrix. */
public final class DiagonalOperator extends LinearOperator {
    private final double[] diagonal;

    private DiagonalOperator(double[] diagonal) {
        super(diagonal.length, diagonal.length, true);
        this.diagonal = diagonal;
    }

    /** The diagonal matrix of these numbers, which are copied. */
    public static DiagonalOperator of(double... diagonal) {
        return new DiagonalOperator(diagonal.clone());
    }

    /** The identity of n rows. */
    public static DiagonalOperator identity(int n) {
        double[] ones = new double[n];
        java.util.Arrays.fill(ones, 1);
        return new DiagonalOperator(ones);
    }

    @Override
    protected void multiply(double[] vector, double[] product) {
        for (int i = 0; i < diagonal.length; i++) {
            product[i] = diagonal[i] * vector[i];
        }
    }
}
