package org.curvature4j.internal.engine.gpu.tiles;

import org.curvature4j.internal.gpu.Buffer;
import org.curvature4j.internal.gpu.DeviceKernel;
import org.curvature4j.internal.gpu.Queue;
import org.curvature4j.internal.gpu.ptx.PtxModule;
import org.curvature4j.internal.gpu.ptx.Threads;

/** What is done to a tile's planes before and after its function: number k of point i at [k * size + i]. */
final class PlaneKernels {
    private static final int THREADS = 256;

    private static final String REPEAT = "repeatFirst";
    private static final String SYMMETRIZE = "symmetrize";

    private static final String PTX = ptx();

    private final Queue queue;
    private final int size;
    private final DeviceKernel repeat;
    private final DeviceKernel symmetrize;

    static String ptx() {
        PtxModule module = new PtxModule();
        module.entry(REPEAT, PlaneKernels.class, "repeatFirst");
        module.entry(SYMMETRIZE, PlaneKernels.class, "symmetrize");
        return module.text();
    }

    /** @param size of the tile */
    PlaneKernels(Queue queue, int size) {
        this.queue = queue;
        this.size = size;
        this.repeat = queue.device().kernel(PTX, REPEAT);
        this.symmetrize = queue.device().kernel(PTX, SYMMETRIZE);
    }

    /**
     * Queues the repetition of a tile's first point in place of those that it lacks: whatever stood there before might be slow or
     * raise flags, and is nobody's.
     */
    void fill(Buffer points, int count, int length) {
        if (count < size) {
            launch(repeat, (long) (size - count) * length, points.address(), size, count, length);
        }
    }

    /** Queues what {@link org.curvature4j.internal.engine.tile.Transposer#symmetrize} does with rows. */
    void symmetrize(Buffer results, int count, int order) {
        if (order > 1) {
            launch(symmetrize, (long) count * order * order, results.address(), size, count, order);
        }
    }

    private void launch(DeviceKernel kernel, long threads, long... arguments) {
        queue.launch(kernel, (threads + THREADS - 1) / THREADS, THREADS, arguments);
    }

    static void repeatFirst(double[] planes, long stride, int count, int length) {
        int rest = (int) stride - count;
        long thread = Threads.index();
        if (thread < (long) rest * length) {
            long plane = thread / rest * stride;
            Threads.from(planes, plane + count + thread % rest)[0] = Threads.from(planes, plane)[0];
        }
    }

    static void symmetrize(double[] planes, long stride, int count, int order) {
        long thread = Threads.index();
        int pair = (int) (thread / count);
        int row = pair / order;
        int column = pair % order;
        if (row < order && column < row) {
            double[] lower = Threads.from(planes, pair * stride + thread % count);
            double[] upper = Threads.from(planes, (column * order + row) * stride + thread % count);
            double mean = 0.5 * lower[0] + 0.5 * upper[0];
            lower[0] = mean;
            upper[0] = mean;
        }
    }
}
