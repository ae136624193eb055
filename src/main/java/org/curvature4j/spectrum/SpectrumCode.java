package org.curvature4j.spectrum;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.curvature4j.internal.gpu.Buffer;
import org.curvature4j.internal.gpu.DeviceKernel;
import org.curvature4j.internal.gpu.Queue;
import org.curvature4j.internal.gpu.ptx.PtxModule;

/** The kernels for matrices of one order, by way of one queue. */
final class SpectrumCode {
    private static final int THREADS = 128;
    private static final Map<Integer, String> TEXTS = new ConcurrentHashMap<>();

    private final Queue queue;
    private final int order;
    private final Precision precision;
    private final DeviceKernel tridiagonal;
    private final DeviceKernel eigenvalues;
    private final DeviceKernel summary;
    private final DeviceKernel merge;

    /** @param order at least 1, at most {@link EigenvalueKernel#LARGEST_ORDER} */
    SpectrumCode(Queue queue, int order, Precision precision) {
        this.queue = queue;
        this.order = order;
        this.precision = precision;
        tridiagonal = kernel("tridiagonal");
        eigenvalues = kernel("eigenvalues");
        summary = kernel("summary");
        merge = kernel("merge");
    }

    private DeviceKernel kernel(String name) {
        return queue.device().kernel(TEXTS.computeIfAbsent(order, SpectrumCode::text), name);
    }

    /** All kernels for an order, as PTX. */
    static String text(int order) {
        PtxModule module = new PtxModule();
        if (isInRegisters(order)) {
            module.unrolled("tridiagonal", HouseholderKernel.class, "run", order);
        } else {
            module.entry("tridiagonal", RowKernel.class, "run", order, RowKernel.group(order));
        }
        module.entry("eigenvalues", EigenvalueKernel.class, "run", order);
        module.entry("summary", SummaryKernel.class, "run", order);
        module.entry("merge", SummaryKernel.class, "merge");
        return module.text();
    }

    private static boolean isInRegisters(int order) {
        return order <= HouseholderKernel.LARGEST_ORDER;
    }

    /**
     * Queues finding the eigenvalues of matrices.
     *
     * @param matrices in planes
     * @param spectra takes the planes of {@link EigenvalueKernel}, {@link #stride} apart or further
     */
    void solve(Buffer matrices, long stride, Buffer spectra, long spectraStride, int count) {
        queue.launch(
                tridiagonal,
                isInRegisters(order) ? blocks(count, THREADS) : blocks((long) count * RowKernel.group(order), THREADS),
                THREADS,
                matrices.address(),
                stride,
                spectra.address(),
                spectraStride,
                count,
                Double.doubleToRawLongBits(precision.symmetryTolerance()),
                Double.doubleToRawLongBits(precision.quantum()));
        queue.launch(
                eigenvalues,
                blocks(count, THREADS),
                THREADS,
                spectra.address(),
                spectraStride,
                count,
                precision == Precision.FLOAT ? 1 : 0,
                Double.doubleToRawLongBits(precision.epsilon()),
                Double.doubleToRawLongBits(precision.quantum()));
    }

    /**
     * Queues summing up spectra.
     *
     * @param counts {@link SummaryKernel#COPIES} times {@link SummaryKernel#WIDTH} numbers, all 0; the first copy takes the sums
     * @param extremes takes those of {@link #blocks} of spectra
     */
    void summarise(Buffer spectra, long stride, int count, SpectrumOptions options, Buffer counts, Buffer extremes) {
        queue.launch(
                summary,
                blocks(count, SummaryKernel.BLOCK),
                SummaryKernel.BLOCK,
                spectra.address(),
                stride,
                count,
                Double.doubleToRawLongBits(options.tolerance().orElse(-1)),
                Double.doubleToRawLongBits(SpectrumOptions.DEFAULT_TOLERANCE_IN_ERROR_BOUNDS),
                counts.address(),
                extremes.address());
        queue.launch(merge, blocks(SummaryKernel.WIDTH, THREADS), THREADS, counts.address());
    }

    /** From one plane of spectra to the next: the last block of threads has room too. */
    static int stride(int spectra) {
        return blocks(spectra, THREADS) * THREADS;
    }

    /** Blocks that so many threads need. */
    static int blocks(long threads, int each) {
        return Math.toIntExact((threads + each - 1) / each);
    }
}
