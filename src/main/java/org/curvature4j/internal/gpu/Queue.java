package org.curvature4j.internal.gpu;

import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.curvature4j.internal.gpu.driver.DriverException;

/**
 * A queue of copies and kernels on a device, which run in their order while the calling thread goes on. Used by one thread
 * at a time; closing waits for what is queued, closing again does nothing.
 */
public final class Queue implements AutoCloseable {
    private final Device device;
    private final long stream;
    private boolean closed;

    Queue(Device device, long stream) {
        this.device = device;
        this.stream = stream;
    }

    public Device device() {
        return device;
    }

    /** Queues a copy to the device; neither buffer may be closed or written before {@link #await}. */
    public void upload(HostBuffer from, long fromByte, Buffer to, long toByte, long bytes) {
        Objects.checkFromIndexSize(fromByte, bytes, from.bytes());
        Objects.checkFromIndexSize(toByte, bytes, to.bytes());
        device.run(driver -> driver.copyToDevice(to.address() + toByte, from.address() + fromByte, bytes, stream));
    }

    /** Queues a copy from the device, there after {@link #await}. */
    public void download(Buffer from, long fromByte, HostBuffer to, long toByte, long bytes) {
        Objects.checkFromIndexSize(fromByte, bytes, from.bytes());
        Objects.checkFromIndexSize(toByte, bytes, to.bytes());
        device.run(driver -> driver.copyToHost(to.address() + toByte, from.address() + fromByte, bytes, stream));
    }

    /** Queues a copy within the device. */
    public void copy(Buffer from, long fromByte, Buffer to, long toByte, long bytes) {
        Objects.checkFromIndexSize(fromByte, bytes, from.bytes());
        Objects.checkFromIndexSize(toByte, bytes, to.bytes());
        device.run(driver -> driver.copy(to.address() + toByte, from.address() + fromByte, bytes, stream));
    }

    /** Queues setting memory to zero. */
    public void clear(Buffer buffer, long fromByte, long bytes) {
        Objects.checkFromIndexSize(fromByte, bytes, buffer.bytes());
        device.run(driver -> driver.fill(buffer.address() + fromByte, (byte) 0, bytes, stream));
    }

    /**
     * Queues a kernel.
     *
     * @param blocks of threads
     * @param threads a block
     * @param arguments addresses, longs, and doubles by {@link Double#doubleToRawLongBits}
     */
    public void launch(DeviceKernel kernel, long blocks, int threads, long... arguments) {
        device.run(driver -> driver.launch(kernel.function(), blocks, threads, 0, arguments, stream));
    }

    /**
     * Waits until everything queued is done.
     *
     * @throws DriverException if it fails or doesn't end; the device is lost then
     * @throws CancellationException if the thread is interrupted and it takes more than a second
     */
    public void await() {
        device.await(stream);
    }

    /** Waits before what is queued for loses its memory; quiet where the device is lost, or this is closed. */
    public void drain() {
        if (!closed) {
            device.drain(stream);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        try {
            drain();
        } finally {
            closed = true;
            // Where waiting failed and this does too, the device is lost, and this is quiet.
            device.release(driver -> driver.destroyStream(stream));
        }
    }
}
