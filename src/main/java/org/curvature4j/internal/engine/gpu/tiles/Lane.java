package org.curvature4j.internal.engine.gpu.tiles;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.internal.gpu.Buffer;
import org.curvature4j.internal.gpu.Device;
import org.curvature4j.internal.gpu.HostBuffer;
import org.curvature4j.internal.gpu.Queue;

/**
 * A queue of a device, with memory of the device that what runs in it uses, and memory of this machine through which numbers
 * come and go. For one thread at a time; owns all of it, which closing frees once the queue is done.
 */
final class Lane implements AutoCloseable {
    /** Bytes of a copy at once: the bus is busy, and the memory stays in a processor's cache. */
    private static final long STAGE = 4L << 20;

    private final Queue queue;
    private final HostBuffer stage;
    private final List<Buffer> buffers = new ArrayList<>();

    /** @param most bytes that are ever copied at once */
    Lane(Device device, long most) {
        this.queue = device.queue();
        try {
            this.stage = device.allocateHost(Math.max(1 << 10, Math.min(STAGE, most)));
        } catch (RuntimeException | Error e) {
            queue.close();
            throw e;
        }
    }

    Device device() {
        return queue.device();
    }

    Queue queue() {
        return queue;
    }

    /** Memory of the device, which is freed with this. */
    Buffer allocate(long bytes) {
        Buffer buffer = device().allocate(bytes);
        buffers.add(buffer);
        return buffer;
    }

    /** Copies the first numbers of an array to a place in a device's memory, in bytes from its start. */
    void upload(double[] numbers, int count, Buffer to, long toByte) {
        int most = (int) (stage.bytes() / Double.BYTES);
        for (int from = 0; from < count; from += most) {
            int some = Math.min(most, count - from);
            stage.write(0, numbers, from, some);
            queue.upload(stage, 0, to, toByte + (long) from * Double.BYTES, (long) some * Double.BYTES);
            queue.await();
        }
    }

    /** Copies numbers from there, which all kernels queued before have written. */
    void download(Buffer from, long fromByte, double[] numbers, int count) {
        int most = (int) (stage.bytes() / Double.BYTES);
        for (int to = 0; to < count; to += most) {
            int some = Math.min(most, count - to);
            queue.download(from, fromByte + (long) to * Double.BYTES, stage, 0, (long) some * Double.BYTES);
            queue.await();
            stage.read(0, numbers, to, some);
        }
    }

    @Override
    public void close() {
        List<AutoCloseable> parts = new ArrayList<>(List.of(queue, stage));
        parts.addAll(buffers);
        closeAll(parts);
    }

    private static void closeAll(List<? extends AutoCloseable> parts) {
        RuntimeException first = null;
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception e) {
                RuntimeException failure = e instanceof RuntimeException known ? known : new IllegalStateException(e);
                if (first == null) {
                    first = failure;
                } else {
                    first.addSuppressed(failure);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
