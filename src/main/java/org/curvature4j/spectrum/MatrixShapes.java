package org.curvature4j.spectrum;

import java.util.Arrays;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.text.Arguments;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The shapes that spectra take: one square matrix, or a batch of them. */
final class MatrixShapes {

    /** The most rows for which the size of LAPACK's workspace, 1 + 6 n + 2 n^2 numbers, fits its 32-bit integers. */
    private static final int LARGEST_ORDER = 32_766;

    private MatrixShapes() {}

    /** @throws IllegalArgumentException unless the array is [n, n] */
    static void requireMatrix(INDArray matrix) {
        HostArray.requireOpen("matrix", matrix);
        if (matrix.rank() != 2 || matrix.size(0) != matrix.size(1)) {
            String hint = matrix.rank() == 3 ? " (use batch for a batch of matrices)" : "";
            throw new IllegalArgumentException(
                    "matrix: expected a square matrix [n, n], got " + Arrays.toString(matrix.shape()) + hint);
        }
        requireOrder(matrix.size(1), "matrix");
    }

    /** @throws IllegalArgumentException unless the array is [B, n, n] */
    static void requireBatch(INDArray matrices) {
        HostArray.requireOpen("matrices", matrices);
        if (matrices.rank() != 3 || matrices.size(1) != matrices.size(2)) {
            String hint = matrices.rank() == 2 ? " (use of for one matrix)" : "";
            throw new IllegalArgumentException("matrices: expected a batch of square matrices [B, n, n], got "
                    + Arrays.toString(matrices.shape()) + hint);
        }
        requireOrder(matrices.size(2), "matrices");
    }

    /** Rows of a matrix that passed one of the checks. */
    static int order(INDArray checked) {
        return (int) checked.size(checked.rank() - 1);
    }

    private static void requireOrder(long order, String name) {
        Arguments.refuseIf(order > LARGEST_ORDER, name, "at most " + LARGEST_ORDER + " rows", order);
    }
}
