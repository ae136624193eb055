package org.curvature4j.spectrum;

import java.util.function.LongFunction;
import org.curvature4j.internal.blas.Recomputation;
import org.curvature4j.internal.host.Lifetime;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Spectra of symmetric matrices, block by block, without allocation: checks and scales the matrices, solves, fixes the
 * signs, measures residuals and bounds the error.
 *
 * <p>All arithmetic is float64. Float32 matrices come widened and their results are rounded to float32, so that they
 * are right to the last place and never overflow on the way. One solver a thread; close it. While one is open OpenBLAS
 * works with one thread.
 *
 * <p>The sign of an eigenvector: among the components whose magnitude is at least 0.999 of the largest, the first is
 * positive. (With exact ties alone, rounding would choose the sign of (1, -1) / sqrt 2.)
 */
public final class SymmetricBlockSolver implements AutoCloseable {

    private static final double TIE = 0.999;

    private final int order;
    private final Precision precision;
    private final LongFunction<String> names;
    private final MatrixPreparation preparation;
    private final SymmetricEigensolver solver;
    private final EigenBlock block;
    private final int[] scales;
    private final double[] largest;
    private final double[] product;
    private final Lifetime lifetime;

    /**
     * @param block where matrices come from and results go
     * @param dataType float64 or float32: what the matrices were, and what results are rounded to
     * @param names how an error calls the matrix of a given index, such as {@code "matrix 17"}
     */
    public SymmetricBlockSolver(EigenBlock block, DataType dataType, LongFunction<String> names) {
        this.block = block;
        this.names = names;
        order = block.order();
        precision = Precision.of(dataType);
        preparation = new MatrixPreparation(order, precision, names);
        scales = new int[block.capacity()];
        largest = new double[block.capacity()];
        product = new double[order];
        solver = SymmetricEigensolver.of(order, block.capacity(), block.vectors() != null);
        lifetime = new Lifetime("solver", solver::close);
    }

    /**
     * Solves the first matrices of the block.
     *
     * @param count how many
     * @param first index in the whole batch of the block's first matrix, for error messages
     * @throws IllegalArgumentException naming the first matrix that has a NaN or infinite entry or isn't symmetric to
     *     rounding; if there is none, the first that has an eigenvalue beyond the range of its type
     * @throws UnverifiedResultException naming the first matrix that no solver finds eigenvalues and vectors of that fit it
     */
    public void solve(int count, long first) {
        lifetime.use(() -> compute(count, first));
    }

    private void compute(int count, long first) {
        block.symmetric(true);
        if (solvedReady(count)) {
            return;
        }
        boolean scaled = false;
        for (int i = 0; i < count; i++) {
            scaled |= prepare(i, first + i);
        }
        double[] values = block.values();
        double[] vectors = block.vectors();
        double[] residuals = block.residuals();
        int failed = solver.solve(count, block.matrices(), largest, values, vectors);
        if (failed >= 0) {
            throw refusal(first + failed);
        }
        for (int i = 0; scaled && i < count; i++) {
            unscale(values, i);
        }
        precision.round(values, count * order);
        for (int i = 0; i < count; i++) {
            boundError(i, first + i);
            if (vectors != null && residuals != null) {
                for (int k = 0; k < order; k++) {
                    finishVector(vectors, (i * order + k) * order);
                    residuals[i * order + k] = residual(vectors, i, k);
                    if (!(residuals[i * order + k] <= largestResidual(i))) {
                        throw refusal(first + i);
                    }
                }
            }
        }
    }

    private boolean solvedReady(int count) {
        return solver instanceof ClosedForms forms
                && order == 2
                && block.vectors() == null
                && precision == Precision.DOUBLE
                && forms.solveReady(count, block.matrices(), block.values(), block.errorBounds());
    }

    /** Releases native memory and this solver's hold on OpenBLAS' threads. */
    @Override
    public void close() {
        lifetime.close();
    }

    /** Makes a matrix ready for the solver; whether it had to be scaled. */
    private boolean prepare(int i, long index) {
        double[] matrices = block.matrices();
        int start = i * order * order;
        scales[i] = 0;
        block.asymmetries()[i] = 0;
        double ready = preparation.largestIfReady(matrices, start);
        largest[i] = ready;
        if (ready >= 0) {
            return false;
        }
        double unscaled = preparation.largest(matrices, start, index);
        scales[i] = MatrixPreparation.scale(unscaled);
        double asymmetry = unscaled(preparation.symmetrise(matrices, start, unscaled, scales[i], index), i);
        block.asymmetries()[i] = asymmetry;
        block.symmetric(block.isSymmetric() && asymmetry == 0);
        largest[i] = Math.scalb(unscaled, -scales[i]);
        return scales[i] != 0;
    }

    private void unscale(double[] values, int i) {
        if (scales[i] != 0) {
            for (int k = i * order; k < (i + 1) * order; k++) {
                values[k] = Math.scalb(values[k], scales[i]);
            }
        }
    }

    private void boundError(int i, long index) {
        double[] values = block.values();
        double least = order == 0 ? 0 : values[i * order];
        double most = order == 0 ? 0 : values[(i + 1) * order - 1];
        if (Math.max(Math.abs(least), Math.abs(most)) > Double.MAX_VALUE) {
            throw new IllegalArgumentException(names.apply(index) + ": expected eigenvalues in the range of "
                    + precision + ", got one beyond it (scale the matrix down)");
        }
        block.errorBounds()[i] = precision.rounding(order, least, most) + block.asymmetries()[i];
    }

    private void finishVector(double[] vectors, int start) {
        double largest = 0;
        for (int k = start; k < start + order; k++) {
            largest = Math.max(largest, Math.abs(vectors[k]));
        }
        int leading = start;
        while (Math.abs(vectors[leading]) < TIE * largest) {
            leading++;
        }
        double sign = vectors[leading] < 0 ? -1 : 1;
        for (int k = start; k < start + order; k++) {
            vectors[k] = precision.round(sign * vectors[k]) + 0.0;
        }
    }

    private double residual(double[] vectors, int i, int k) {
        double[] matrices = block.matrices();
        // The value that is handed out, rounding included, on the scale of the matrix in the block.
        double value = Math.scalb(block.values()[i * order + k], -scales[i]);
        int vector = (i * order + k) * order;
        for (int j = 0; j < order; j++) {
            product[j] = -value * vectors[vector + j];
        }
        for (int r = 0; r < order; r++) {
            double component = vectors[vector + r];
            int row = (i * order + r) * order;
            for (int j = 0; j < order; j++) {
                product[j] += component * matrices[row + j];
            }
        }
        double sum = 0;
        for (int j = 0; j < order; j++) {
            sum += product[j] * product[j];
        }
        return precision.round(unscaled(Math.sqrt(sum), i));
    }

    /**
     * That of a backward-stable solver, 4 n eps |H| as {@link SymmetricCheck} has it, and the rounding of value and vector
     * to the type of the matrix, with n^(1/2) times the largest magnitude of an eigenvalue for the Frobenius norm.
     */
    private double largestResidual(int i) {
        double norm = Math.max(Math.abs(block.values()[i * order]), Math.abs(block.values()[(i + 1) * order - 1]));
        double explained = Math.sqrt(order) * (4 * order * Math.ulp(1.0) + 4 * precision.epsilon());
        return explained * norm + 2 * precision.quantum();
    }

    private UnverifiedResultException refusal(long index) {
        return Recomputation.refusal(names.apply(index), "eigenvalues and vectors", "the library and from Java code");
    }

    private double unscaled(double value, int i) {
        return scales[i] == 0 ? value : Math.scalb(value, scales[i]);
    }
}
