package org.curvature4j.spectrum;

import java.util.OptionalDouble;
import org.curvature4j.internal.text.Arguments;

/**
 * What to compute and how. Immutable; start from {@link #withVectors()} or {@link #valuesOnly()} and change what
 * differs: {@code SpectrumOptions.valuesOnly().tolerance(1e-8)}.
 *
 * @param vectors whether eigenvectors and residuals are computed; without them a small matrix costs about half
 * @param tolerance an eigenvalue of at most this magnitude counts as zero, in units of the matrix; empty for the
 *     default, four times the bound on the eigenvalue's error ({@link Spectrum#errorBound()})
 * @param threads the most worker threads that a batch uses; results are the same bits for any number
 */
public record SpectrumOptions(boolean vectors, OptionalDouble tolerance, int threads) {

    /**
     * More than 2, so that a computed zero, which is off by at most one bound, lies at least one bound below the
     * tolerance and is decided; small, so that little true curvature is called flat.
     */
    static final double DEFAULT_TOLERANCE_IN_ERROR_BOUNDS = 4;

    /** @throws IllegalArgumentException if the tolerance is negative or not finite, or there is no thread */
    public SpectrumOptions {
        if (tolerance.isPresent() && !(tolerance.getAsDouble() >= 0 && Double.isFinite(tolerance.getAsDouble()))) {
            throw new IllegalArgumentException(
                    "tolerance: expected a finite number of at least 0, got " + tolerance.getAsDouble());
        }
        Arguments.refuseIf(threads < 1, "threads", "at least 1", threads);
    }

    /** Eigenvalues, eigenvectors and residuals; default tolerance; as many threads as the machine has processors. */
    public static SpectrumOptions withVectors() {
        return new SpectrumOptions(
                true, OptionalDouble.empty(), Runtime.getRuntime().availableProcessors());
    }

    /** Eigenvalues only; default tolerance; as many threads as the machine has processors. */
    public static SpectrumOptions valuesOnly() {
        return new SpectrumOptions(
                false, OptionalDouble.empty(), Runtime.getRuntime().availableProcessors());
    }

    /**
     * The same with eigenvalues of at most this magnitude counted as zero.
     *
     * @param magnitude in the units of the matrix, at least 0
     */
    public SpectrumOptions tolerance(double magnitude) {
        return new SpectrumOptions(vectors, OptionalDouble.of(magnitude), threads);
    }

    /**
     * The same with this many worker threads at most.
     *
     * @param count at least 1
     */
    public SpectrumOptions threads(int count) {
        return new SpectrumOptions(vectors, tolerance, count);
    }

    /**
     * The magnitude up to which an eigenvalue counts as zero.
     *
     * @param errorBound how far the matrix's eigenvalues may lie from the true ones
     */
    public double toleranceFor(double errorBound) {
        return tolerance.orElse(DEFAULT_TOLERANCE_IN_ERROR_BOUNDS * errorBound);
    }
}
