package org.curvature4j.internal.gpu;

/** Memory of a device, which closing frees. */
public final class Buffer implements AutoCloseable {
    private final Device device;
    private final long address;
    private final long bytes;

    Buffer(Device device, long address, long bytes) {
        this.device = device;
        this.address = address;
        this.bytes = bytes;
    }

    public long address() {
        return address;
    }

    public long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        device.current().free(address);
    }
}
