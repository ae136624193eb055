package org.curvature4j.internal.gpu;

import com.sun.jna.Pointer;

/** Memory of this machine from and into which a device copies, which closing frees. */
public final class HostBuffer implements AutoCloseable {
    private final Device device;
    private final long address;
    private final long bytes;
    private final Pointer pointer;

    HostBuffer(Device device, long address, long bytes) {
        this.device = device;
        this.address = address;
        this.bytes = bytes;
        this.pointer = new Pointer(address);
    }

    public long address() {
        return address;
    }

    public long bytes() {
        return bytes;
    }

    /** Writes numbers from the given byte on. */
    public void write(long at, double[] numbers, int from, int count) {
        pointer.write(at, numbers, from, count);
    }

    public void read(long at, double[] numbers, int from, int count) {
        pointer.read(at, numbers, from, count);
    }

    public void read(long at, long[] numbers, int from, int count) {
        pointer.read(at, numbers, from, count);
    }

    @Override
    public void close() {
        device.current().freeHost(address);
    }
}
