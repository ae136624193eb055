package org.curvature4j.spectrum;

import java.util.Arrays;
import java.util.Optional;
import org.curvature4j.host.HostArray;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Solves a general matrix by ND4J's eig operation and checks each pair by its residual; where eig fails or a pair is
 * wrong, LAPACK takes its place under the same check.
 */
final class GeneralEigensolver {

    private GeneralEigensolver() {}

    static GeneralSpectrum solve(INDArray matrix) {
        MatrixShapes.requireMatrix(matrix);
        Precision precision = Precision.of(matrix.dataType());
        int n = MatrixShapes.order(matrix);
        double[] entries = HostArray.numbers("matrix", matrix);
        double largest = new MatrixPreparation(n, precision, index -> "matrix").largest(entries, 0, 0);
        int scale = MatrixPreparation.scale(largest);
        for (int i = 0; i < n * n; i++) {
            entries[i] = Math.scalb(entries[i], -scale);
        }
        return solve(entries, n).spectrum(precision, scale);
    }

    private static ComplexPairs solve(double[] entries, int n) {
        if (n == 0) {
            return new ComplexPairs(entries, new double[0], new double[0]);
        }
        double norm = Math.sqrt(Arrays.stream(entries).map(x -> x * x).sum());
        Optional<ComplexPairs> pairs = EigOperation.solve(entries, n).filter(found -> found.areRight(norm));
        return pairs.or(() -> LapackGeneral.solve(entries, n).filter(found -> found.areRight(norm)))
                .orElseThrow(() -> new ArithmeticException(
                        "matrix: neither ND4J's eig nor LAPACK's dgeev found eigenpairs to rounding"));
    }
}
