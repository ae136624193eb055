package org.curvature4j.spectrum;

import org.curvature4j.internal.gpu.ptx.Threads;

/**
 * {@link LaneHouseholder} for one thread of a device and one small matrix, which is in registers: the same operations in the
 * same order, without what only vectors need. All loops are unrolled.
 */
final class HouseholderKernel {

    /** The largest order whose triangle fits the registers of a thread, 255 of 32 bits. */
    static final int LARGEST_ORDER = 12;

    private static final double NEGLIGIBLE_SQUARE = LaneHouseholder.NEGLIGIBLE_SQUARE;

    private HouseholderKernel() {}

    /** What a device runs. Threads beyond the last matrix do it once more, for the room that spectra have behind their last. */
    static void run(
            double[] matrices,
            long stride,
            double[] spectra,
            long spectraStride,
            long count,
            double symmetryTolerance,
            double quantum,
            int order) {
        int thread = (int) Threads.index();
        solve(
                matrices,
                (int) stride,
                (int) Math.min(thread, count - 1),
                new double[order * order],
                spectra,
                (int) spectraStride,
                thread,
                symmetryTolerance,
                quantum,
                order);
    }

    /**
     * Makes a matrix tridiagonal, for {@link EigenvalueKernel}; of at most two rows finds the eigenvalues.
     *
     * @param from number of the matrix
     * @param entries memory for it
     * @param index number of its spectrum
     */
    static void solve(
            double[] matrices,
            int stride,
            int from,
            double[] entries,
            double[] spectra,
            int spectraStride,
            int index,
            double symmetryTolerance,
            double quantum,
            int order) {
        double largest = 0;
        double worst = 0;
        for (int i = 0; i < order; i++) {
            for (int j = 0; j <= i; j++) {
                double below = matrices[(i * order + j) * stride + from];
                double above = i == j ? below : matrices[(j * order + i) * stride + from];
                largest = MatrixKernel.larger(MatrixKernel.larger(largest, below), above);
                worst = MatrixKernel.larger(worst, below - above);
                entries[i * order + j] = below;
            }
        }
        int scale = MatrixKernel.scale(largest);
        double down = MatrixKernel.power(-scale);
        double dropped =
                MatrixKernel.dropped(matrices, from, stride, largest, worst, down, symmetryTolerance, quantum, order);
        int exponent = order <= 2 ? 0 : MatrixKernel.exponent(largest * down);
        double factor = MatrixKernel.power(-exponent);
        for (int i = 0; i < order; i++) {
            for (int j = 0; j < i; j++) {
                int above = (j * order + i) * stride + from;
                entries[i * order + j] = mirrored(entries[i * order + j], matrices, above, down, worst) * factor;
            }
            entries[i * order + i] = entries[i * order + i] * down * factor;
        }
        if (order == 2) {
            ClosedForms.solve(entries);
        }
        for (int k = 0; k < order - 2; k++) {
            spectra[EigenvalueKernel.square(k, order) * spectraStride + index] = reflect(entries, k, order);
        }
        if (order > 2) {
            double beside = entries[order * order - 2];
            spectra[EigenvalueKernel.square(order - 2, order) * spectraStride + index] = beside * beside;
        }
        for (int k = 0; k < order; k++) {
            spectra[k * spectraStride + index] = entries[k * order + k];
        }
        spectra[order * spectraStride + index] = dropped * MatrixKernel.power(scale);
        spectra[EigenvalueKernel.factor(order) * spectraStride + index] = MatrixKernel.power(exponent);
        spectra[EigenvalueKernel.scale(order) * spectraStride + index] = MatrixKernel.power(scale);
    }

    private static double mirrored(double below, double[] matrices, int above, double down, double worst) {
        return MatrixKernel.symmetric(below, worst > 0 ? matrices[above] : below, down, worst);
    }

    /** Reflects a column and updates what is right of it; returns the square beside the diagonal. */
    private static double reflect(double[] entries, int k, int order) {
        double rest = 0;
        for (int i = k + 2; i < order; i++) {
            rest += entries[i * order + k] * entries[i * order + k];
        }
        double first = entries[(k + 1) * order + k];
        double total = rest + first * first;
        double norm = Math.sqrt(total);
        double factor = factor(rest, total, first, norm);
        entries[(k + 1) * order + k] = first + Math.copySign(norm, first);
        double[] products = new double[order];
        multiply(entries, products, factor, k, order);
        for (int i = k + 1; i < order; i++) {
            for (int j = k + 1; j <= i; j++) {
                entries[i * order + j] -= entries[i * order + k] * products[j] + products[i] * entries[j * order + k];
            }
        }
        return square(rest, total, first);
    }

    /** That of the reflection, 0 where there is nothing to reflect. */
    static double factor(double rest, double total, double first, double norm) {
        return rest >= NEGLIGIBLE_SQUARE ? 1 / (total + Math.abs(first) * norm) : 0;
    }

    /** What is beside the diagonal then, squared. */
    static double square(double rest, double total, double first) {
        return rest >= NEGLIGIBLE_SQUARE ? total : first * first;
    }

    /** w = f A v - (f v' f A v / 2) v into the products. */
    private static void multiply(double[] entries, double[] products, double factor, int k, int order) {
        for (int i = k + 1; i < order; i++) {
            double v = entries[i * order + k];
            products[i] = entries[i * order + i] * v;
            for (int j = k + 1; j < i; j++) {
                products[i] += entries[i * order + j] * entries[j * order + k];
                products[j] += entries[i * order + j] * v;
            }
        }
        double sum = 0;
        for (int i = k + 1; i < order; i++) {
            sum += products[i] * entries[i * order + k];
        }
        sum = 0.5 * (sum * factor) * factor;
        for (int i = k + 1; i < order; i++) {
            products[i] = factor * products[i] - sum * entries[i * order + k];
        }
    }
}
