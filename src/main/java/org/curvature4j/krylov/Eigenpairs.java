package org.curvature4j.krylov;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.curvature4j.internal.host.HostArray;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Eigenpairs of a symmetric operator, in the order of {@link SpectrumEnd}, and what is known of their errors. Immutable;
 * arrays handed out are the caller's.
 *
 * <p>Vectors have norm 1, are orthogonal to each other to rounding, and have the fixed sign of
 * {@link org.curvature4j.spectrum.Spectrum}: among the components whose magnitude is at least 0.999 of the
 * largest, the first is positive.
 */
public final class Eigenpairs {
    private static final double TIE = 0.999;

    private final int dimension;
    private final SpectrumEnd end;
    private final double[] values;
    private final double[] residuals;
    private final double[] errorBounds;
    private final double @Nullable [] @Nullable [] vectors;
    private final double tolerance;
    private final boolean measured;
    private final boolean complete;
    private final int products;

    private Eigenpairs(
            KrylovProcess<?> process,
            LanczosOptions options,
            double[] values,
            double[] residuals,
            double @Nullable [] @Nullable [] vectors,
            double scale,
            boolean complete) {
        this.dimension = process.dimension();
        this.end = options.end;
        this.values = values;
        this.residuals = residuals;
        this.vectors = vectors;
        tolerance = options.tolerance * scale;
        measured = options.measured;
        products = process.products();
        double rounding = 2 * process.asymmetry() + 8 * Math.ulp(1.0) * scale;
        errorBounds =
                Arrays.stream(residuals).map(residual -> residual + rounding).toArray();
        this.complete = complete && IntStream.range(0, values.length).allMatch(this::converged);
    }

    /** Takes the locked vectors of a process over, in the order of the values. */
    static Eigenpairs of(
            KrylovProcess<?> process,
            LanczosOptions options,
            double[] values,
            double[] residuals,
            double scale,
            boolean complete) {
        double[][] vectors = null;
        double[] norms = residuals;
        if (options.vectors) {
            if (options.measured) {
                norms = process.measuredResiduals(values);
            }
            vectors = new double[values.length][];
            for (int k = 0; k < values.length; k++) {
                vectors[k] = process.takeLocked(k);
                fixSign(vectors[k]);
            }
        }
        return new Eigenpairs(process, options, values, norms, vectors, scale, complete);
    }

    private static void fixSign(double[] vector) {
        double largest = 0;
        for (double component : vector) {
            largest = Math.max(largest, Math.abs(component));
        }
        int first = 0;
        while (Math.abs(vector[first]) < TIE * largest) {
            first++;
        }
        if (vector[first] < 0) {
            for (int i = 0; i < vector.length; i++) {
                vector[i] = -vector[i];
            }
        }
    }

    /** How many pairs there are. */
    public int count() {
        return values.length;
    }

    /** Rows of the operator, n. */
    public int dimension() {
        return dimension;
    }

    /** Which eigenvalues these are, and in which order. */
    public SpectrumEnd end() {
        return end;
    }

    /** The eigenvalues, as a new Java array. */
    public double[] eigenvalues() {
        return values.clone();
    }

    /** The eigenvalues, as a new ND4J array [count]. */
    public INDArray values() {
        return HostArray.copyOf(values, DataType.DOUBLE, values.length);
    }

    /** Whether there are vectors. */
    public boolean hasVectors() {
        return vectors != null;
    }

    /**
     * An eigenvector, as a new Java array of n components.
     *
     * @throws IllegalStateException if there are none
     * @throws IndexOutOfBoundsException if there is no such pair
     */
    public double[] vector(int index) {
        return row(java.util.Objects.checkIndex(index, values.length)).clone();
    }

    /**
     * The eigenvectors, as a new ND4J array [n, count]: column k belongs to value k.
     *
     * @throws IllegalStateException if there are none
     */
    public INDArray vectors() {
        row(0);
        INDArray columns = HostArray.create(DataType.DOUBLE, dimension, values.length);
        HostArray target = HostArray.writing(columns);
        double[] line = new double[values.length];
        for (int i = 0; i < dimension; i++) {
            for (int k = 0; k < line.length; k++) {
                line[k] = row(k)[i];
            }
            target.write((long) i * line.length, line, line.length);
        }
        target.finish();
        return columns;
    }

    private double[] row(int index) {
        if (vectors == null) {
            throw new IllegalStateException("vectors: expected a search with vectors, got one for values only");
        }
        return java.util.Objects.requireNonNull(vectors[index]);
    }

    /**
     * The norm of Av - lambda v for each pair, in the units of the operator. By the recurrence, unless
     * {@link #residualsMeasured()}: the last component of the Ritz vector times the norm of what the last product had
     * outside the Krylov space, which equals it to rounding. A new array.
     */
    public double[] residuals() {
        return residuals.clone();
    }

    /** Whether residuals were measured by products with the vectors. */
    public boolean residualsMeasured() {
        return measured;
    }

    /**
     * For each pair how far its value may lie from an eigenvalue of the operator: its residual and, as an estimate of
     * what the operator's own rounding does, twice the largest deviation from symmetry that showed in a product. The
     * second part is far above the first for an operator that computes in float32. A new array.
     */
    public double[] errorBounds() {
        return errorBounds.clone();
    }

    /** Whether the residual of a pair is at most {@link #tolerance()}. */
    public boolean converged(int index) {
        return residuals[index] <= tolerance;
    }

    /** How many pairs have converged. */
    public int converged() {
        return (int) IntStream.range(0, values.length).filter(this::converged).count();
    }

    /** The residual up to which a pair counts as converged, in the units of the operator. */
    public double tolerance() {
        return tolerance;
    }

    /**
     * Whether all pairs have converged and a further search, orthogonal to them, found nothing that belongs among them:
     * copies of repeated eigenvalues are all there. Never after a plain run, unless it spanned the whole space.
     */
    public boolean complete() {
        return complete;
    }

    /** Products with the operator that were taken. */
    public int products() {
        return products;
    }

    @Override
    public String toString() {
        return values.length + " eigenpairs of " + dimension + " (" + end.name().toLowerCase(java.util.Locale.ROOT)
                + "), " + converged() + " converged, " + (complete ? "verified" : "not verified") + ", " + products
                + " products";
    }
}
