package org.curvature4j.operator;

import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.text.Arguments;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A matrix that is there as a whole. */
public final class MatrixOperator extends LinearOperator {
    private final double[] matrix;

    private MatrixOperator(double[] matrix, int rows, int columns) {
        super(rows, columns, rows == columns && isSymmetric(matrix, rows));
        this.matrix = matrix;
    }

    /**
     * A matrix as an operator; symmetric if mirrored entries are the same bits.
     *
     * @param matrix row-major [rows, columns]; copied
     */
    public static MatrixOperator of(double[] matrix, int rows, int columns) {
        Arguments.refuseIf(
                (long) rows * columns != matrix.length, "matrix", rows + " by " + columns + " numbers", matrix.length);
        return new MatrixOperator(matrix.clone(), rows, columns);
    }

    /** A matrix [m, n] as an operator; copied. */
    public static MatrixOperator of(INDArray matrix) {
        Arguments.refuseIf(
                matrix.rank() != 2, "matrix", "two axes", "shape " + java.util.Arrays.toString(matrix.shape()));
        double[] numbers = HostArray.numbers("matrix", matrix);
        return new MatrixOperator(numbers, Math.toIntExact(matrix.size(0)), Math.toIntExact(matrix.size(1)));
    }

    private static boolean isSymmetric(double[] matrix, int order) {
        for (int i = 0; i < order; i++) {
            for (int j = 0; j < i; j++) {
                if (matrix[i * order + j] != matrix[j * order + i]) {
                    return false;
                }
            }
        }
        return true;
    }

    @Override
    protected void multiply(double[] vector, double[] product) {
        for (int i = 0; i < product.length; i++) {
            double sum = 0;
            for (int j = 0; j < vector.length; j++) {
                sum += matrix[i * vector.length + j] * vector[j];
            }
            product[i] = sum;
        }
    }

    @Override
    protected void multiplyAdjoint(double[] vector, double[] product) {
        java.util.Arrays.fill(product, 0);
        for (int i = 0; i < vector.length; i++) {
            for (int j = 0; j < product.length; j++) {
                product[j] += matrix[i * product.length + j] * vector[i];
            }
        }
    }

    @Override
    public double[] toDense() {
        return matrix.clone();
    }
}
