package org.curvature4j.spectrum;

import java.util.Arrays;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.text.Arguments;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Eigenvalues and, if asked for, eigenvectors of a Hessian, or of any symmetric matrix H of n rows, and what they mean.
 * Immutable; arrays handed out are the caller's.
 *
 * <pre>{@code
 * Spectrum spectrum = Spectrum.of(hessian);               // [n, n]
 * System.out.println(spectrum.report());
 * SpectrumBatch batch = Spectrum.batch(hessians);         // [B, n, n]
 * INDArray values = batch.values();                       // [B, n], ascending
 * }</pre>
 *
 * <p>Values ascend. Eigenvectors have norm 1 and a fixed sign: among the components whose magnitude is at least 0.999
 * of the largest, the first is positive. Of a repeated eigenvalue the vectors are an orthonormal basis of its space,
 * one of many. The same matrix gives the same bits, alone or in any batch, on any number of threads.
 *
 * <p>Float32 matrices are solved in float64 and the results rounded to float32.
 */
public final class Spectrum {

    private final DataType dataType;
    private final double[] values;
    private final double @Nullable [] vectors;
    private final double @Nullable [] residuals;
    private final double tolerance;
    private final double errorBound;

    /** Takes the arrays over; vectors as in {@link EigenBlock#vectors()}. */
    Spectrum(
            DataType dataType,
            double[] values,
            double @Nullable [] vectors,
            double @Nullable [] residuals,
            double tolerance,
            double errorBound) {
        this.dataType = dataType;
        this.values = values;
        this.vectors = vectors;
        this.residuals = residuals;
        this.tolerance = tolerance;
        this.errorBound = errorBound;
    }

    /** As {@link #of(INDArray, SpectrumOptions)}, with eigenvectors and residuals. */
    public static Spectrum of(INDArray matrix) {
        return of(matrix, SpectrumOptions.withVectors());
    }

    /**
     * Solves one matrix.
     *
     * @param matrix [n, n], of any numbers, order and strides; not modified. Mirrored entries may differ by
     *     rounding, 1.5e-8 (float32: 4.9e-4) of the largest entry; the symmetric part is then solved and the
     *     difference counted in the error bound
     * @throws IllegalArgumentException if the matrix isn't square, finite and symmetric, or an eigenvalue overflows
     */
    public static Spectrum of(INDArray matrix, SpectrumOptions options) {
        MatrixShapes.requireMatrix(matrix);
        Precision precision = Precision.of(matrix.dataType());
        int order = MatrixShapes.order(matrix);
        EigenBlock block = new EigenBlock(order, 1, options.vectors());
        try (HostArray source = HostArray.reading("matrix", matrix);
                SymmetricBlockSolver solver =
                        new SymmetricBlockSolver(block, precision.dataType(), index -> "matrix")) {
            source.read(0, block.matrices(), order * order);
            solver.solve(1, 0);
        }
        double errorBound = block.errorBounds()[0];
        return new Spectrum(
                precision.dataType(),
                block.values(),
                block.vectors(),
                block.residuals(),
                options.toleranceFor(errorBound),
                errorBound);
    }

    /** As {@link #batch(INDArray, SpectrumOptions)}, of values only. */
    public static SpectrumBatch batch(INDArray matrices) {
        return batch(matrices, SpectrumOptions.valuesOnly());
    }

    /**
     * Solves all matrices of a batch, on as many threads as the options say; the bits don't depend on it.
     *
     * @param matrices [B, n, n], of any numbers, order and strides; not modified
     * @throws IllegalArgumentException if the shape is another, or naming a matrix that isn't finite and symmetric (as
     *     {@link #of} has it), the first of several, or one whose eigenvalues overflow
     */
    public static SpectrumBatch batch(INDArray matrices, SpectrumOptions options) {
        return BatchRun.solve(matrices, options);
    }

    /** Rows of the matrix. */
    public int order() {
        return values.length;
    }

    /** The type of the arrays handed out: float32 for a float32 matrix, else float64. */
    public DataType dataType() {
        return dataType;
    }

    /** The eigenvalues, ascending, as a new ND4J array [n]. */
    public INDArray values() {
        return HostArray.copyOf(values, dataType, values.length);
    }

    /** The eigenvalues, ascending, as a new Java array. */
    public double[] eigenvalues() {
        return values.clone();
    }

