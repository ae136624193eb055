package org.curvature4j.internal.gpu;

import java.util.concurrent.atomic.AtomicBoolean;

/** Memory of a device, which closing frees; closing it again does nothing. */
public final class Buffer implements AutoCloseable {
    private final Device device;
    private final long address;
    private final long bytes;
    private final AtomicBoolean closed = new AtomicBoolean();

    Buffer(Device device, long address, long bytes) {
        this.device = device;
        this.address = address;
        this.bytes = bytes;
    }

    /** @throws IllegalStateException if it is closed */
    public long address() {
        if (closed.get()) {
            throw new IllegalStateException(
                    "buffer: expected an open one, got one of " + bytes + " bytes that is closed");
        }
        return address;
    }

    public long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            device.release(driver -> driver.free(address));
        }
    }
}
