package org.curvature4j.spectrum;

import org.curvature4j.internal.gpu.ptx.Threads;

/**
 * From tridiagonal matrices to the eigenvalues of those that they come from, and the bounds on their error, a matrix a thread:
 * to the last bit what {@link SymmetricBlockSolver} finds.
 *
 * <p>Spectra lie in planes. At first those of the diagonal, one of the norm of what was dropped of the matrix (NaN if only
 * {@link SymmetricBlockSolver} can say something about it), two of the powers of two that undo its scaling, one after the
 * other, and those of the squares beside the diagonal. In the end those of the values, ascending, and one of the bounds;
 * NaN as before.
 */
final class EigenvalueKernel {

    /** The largest order that is solved this way, as across the lanes of a processor. */
    static final int LARGEST_ORDER = LaneEigensolver.LARGEST_ORDER;

    private EigenvalueKernel() {}

    /** The plane of a power of two. */
    static int factor(int order) {
        return order + 1;
    }

    /** The plane of the other. */
    static int scale(int order) {
        return order + 2;
    }

    /** The plane of the square beside diagonal entry k. */
    static int square(int k, int order) {
        return order + 3 + k;
    }

    /** How many there are. */
    static int planes(int order) {
        return square(order - 1, order);
    }

    /** What a device runs; see {@link #solve}. */
    static void run(double[] spectra, long stride, long count, int single, double epsilon, double quantum, int order) {
        long index = Threads.index();
        if (index < count) {
            solve(spectra, (int) stride, (int) index, single, epsilon, quantum, order);
        }
    }

    /**
     * Solves one matrix.
     *
     * @param spectra number k of it at [k stride + index]
     * @param single 1 to round values to float32, else 0
     */
    static void solve(double[] spectra, int stride, int index, int single, double epsilon, double quantum, int order) {
        double dropped = spectra[order * stride + index];
        if (!(dropped >= 0)) {
            return;
        }
        double[] values = new double[order];
        double[] squares = new double[order];
        for (int k = 0; k < order; k++) {
            values[k] = spectra[k * stride + index];
        }
        boolean solved = true;
        if (order > 2) {
            for (int k = 0; k < order - 1; k++) {
                squares[k] = spectra[square(k, order) * stride + index];
            }
            solved = QrKernel.solve(values, squares, order);
            QrKernel.sort(values, order);
        }
        finish(values, solved, dropped, spectra, stride, index, single, epsilon, quantum, order);
    }

    private static void finish(
            double[] values,
            boolean solved,
            double dropped,
            double[] spectra,
            int stride,
            int index,
            int single,
            double epsilon,
            double quantum,
            int order) {
        double factor = spectra[factor(order) * stride + index];
        double scale = spectra[scale(order) * stride + index];
        double norm = 0;
        for (int k = 0; k < order; k++) {
            double value = values[k] * factor * scale;
            // Adding 0 turns -0.0 into 0.0.
            double rounded = (single == 0 ? value : (float) value) + 0.0;
            norm = Math.max(norm, Math.abs(rounded));
            spectra[k * stride + index] = rounded;
        }
        double rounding = order * epsilon * norm + (norm > 0 ? quantum : 0);
        spectra[order * stride + index] = norm <= Double.MAX_VALUE && solved ? rounding + dropped : Double.NaN;
    }
}
