package org.curvature4j.spectrum;

import org.curvature4j.internal.gpu.ptx.Threads;

/**
 * The eigenvalues of a symmetric matrix a thread, and the bound on their error: to the last bit what
 * {@link SymmetricBlockSolver} finds.
 */
final class EigenvalueKernel {

    /** The largest order that is solved this way: what goes across the lanes of a processor, and closed forms. */
    static final int LARGEST_ORDER = LaneEigensolver.LARGEST_ORDER;

    private static final int LARGEST_TRIANGLE = LARGEST_ORDER * (LARGEST_ORDER + 1) / 2;

    private EigenvalueKernel() {}

    /**
     * What a device runs; see {@link #solve}.
     *
     * @param count of matrices
     */
    static void run(
            double[] matrices,
            long stride,
            double[] spectra,
            long spectraStride,
            long count,
            int order,
            int single,
            double epsilon,
            double quantum,
            double symmetryTolerance) {
        long index = Threads.index();
        if (index < count) {
            solve(
                    matrices,
                    (int) stride,
                    spectra,
                    (int) spectraStride,
                    (int) index,
                    order,
                    single,
                    epsilon,
                    quantum,
                    symmetryTolerance);
        }
    }

    /**
     * Solves one matrix.
     *
     * @param matrices in planes: entry (i, j) at [(i order + j) stride + index]
     * @param spectra takes value k at [k spectraStride + index], ascending, and behind the values the bound on their error;
     *     NaN for it of a matrix that only {@link SymmetricBlockSolver} can say something about
     * @param single 1 to round values to float32, else 0
     */
    static void solve(
            double[] matrices,
            int stride,
            double[] spectra,
            int spectraStride,
            int index,
            int order,
            int single,
            double epsilon,
            double quantum,
            double symmetryTolerance) {
        double[] entries = new double[LARGEST_TRIANGLE];
        double[] scaling = new double[MatrixKernel.PROPERTIES];
        double[] values = new double[LARGEST_ORDER];
        double dropped =
                MatrixKernel.load(matrices, index, stride, order, symmetryTolerance, quantum, entries, scaling);
        boolean solved = dropped >= 0;
        if (solved) {
            solved = eigenvalues(entries, values, order);
        }
        for (int k = 0; k < order; k++) {
            double value = values[k] * scaling[MatrixKernel.FACTOR] * scaling[MatrixKernel.SCALE];
            // Adding 0 turns -0.0 into 0.0.
            values[k] = (single == 0 ? value : (float) value) + 0.0;
            spectra[k * spectraStride + index] = values[k];
        }
        double low = Math.abs(values[0]);
        double high = Math.abs(values[order - 1]);
        double norm = low > high ? low : high;
        double bound = order * epsilon * norm + (norm > 0 ? quantum : 0) + dropped;
        boolean finite = norm <= Double.MAX_VALUE && solved;
        spectra[order * spectraStride + index] = finite ? bound : Double.NaN;
    }

    private static boolean eigenvalues(double[] entries, double[] values, int order) {
        if (order > 2) {
            double[] squares = new double[LARGEST_ORDER];
            double[] products = new double[LARGEST_ORDER];
            HouseholderKernel.reduce(entries, products, values, squares, order);
            boolean converged = QrKernel.solve(values, squares, order);
            QrKernel.sort(values, order);
            return converged;
        }
        values[0] = entries[0];
        if (order == 2) {
            closedForm(entries, values);
        }
        return true;
    }

    /** As {@link ClosedForms} does it. */
    private static void closedForm(double[] entries, double[] values) {
        double a = entries[0];
        double b = entries[1];
        double c = entries[2];
        double half = 0.5 * Math.abs(a - c);
        double divisor = half + Math.sqrt(half * half + b * b);
        double move = b * (b / Math.max(Math.max(divisor, Math.abs(b)), Double.MIN_NORMAL));
        values[0] = Math.min(a, c) - move;
        values[1] = Math.max(a, c) + move;
    }
}
