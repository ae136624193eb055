package org.curvature4j;

import java.util.Map;
import org.curvature4j.spectrum.Classification;
import org.curvature4j.spectrum.SpectraSummary;
import org.curvature4j.spectrum.SymmetricSpectra;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Spectra of a batch of B symmetric matrices of n rows; made by {@link Spectrum#batch(INDArray)}.
 *
 * <p>The arrays are the batch's own, not copies: don't modify them, and don't use this object after closing one.
 */
public final class SpectrumBatch {

    private final SymmetricSpectra result;

    SpectrumBatch(SymmetricSpectra result) {
        this.result = result;
    }

    /** How many matrices, B. */
    public long size() {
        return result.size();
    }

    /** The eigenvalues [B, n], ascending in each row. */
    public INDArray values() {
        return result.values();
    }

    /**
     * The eigenvectors [B, n, n] in columns.
     *
     * @throws IllegalStateException if the options didn't ask for them
     */
    public INDArray vectors() {
        return result.vectors();
    }

    /**
     * The norms of Hv - lambda v [B, n].
     *
     * @throws IllegalStateException if the options didn't ask for vectors
     */
    public INDArray residuals() {
        return result.residuals();
    }

    /**
     * The spectrum of one matrix, the same bits as if it had been solved alone.
     *
     * @throws IndexOutOfBoundsException if there is no such matrix
     */
    public Spectrum get(long index) {
        return new Spectrum(result.get(index));
    }

    /**
     * Convex, concave, saddle, flat or undecided.
     *
     * @throws IndexOutOfBoundsException if there is no such matrix
     */
    public Classification classification(long index) {
        return result.classification(index);
    }

    /** How many matrices fall into each class. */
    public Map<Classification, Long> counts() {
        return result.counts();
    }

    /** Counts and extremes with the index of their matrix. */
    public SpectraSummary summary() {
        return result.summary();
    }

    /** The batch in a few lines of text. */
    public String report() {
        return result.report();
    }

    /** What figures are drawn from. */
    public SymmetricSpectra result() {
        return result;
    }

    @Override
    public String toString() {
        return result.toString();
    }
}
