package org.curvature4j.spectrum;

import java.util.Arrays;
import org.curvature4j.internal.host.HostArray;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Eigenvalues and eigenvectors of one real matrix A that need not be symmetric: complex in general, in conjugate pairs.
 * Immutable; arrays handed out are the caller's.
 *
 * <p>Ordered by real part, then by imaginary part, ascending. Vectors have norm 1 and a fixed phase: among the
 * components whose magnitude is at least 0.999 of the largest, the first is real and positive. They need not be
 * orthogonal, nor independent where the matrix is defective; and eigenvalues of a matrix far from symmetric may be
 * sensitive, so that a small residual doesn't bound their error. For a symmetric matrix use {@link Spectrum}.
 */
public final class GeneralSpectrum {

    private final DataType dataType;
    private final int order;
    private final double[] values;
    private final double[] vectors;
    private final double[] residuals;

    /**
     * Takes the arrays over.
     *
     * @param values real and imaginary parts in turn
     * @param vectors [n, n, 2], vectors in columns
     */
    GeneralSpectrum(DataType dataType, double[] values, double[] vectors, double[] residuals) {
        this.dataType = dataType;
        this.order = residuals.length;
        this.values = values;
        this.vectors = vectors;
        this.residuals = residuals;
    }

    /**
     * Solves one matrix by ND4J's eig operation, or by LAPACK where eig fails or returns what isn't an eigenpair.
     *
     * @param matrix [n, n], of any numbers, order and strides; not modified
     * @throws IllegalArgumentException if the matrix isn't square and finite, or an eigenvalue overflows
     * @throws ArithmeticException if neither finds pairs that satisfy their equation to rounding
     */
    public static GeneralSpectrum of(INDArray matrix) {
        return GeneralEigensolver.solve(matrix);
    }

    /** Rows of the matrix. */
    public int order() {
        return order;
    }

    /** The type of the arrays handed out: float32 for a float32 matrix, else float64. */
    public DataType dataType() {
        return dataType;
    }

    /** The eigenvalues as a new ND4J array [n, 2]: real and imaginary parts. */
    public INDArray values() {
        return HostArray.copyOf(values, dataType, order, 2);
    }

    /** The real parts as a new Java array. */
    public double[] realParts() {
        return parts(0);
    }

    /** The imaginary parts as a new Java array. */
    public double[] imaginaryParts() {
        return parts(1);
    }

    /** The eigenvectors as a new ND4J array [n, n, 2]: column k belongs to value k; real and imaginary parts last. */
    public INDArray vectors() {
        return HostArray.copyOf(vectors, dataType, order, order, 2);
    }

    /** The Euclidean norm of Av - lambda v for each pair, in the units of the matrix, as a new Java array. */
    public double[] residuals() {
        return residuals.clone();
    }

    /** The largest of {@link #residuals()}; 0 if there is none. */
    public double residual() {
        return Arrays.stream(residuals).max().orElse(0);
    }

    /** The largest magnitude of an eigenvalue; 0 if there is none. */
    public double spectralRadius() {
        double largest = 0;
        for (int k = 0; k < order; k++) {
            largest = Math.max(largest, Math.hypot(values[2 * k], values[2 * k + 1]));
        }
        return largest;
    }

    /** The spectrum in a few lines of text. */
    public String report() {
        return SpectrumReport.of(this);
    }

    /** The first line of the {@link #report()}. */
    @Override
    public String toString() {
        return report().lines().findFirst().orElse("");
    }

    private double[] parts(int part) {
        double[] parts = new double[order];
        for (int k = 0; k < order; k++) {
            parts[k] = values[2 * k + part];
        }
        return parts;
    }
}
