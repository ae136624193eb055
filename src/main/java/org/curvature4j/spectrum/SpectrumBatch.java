package org.curvature4j.spectrum;

import java.util.Map;
import java.util.stream.Collectors;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.text.Arguments;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Spectra of a batch of symmetric matrices of one order; made by {@link Spectrum#batch(INDArray)}. Values ascend in each, vectors and their signs are as in
 * {@link Spectrum}; {@link #get} of a matrix has the same bits as solving it alone.
 *
 * <p>The arrays handed out hold this batch's numbers themselves, not copies, so that a large batch exists once: don't
 * modify them. They are ordinary ND4J arrays, freed with the last reference or by the caller's {@code close()}, after
 * which this object can't be used.
 */
public final class SpectrumBatch {

    private final SpectrumOptions options;
    private final INDArray values;
    private final @Nullable INDArray asymmetries;
    private final @Nullable INDArray vectors;
    private final @Nullable INDArray residuals;

    /** @param asymmetries [B], what the parts that were dropped to make matrices symmetric add to their error bounds */
    SpectrumBatch(
            SpectrumOptions options,
            INDArray values,
            @Nullable INDArray asymmetries,
            @Nullable INDArray vectors,
            @Nullable INDArray residuals) {
        this.options = options;
        this.values = values;
        this.asymmetries = asymmetries;
        this.vectors = vectors;
        this.residuals = residuals;
    }

    /** How many matrices, B. */
    public long size() {
        return values.size(0);
    }

    /** Rows of each matrix, n. */
    public int order() {
        return (int) values.size(1);
    }

    /** The type of all arrays here: float32 for float32 matrices, else float64. */
    public DataType dataType() {
        return values.dataType();
    }

    /** The eigenvalues [B, n], ascending in each row; not a copy. */
    public INDArray values() {
        return values;
    }

    /**
     * The eigenvectors [B, n, n] in columns; not a copy.
     *
     * @throws IllegalStateException if they weren't computed
     */
    public INDArray vectors() {
        return computed(vectors, "vectors");
    }

    /**
     * The norms of Hv - lambda v [B, n]; not a copy.
     *
     * @throws IllegalStateException if vectors weren't computed
     */
    public INDArray residuals() {
        return computed(residuals, "residuals");
    }

    /** Whether eigenvectors and residuals were computed. */
    public boolean hasVectors() {
        return vectors != null;
    }

    /**
     * The spectrum of one matrix, a copy.
     *
     * @throws IndexOutOfBoundsException if there is no such matrix
     */
    public Spectrum get(long index) {
        Arguments.requireIndex("spectrum", index, size());
        int n = order();
        double[] vector = vectors == null ? null : row(vectors, index, n * n);
        if (vector != null) {
            Transpose.inPlace(vector, 0, n);
        }
        double[] value = row(values, index, n);
        double errorBound = errorBounds(index, 1, value)[0];
        return new Spectrum(
                dataType(),
                value,
                vector,
                residuals == null ? null : row(residuals, index, n),
                options.toleranceFor(errorBound),
                errorBound);
    }

    /**
     * The class of one matrix.
     *
     * @throws IndexOutOfBoundsException if there is no such matrix
     */
    public Classification classification(long index) {
        Arguments.requireIndex("spectrum", index, size());
        double[] value = row(values, index, order());
        double errorBound = errorBounds(index, 1, value)[0];
        return Classification.of(value, options.toleranceFor(errorBound), errorBound);
    }

    /** How many matrices fall into each class; every class is there, in the order of the enum. */
    public Map<Classification, Long> counts() {
        return summary().counts();
    }

    /** Counts and extremes; made anew by a pass over all eigenvalues. */
    public SpectraSummary summary() {
        SpectraSummary summary = new SpectraSummary();
        int n = order();
        long size = size();
        int rows = BatchRun.tileSize(n);
        double[] tile = new double[rows * n];
        try (HostArray source = HostArray.reading("eigenvalues", values)) {
            for (long first = 0; first < size; first += rows) {
                int count = (int) Math.min(rows, size - first);
                source.read(first * n, tile, count * n);
                summary.addAll(first, count, n, tile, errorBounds(first, count, tile), options);
            }
        }
        return summary;
    }

    /** Counts and extremes in a few lines of text. */
    public String report() {
        return SpectrumReport.of(this);
    }

    /** Size and order; the {@link #report()} has the rest. */
    @Override
    public String toString() {
        return report().lines().limit(2).collect(Collectors.joining(": "));
    }

    /** Of matrices in a row, from their eigenvalues. */
    private double[] errorBounds(long first, int count, double[] values) {
        int n = order();
        double[] bounds = asymmetries == null ? new double[count] : numbers(asymmetries, first, count);
        for (int i = 0; i < count && n > 0; i++) {
            bounds[i] += Precision.of(dataType()).rounding(n, values[i * n], values[(i + 1) * n - 1]);
        }
        return bounds;
    }

    private static double[] row(INDArray array, long index, int length) {
        return numbers(array, index * length, length);
    }

    private static double[] numbers(INDArray array, long from, int count) {
        double[] numbers = new double[count];
        try (HostArray source = HostArray.reading("results", array)) {
            source.read(from, numbers, count);
        }
        return numbers;
    }

    private static INDArray computed(@Nullable INDArray array, String what) {
        if (array == null) {
            throw new IllegalStateException(
                    what + ": not computed with the options given (use SpectrumOptions.withVectors())");
        }
        return array;
    }
}
