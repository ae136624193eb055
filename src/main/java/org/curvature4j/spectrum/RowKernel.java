package org.curvature4j.spectrum;

import org.curvature4j.internal.gpu.ptx.Threads;

/**
 * {@link HouseholderKernel} for matrices that are too large for a thread's registers: a row a thread, in memory that the block
 * shares. A whole row, so that no thread waits for another's half of the matrix; the operations and their order are the same,
 * and a sum over rows is made by every thread.
 */
final class RowKernel {

    /** Threads of a block. */
    static final int BLOCK = 128;

    private RowKernel() {}

    /** Threads of a matrix of some order. */
    static int group(int order) {
        return order > 16 ? 32 : 16;
    }

    /**
     * What a device runs: groups beyond the last matrix do it once more, as in {@link HouseholderKernel}.
     *
     * @param group threads of a matrix, at least its rows, of one warp
     */
    static void run(
            double[] matrices,
            long stride,
            double[] spectra,
            long spectraStride,
            long count,
            double symmetryTolerance,
            double quantum,
            int order,
            int group) {
        int pitch = group + 1;
        double[] rows = Threads.shared(BLOCK * (group + 1));
        double[] reflections = Threads.shared(BLOCK);
        double[] products = Threads.shared(BLOCK);
        double[] updates = Threads.shared(BLOCK);
        int thread = Threads.inBlock();
        int row = thread % group;
        int first = thread - row;
        int index = (int) (Threads.index() / group);
        int from = (int) Math.min(index, count - 1);
        boolean is = row < order;

        // Own row and column, past the last row those of the first: nothing comes of them.
        int own = is ? row : 0;
        double largest = 0;
        double worst = 0;
        for (int j = 0; j < order; j++) {
            double across = matrices[(own * order + j) * (int) stride + from];
            double down = matrices[(j * order + own) * (int) stride + from];
            largest = MatrixKernel.larger(MatrixKernel.larger(largest, across), down);
            worst = MatrixKernel.larger(worst, across - down);
        }
        for (int step = group / 2; step > 0; step /= 2) {
            largest = MatrixKernel.larger(largest, Threads.shuffle(largest, Threads.lane() ^ step));
            worst = MatrixKernel.larger(worst, Threads.shuffle(worst, Threads.lane() ^ step));
        }
        int scale = MatrixKernel.scale(largest);
        double down = MatrixKernel.power(-scale);
        double dropped = MatrixKernel.dropped(
                matrices, from, (int) stride, largest, worst, down, symmetryTolerance, quantum, order);
        int exponent = MatrixKernel.exponent(largest * down);
        double factor = MatrixKernel.power(-exponent);
        for (int j = 0; j < order; j++) {
            int low = Math.max(own, j);
            int high = Math.min(own, j);
            double below = matrices[(low * order + high) * (int) stride + from];
            double above = matrices[(high * order + low) * (int) stride + from];
            double entry = MatrixKernel.symmetric(below, above, down, low == high ? 0 : worst);
            rows[thread * pitch + j] = entry * factor;
        }
        for (int k = 0; k < order - 2; k++) {
            double square = reflect(rows, reflections, products, updates, thread, first, pitch, k, order);
            if (row == 0) {
                spectra[EigenvalueKernel.square(k, order) * (int) spectraStride + index] = square;
            }
        }
        if (is) {
            spectra[row * (int) spectraStride + index] = rows[thread * pitch + row];
        }
        if (row == order - 1) {
            double beside = rows[thread * pitch + order - 2];
            spectra[EigenvalueKernel.square(order - 2, order) * (int) spectraStride + index] = beside * beside;
            spectra[order * (int) spectraStride + index] = dropped * MatrixKernel.power(scale);
            spectra[EigenvalueKernel.factor(order) * (int) spectraStride + index] = MatrixKernel.power(exponent);
            spectra[EigenvalueKernel.scale(order) * (int) spectraStride + index] = MatrixKernel.power(scale);
        }
    }

    /** Reflects a column; returns the square beside the diagonal. */
    private static double reflect(
            double[] rows,
            double[] reflections,
            double[] products,
            double[] updates,
            int thread,
            int first,
            int pitch,
            int k,
            int order) {
        int row = thread - first;
        boolean below = row > k && row < order;
        reflections[thread] = rows[thread * pitch + k];
        Threads.barrier();
        double rest = 0;
        for (int i = k + 2; i < order; i++) {
            rest += reflections[first + i] * reflections[first + i];
        }
        double leading = reflections[first + k + 1];
        double total = rest + leading * leading;
        double norm = Math.sqrt(total);
        double factor = HouseholderKernel.factor(rest, total, leading, norm);
        Threads.barrier();
        if (row == k + 1) {
            reflections[thread] = leading + Math.copySign(norm, leading);
        }
        Threads.barrier();
        if (below) {
            double product = rows[thread * pitch + row] * reflections[thread];
            for (int j = k + 1; j < order; j++) {
                if (j != row) {
                    product += rows[thread * pitch + j] * reflections[first + j];
                }
            }
            products[thread] = product;
        }
        Threads.barrier();
        double sum = 0;
        for (int i = k + 1; i < order; i++) {
            sum += products[first + i] * reflections[first + i];
        }
        sum = 0.5 * (sum * factor) * factor;
        if (below) {
            updates[thread] = factor * products[thread] - sum * reflections[thread];
        }
        Threads.barrier();
        if (below) {
            double v = reflections[thread];
            double w = updates[thread];
            for (int j = k + 1; j < order; j++) {
                rows[thread * pitch + j] -= v * updates[first + j] + w * reflections[first + j];
            }
        }
        Threads.barrier();
        return HouseholderKernel.square(rest, total, leading);
    }
}
