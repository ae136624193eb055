package org.curvature4j.spectrum;

import java.util.Optional;
import org.curvature4j.internal.host.HostArray;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.eigen.Eigen;

/**
 * ND4J's {@code eig}, called here only.
 *
 * <p>Its float32 version throws for the zero matrix and for large entries, so this is float64 always. It throws for NaN
 * and infinity, which callers keep out; for denormal matrices it returns zeros, hence a safe scale is asked for. It
 * throws for about one in 30,000 sparse random matrices too, and for about one in 1,500 returns wrong vectors of
 * repeated eigenvalues: callers check residuals.
 */
final class EigOperation {

    private EigOperation() {}

    /**
     * @param matrix finite n x n entries, row-major, the largest far from overflow and underflow; not modified
     * @return its pairs, right or not; empty if the operation failed
     */
    static Optional<ComplexPairs> solve(double[] matrix, int n) {
        double[] values = new double[2 * n];
        double[] vectors = new double[2 * n * n];
        try (INDArray input = HostArray.copyOf(matrix, DataType.DOUBLE, n, n)) {
            INDArray[] pair;
            try {
                pair = HostArray.outsideWorkspaces(() -> Eigen.eig(input));
            } catch (RuntimeException e) {
                return Optional.empty();
            }
            try (HostArray valueSource = HostArray.reading("eigenvalues", pair[0]);
                    HostArray vectorSource = HostArray.reading("eigenvectors", pair[1])) {
                valueSource.read(0, values, values.length);
                vectorSource.read(0, vectors, vectors.length);
            } finally {
                pair[0].close();
                pair[1].close();
            }
        }
        return Optional.of(new ComplexPairs(matrix, values, vectors));
    }
}
