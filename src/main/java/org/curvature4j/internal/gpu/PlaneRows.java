package org.curvature4j.internal.gpu;

import org.curvature4j.internal.gpu.ptx.PtxModule;
import org.curvature4j.internal.gpu.ptx.Threads;

/**
 * Moves numbers on a device between rows, as this machine has them, and planes, as kernels want them: number k of all rows
 * together, so that neighbouring threads, each with a row, touch neighbouring numbers.
 */
public final class PlaneRows {
    /** Rows and numbers of a square that a block of threads turns over: a warp reads and writes 256 bytes in one piece. */
    private static final int SIDE = 32;

    /** One more than that, so that the numbers of a column lie in different banks of the shared memory. */
    private static final int PITCH = SIDE + 1;

    private static final int THREADS = 256;

    private static final String TO_PLANES = "rowsToPlanes";
    private static final String TO_ROWS = "planesToRows";

    private static final String PTX = ptx();

    private final Queue queue;
    private final DeviceKernel toPlanes;
    private final DeviceKernel toRows;

    private static String ptx() {
        PtxModule module = new PtxModule();
        module.entry(TO_PLANES, PlaneRows.class, "turnToPlanes");
        module.entry(TO_ROWS, PlaneRows.class, "turnToRows");
        return module.text();
    }

    /** By way of a queue. */
    public PlaneRows(Queue queue) {
        this.queue = queue;
        this.toPlanes = queue.device().kernel(PTX, TO_PLANES);
        this.toRows = queue.device().kernel(PTX, TO_ROWS);
    }

    /**
     * Queues the way from rows to planes.
     *
     * @param rows {@code count} of them from the start, {@code length} numbers each
     * @param planes take number k of row i at [k * stride + i]
     */
    public void toPlanes(Buffer rows, Buffer planes, long stride, int count, int length) {
        launch(toPlanes, rows.address(), planes.address(), stride, count, length);
    }

    /**
     * Queues the way back.
     *
     * @param first of the rows in the planes
     * @param rows take {@code count} of them from the start
     */
    public void toRows(Buffer planes, long stride, long first, Buffer rows, int count, int length) {
        launch(toRows, planes.address() + first * Double.BYTES, rows.address(), stride, count, length);
    }

    private void launch(DeviceKernel kernel, long from, long to, long stride, int count, int length) {
        queue.launch(kernel, (long) squares(count) * squares(length), THREADS, from, to, stride, count, length);
    }

    private static int squares(int length) {
        return (length + SIDE - 1) / SIDE;
    }

    static void turnToPlanes(double[] rows, double[] planes, long stride, int count, int length) {
        double[] square = Threads.shared(SIDE * PITCH);
        int across = (length + SIDE - 1) / SIDE;
        int row = (int) (Threads.block() / across) * SIDE;
        int number = (int) (Threads.block() % across) * SIDE;
        int lane = Threads.lane();
        for (int i = Threads.inBlock() / SIDE; i < SIDE; i += THREADS / SIDE) {
            if (row + i < count && number + lane < length) {
                square[i * PITCH + lane] = Threads.from(rows, (long) (row + i) * length + number + lane)[0];
            }
        }
        Threads.barrier();
        for (int i = Threads.inBlock() / SIDE; i < SIDE; i += THREADS / SIDE) {
            if (row + lane < count && number + i < length) {
                Threads.from(planes, (number + i) * stride + row + lane)[0] = square[lane * PITCH + i];
            }
        }
    }

    static void turnToRows(double[] planes, double[] rows, long stride, int count, int length) {
        double[] square = Threads.shared(SIDE * PITCH);
        int across = (length + SIDE - 1) / SIDE;
        int row = (int) (Threads.block() / across) * SIDE;
        int number = (int) (Threads.block() % across) * SIDE;
        int lane = Threads.lane();
        for (int i = Threads.inBlock() / SIDE; i < SIDE; i += THREADS / SIDE) {
            if (row + lane < count && number + i < length) {
                square[i * PITCH + lane] = Threads.from(planes, (number + i) * stride + row + lane)[0];
            }
        }
        Threads.barrier();
        for (int i = Threads.inBlock() / SIDE; i < SIDE; i += THREADS / SIDE) {
            if (row + i < count && number + lane < length) {
                Threads.from(rows, (long) (row + i) * length + number + lane)[0] = square[lane * PITCH + i];
            }
        }
    }
}
