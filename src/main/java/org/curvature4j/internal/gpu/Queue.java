package org.curvature4j.internal.gpu;

/**
 * A queue of copies and kernels on a device, which run in their order while the calling thread goes on. Used by one thread
 * at a time; closing waits for what is queued.
 */
public final class Queue implements AutoCloseable {
    private final Device device;
    private final long stream;

    Queue(Device device, long stream) {
        this.device = device;
        this.stream = stream;
    }

    public Device device() {
        return device;
    }

    /** Queues a copy to the device; neither buffer may be closed or written before {@link #await}. */
    public void upload(HostBuffer from, long fromByte, Buffer to, long toByte, long bytes) {
        device.current().copyToDevice(to.address() + toByte, from.address() + fromByte, bytes, stream);
    }

    /** Queues a copy from the device, there after {@link #await}. */
    public void download(Buffer from, long fromByte, HostBuffer to, long toByte, long bytes) {
        device.current().copyToHost(to.address() + toByte, from.address() + fromByte, bytes, stream);
    }

    /** Queues setting memory to zero. */
    public void clear(Buffer buffer, long fromByte, long bytes) {
        device.current().fill(buffer.address() + fromByte, (byte) 0, bytes, stream);
    }

    /**
     * Queues a kernel.
     *
     * @param blocks of threads
     * @param threads a block
     * @param arguments addresses, longs, and doubles by {@link Double#doubleToRawLongBits}
     */
    public void launch(DeviceKernel kernel, long blocks, int threads, long... arguments) {
        device.current().launch(kernel.function(), blocks, threads, 0, arguments, stream);
    }

    /** Waits until everything queued is done. */
    public void await() {
        device.current().synchronize(stream);
    }

    @Override
    public void close() {
        device.current().synchronize(stream);
        device.current().destroyStream(stream);
    }
}
