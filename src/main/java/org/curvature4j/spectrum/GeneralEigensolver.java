package org.curvature4j.spectrum;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.curvature4j.host.HostArray;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.eigen.Eigen;

/**
 * ND4J's {@code eig} behind guards, the only caller of it.
 *
 * <p>The operation throws for NaN and infinity, and in float32 for the zero matrix and for large entries; it returns
 * zeros for denormal matrices, and no order. So entries are checked, all is solved in float64 on a safe scale, sorted,
 * normalised, and each pair is checked by its residual.
 */
final class GeneralEigensolver {

    /**
     * The largest residual that passes, relative to the Frobenius norm. Backward-stable methods stay within a small
     * multiple of n times 2.2e-16; what is above this isn't rounding.
     */
    private static final double WRONG = 0x1p-26;

    private GeneralEigensolver() {}

    static GeneralSpectrum solve(INDArray matrix) {
        SymmetricShapes.requireMatrix(matrix);
        Precision precision = Precision.of(matrix.dataType(), "matrix");
        int n = SymmetricShapes.order(matrix);
        double[] entries = new double[n * n];
        try (HostArray source = HostArray.reading(matrix)) {
            source.read(0, entries, n * n);
        }
        double largest = new MatrixPreparation(n, precision, index -> "matrix").largest(entries, 0, 0);
        int scale = MatrixPreparation.scale(largest);
        for (int i = 0; i < n * n; i++) {
            entries[i] = Math.scalb(entries[i], -scale);
        }
        double[] values = new double[2 * n];
        double[] vectors = new double[2 * n * n];
        if (n > 0) {
            eig(entries, n, values, vectors);
        }
        return finish(precision, n, entries, scale, values, vectors);
    }

    private static void eig(double[] entries, int n, double[] values, double[] vectors) {
        try (INDArray input = HostArray.copyOf(entries, DataType.DOUBLE, n, n)) {
            INDArray[] pair = eig(input);
            try (HostArray valueSource = HostArray.reading(pair[0]);
                    HostArray vectorSource = HostArray.reading(pair[1])) {
                valueSource.read(0, values, values.length);
                vectorSource.read(0, vectors, vectors.length);
            } finally {
                pair[0].close();
                pair[1].close();
            }
        }
    }

    private static INDArray[] eig(INDArray input) {
        try {
            return HostArray.outsideWorkspaces(() -> Eigen.eig(input));
        } catch (RuntimeException e) {
            throw new ArithmeticException("matrix: ND4J's eig failed on it (" + e.getMessage() + ")");
        }
    }

    private static GeneralSpectrum finish(
            Precision precision, int n, double[] entries, int scale, double[] values, double[] vectors) {
        Integer[] order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(k -> values[2 * k] + 0.0)
                        .thenComparingDouble(k -> values[2 * k + 1] + 0.0))
                .toArray(Integer[]::new);
        double[] sortedValues = new double[2 * n];
        double[] sortedVectors = new double[2 * n * n];
        double[] residuals = new double[n];
        double norm = Math.sqrt(Arrays.stream(entries).map(x -> x * x).sum());
        ComplexVector vector = new ComplexVector(n);
        for (int k = 0; k < n; k++) {
            int from = order[k];
            vector.readColumn(vectors, from);
            vector.normalise();
            double residual = vector.residual(entries, values[2 * from], values[2 * from + 1]);
            if (!(residual <= WRONG * norm)) {
                throw new ArithmeticException("matrix: ND4J's eig returned a pair that isn't an eigenpair (residual "
                        + residual / norm + " of the matrix's norm)");
            }
            residuals[k] = precision.round(Math.scalb(residual, scale));
            for (int part = 0; part < 2; part++) {
                sortedValues[2 * k + part] = precision.round(Math.scalb(values[2 * from + part], scale)) + 0.0;
                if (Double.isInfinite(sortedValues[2 * k + part])) {
                    throw new IllegalArgumentException("matrix: expected eigenvalues in the range of " + precision
                            + ", got one beyond it (scale the matrix down)");
                }
            }
            vector.writeColumn(sortedVectors, k, precision);
        }
        return new GeneralSpectrum(precision.dataType(), sortedValues, sortedVectors, residuals);
    }
}
