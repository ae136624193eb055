package org.curvature4j.io;

import org.curvature4j.internal.gpu.DeviceKernel;
import org.curvature4j.internal.gpu.DeviceSource;
import org.curvature4j.internal.gpu.Queue;
import org.curvature4j.internal.gpu.ptx.PtxModule;
import org.curvature4j.internal.gpu.ptx.Threads;
import org.curvature4j.internal.random.StandardNormal;

/**
 * Random points as rows, which a device makes itself by the same operations.
 *
 * @param length numbers of a row
 */
record RandomRows(long seed, long rows, int length) implements DeviceSource {
    private static final String ENTRY = "standardNormal";
    private static final int THREADS = 128;

    /** Made when a device is there, and not before. */
    private static final class Code {
        static final String PTX = ptx();

        private Code() {}

        private static String ptx() {
            PtxModule module = new PtxModule();
            module.entry(ENTRY, RandomRows.class, "make");
            return module.text();
        }
    }

    @Override
    public void read(long first, int count, double[] into) {
        RowRanges.checkRange(first, count, rows);
        StandardNormal.fill(seed, first * length, into, 0, RowRanges.checkRoom(count, length, into.length));
    }

    @Override
    public Maker open(Queue queue) {
        DeviceKernel kernel = queue.device().kernel(Code.PTX, ENTRY);
        return (first, count, planes, stride) -> queue.launch(
                kernel,
                ((long) count * length + THREADS - 1) / THREADS,
                THREADS,
                seed,
                first,
                count,
                length,
                planes.address(),
                stride);
    }

    /** A thread makes one number, neighbours those of neighbouring rows, which lie side by side. */
    static void make(long seed, long first, int count, int length, double[] planes, long stride) {
        long thread = Threads.index();
        if (thread < (long) count * length) {
            long number = thread / count;
            long row = thread - number * count;
            Threads.from(planes, number * stride + row)[0] =
                    StandardNormal.value(seed, (first + row) * length + number);
        }
    }
}
