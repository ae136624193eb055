package org.curvature4j;

import org.curvature4j.spectrum.Classification;
import org.curvature4j.spectrum.GeneralSpectrum;
import org.curvature4j.spectrum.Inertia;
import org.curvature4j.spectrum.SpectrumOptions;
import org.curvature4j.spectrum.SymmetricSpectra;
import org.curvature4j.spectrum.SymmetricSpectrum;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Eigenvalues of a Hessian, or of any symmetric matrix, and what they mean.
 *
 * <pre>{@code
 * Spectrum spectrum = Spectrum.of(hessian);               // [n, n]
 * System.out.println(spectrum.report());
 * SpectrumBatch batch = Spectrum.batch(hessians);         // [B, n, n]
 * INDArray values = batch.values();                       // [B, n], ascending
 * }</pre>
 *
 * <p>Float64 and float32. Values ascend; vectors are columns of norm 1, whose first component of nearly the largest
 * magnitude (at least 0.999 of it) is positive. The same matrix gives the same bits, alone or in any batch, on any
 * number of threads. Immutable.
 */
public final class Spectrum {

    private final SymmetricSpectrum result;

    Spectrum(SymmetricSpectrum result) {
        this.result = result;
    }

    /**
     * Eigenvalues, eigenvectors and residuals of a symmetric matrix.
     *
     * @param matrix [n, n], of any numbers, order and strides; not modified
     * @throws IllegalArgumentException if it isn't square, finite and symmetric to rounding
     */
    public static Spectrum of(INDArray matrix) {
        return of(matrix, SpectrumOptions.withVectors());
    }

    /** As {@link #of(INDArray)}, with options. */
    public static Spectrum of(INDArray matrix, SpectrumOptions options) {
        return new Spectrum(SymmetricSpectrum.of(matrix, options));
    }

    /**
     * Eigenvalues of a batch of symmetric matrices; with {@link SpectrumOptions#withVectors()} as the second argument
     * eigenvectors and residuals too.
     *
     * @param matrices [B, n, n], of any numbers, order and strides; not modified
     * @throws IllegalArgumentException naming the first matrix that isn't finite and symmetric to rounding
     */
    public static SpectrumBatch batch(INDArray matrices) {
        return batch(matrices, SpectrumOptions.valuesOnly());
    }

    /** As {@link #batch(INDArray)}, with options. */
    public static SpectrumBatch batch(INDArray matrices, SpectrumOptions options) {
        return new SpectrumBatch(SymmetricSpectra.of(matrices, options));
    }

    /**
     * Eigenvalues and eigenvectors, complex in general, of a square matrix that need not be symmetric.
     *
     * @param matrix [n, n], of any numbers, order and strides; not modified
     * @throws IllegalArgumentException if it isn't square and finite
     */
    public static GeneralSpectrum general(INDArray matrix) {
        return GeneralSpectrum.of(matrix);
    }

    /** The eigenvalues [n], ascending; a new array. */
    public INDArray values() {
        return result.values();
    }

    /** The eigenvalues, ascending, as Java numbers; a new array. */
    public double[] eigenvalues() {
        return result.eigenvalues();
    }

    /**
     * The eigenvectors [n, n] in columns; a new array.
     *
     * @throws IllegalStateException if the options said values only
     */
    public INDArray vectors() {
        return result.vectors();
    }

    /**
     * The largest norm of Hv - lambda v, in the units of the matrix.
     *
     * @throws IllegalStateException if the options said values only
     */
    public double residual() {
        return result.residual();
    }

    /**
     * One eigenvector as a new Java array of n components.
     *
     * @param k which, counted from the smallest eigenvalue; {@link #steepest()} and {@link #flattest()} name two
     * @throws IllegalStateException if the options said values only
     * @throws IndexOutOfBoundsException if there is no such eigenvalue
     */
    public double[] vector(int k) {
        return result.vector(k);
    }

    /**
     * The index of the eigenvalue of largest magnitude; of a tie, to the error bound, the positive one.
     *
     * @throws IllegalStateException if n = 0
     */
    public int steepest() {
        return result.steepest();
    }

    /**
     * The index of the eigenvalue of smallest magnitude; of a tie, to the error bound, the first.
     *
     * @throws IllegalStateException if n = 0
     */
    public int flattest() {
        return result.flattest();
    }

    /** How many eigenvalues are positive, negative and zero to tolerance. */
    public Inertia inertia() {
        return result.inertia();
    }

    /** Convex, concave, saddle, flat or undecided. */
    public Classification classification() {
        return result.classification();
    }

    /** Largest over smallest magnitude; infinite for a matrix that is singular to tolerance. */
    public double conditionNumber() {
        return result.conditionNumber();
    }

    /** The largest eigenvalue. */
    public double sharpness() {
        return result.sharpness();
    }

    /** What the spectrum means for training, in sentences. */
    public String interpretation() {
        return result.interpretation();
    }

    /** The spectrum in a few lines of text. */
    public String report() {
        return result.report();
    }

    /** Everything there is to know: residuals by pair, single vectors, error bound; what figures are drawn from. */
    public SymmetricSpectrum result() {
        return result;
    }

    @Override
    public String toString() {
        return result.toString();
    }
}
