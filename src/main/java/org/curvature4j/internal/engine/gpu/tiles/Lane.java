package org.curvature4j.internal.engine.gpu.tiles;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.internal.gpu.Buffer;
import org.curvature4j.internal.gpu.Device;
import org.curvature4j.internal.gpu.HostBuffer;
import org.curvature4j.internal.gpu.Queue;
import org.curvature4j.internal.host.Resources;

/**
 * A queue of a device, with memory of the device that what runs in it uses, and memory of this machine through which numbers
 * come and go. For one thread at a time; owns all of it, which closing frees once the queue is done.
 */
final class Lane implements AutoCloseable {
    /** Bytes of this machine's memory at most: of what is larger the next part waits for the one before. */
    private static final long STAGE = 32L << 20;

    /** Bytes of a copy to the device at once, which goes on while the next part is copied to the stage. */
    private static final long PART = 1L << 20;

    private final Queue queue;
    private final HostBuffer stage;
    private final List<Buffer> buffers = new ArrayList<>();
    private boolean copying;

    /** @param most bytes that are ever copied at once */
    Lane(Device device, long most) {
        this(device.queue(), most);
    }

    /** In a queue that is closed with this. */
    Lane(Queue queue, long most) {
        this.queue = queue;
        try {
            this.stage = queue.device().allocateHost(Math.max(1 << 10, Math.min(STAGE, most)));
        } catch (RuntimeException | Error e) {
            Resources.of(queue).closeAfter(e);
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

    /** Copies the first numbers of an array to a place in a device's memory, in bytes from its start; queued, not there yet. */
    void upload(double[] numbers, int count, Buffer to, long toByte) {
        long place = stage.bytes();
        int most = (int) (Math.min(PART, stage.bytes()) / Double.BYTES);
        for (int from = 0; from < count; from += most) {
            int some = Math.min(most, count - from);
            long bytes = (long) some * Double.BYTES;
            if (place + bytes > stage.bytes()) {
                awaitCopies();
                place = 0;
            }
            stage.write(place, numbers, from, some);
            copying = true;
            queue.upload(stage, place, to, toByte + (long) from * Double.BYTES, bytes);
            place += bytes;
        }
    }

    private void awaitCopies() {
        if (copying) {
            queue.await();
            copying = false;
        }
    }

    /** Copies numbers from there, which all kernels queued before have written. */
    void download(Buffer from, long fromByte, double[] numbers, int count) {
        awaitCopies();
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
        Resources parts = Resources.of(queue, stage);
        buffers.forEach(parts::add);
        parts.close();
    }
}