    /**
     * The eigenvectors as a new ND4J array [n, n]: column k belongs to value k.
     *
     * @throws IllegalStateException if they weren't computed
     */
    public INDArray vectors() {
        double[] columns = Transpose.of(computed(vectors, "vectors"), values.length);
        return HostArray.copyOf(columns, dataType, values.length, values.length);
    }

    /**
     * One eigenvector as a new Java array of n components.
     *
     * @param k which, counted from the smallest eigenvalue
     * @throws IllegalStateException if they weren't computed
     * @throws IndexOutOfBoundsException if there is no such eigenvalue
     */
    public double[] vector(int k) {
        double[] all = computed(vectors, "vectors");
        int n = values.length;
        Arguments.requireIndex("vector", k, n);
        return Arrays.copyOfRange(all, k * n, (k + 1) * n);
    }

    /** Whether eigenvectors and residuals were computed. */
    public boolean hasVectors() {
        return vectors != null;
    }

    /**
     * The Euclidean norm of Hv - lambda v for each pair, in the units of the matrix, as a new Java array.
     *
     * @throws IllegalStateException if vectors weren't computed
     */
    public double[] residuals() {
        return computed(residuals, "residuals").clone();
    }

    /**
     * The largest of {@link #residuals()}; 0 if there is none.
     *
     * @throws IllegalStateException if vectors weren't computed
     */
    public double residual() {
        return Arrays.stream(computed(residuals, "residuals")).max().orElse(0);
    }

    /** The magnitude up to which an eigenvalue counts as zero. */
    public double tolerance() {
        return tolerance;
    }

    /**
     * How far an eigenvalue may lie from the true one: n times the type's epsilon times the largest magnitude, and the
     * Frobenius norm of the matrix's antisymmetric part. Knows nothing of errors that the matrix came with.
     */
    public double errorBound() {
        return errorBound;
    }

    /** Counts of positive, negative and near-zero eigenvalues. */
    public Inertia inertia() {
        return Inertia.of(values, tolerance, errorBound);
    }

    /** What the signs say. */
    public Classification classification() {
        return Classification.of(values, tolerance, errorBound);
    }

    /**
     * The largest over the smallest magnitude; infinite when an eigenvalue is zero to tolerance. Undecided eigenvalues, as
     * {@link Inertia#undecided()} counts them, are left out: their ratio would be one of rounding. NaN if all are, and for
     * n = 0.
     */
    public double conditionNumber() {
        return ConditionNumber.of(values, tolerance, errorBound);
    }

    /**
     * The largest over the smallest magnitude that lies above the tolerance by more than the error bound: how unlike the
     * directions are that surely curve; NaN if none does.
     */
    public double effectiveConditionNumber() {
        return ConditionNumber.effective(values, tolerance, errorBound);
    }

    /** The largest eigenvalue, the curvature of the most upward direction; NaN for n = 0. */
    public double sharpness() {
        return values.length == 0 ? Double.NaN : values[values.length - 1];
    }

    /**
     * The index of the eigenvalue of largest magnitude; of a tie, to the error bound, the positive one, so that rounding
     * doesn't choose.
     *
     * @throws IllegalStateException if n = 0
     */
    public int steepest() {
        requireDirections();
        int last = values.length - 1;
        return -values[0] - values[last] > 2 * errorBound ? 0 : last;
    }

    /**
     * The index of the eigenvalue of smallest magnitude; of a tie, to the error bound, the first.
     *
     * @throws IllegalStateException if n = 0
     */
    public int flattest() {
        requireDirections();
        double smallest = Arrays.stream(values).map(Math::abs).min().orElseThrow();
        int flattest = 0;
        while (Math.abs(values[flattest]) - smallest > 2 * errorBound) {
            flattest++;
        }
        return flattest;
    }

    /** What the spectrum means for whoever trains with this function, in sentences. */
    public String interpretation() {
        return Interpretation.of(this);
    }

    /** The spectrum in a few lines of text. */
    public String report() {
        return SpectrumReport.of(this);
    }

    /** The first line of the {@link #report()}. */
    @Override
    public String toString() {
        return report().lines().findFirst().orElse("")
                + (order() == 0 ? "" : ": " + classification().words());
    }

    private void requireDirections() {
        if (values.length == 0) {
            throw new IllegalStateException("spectrum: expected at least one eigenvalue, got a matrix of 0 rows");
        }
    }

    private static double[] computed(double @Nullable [] array, String what) {
        if (array == null) {
            throw new IllegalStateException(
                    what + ": not computed with the options given (use SpectrumOptions.withVectors())");
        }
        return array;
    }
}
