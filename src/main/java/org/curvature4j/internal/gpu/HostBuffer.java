package org.curvature4j.internal.gpu;

import com.sun.jna.Pointer;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/** Memory of this machine from and into which a device copies, which closing frees; closing it again does nothing. */
public final class HostBuffer implements AutoCloseable {
    private final Device device;
    private final long address;
    private final long bytes;
    private final Pointer pointer;
    private final AtomicBoolean closed = new AtomicBoolean();

    HostBuffer(Device device, long address, long bytes) {
        this.device = device;
        this.address = address;
        this.bytes = bytes;
        this.pointer = new Pointer(address);
    }

    /** @throws IllegalStateException if it is closed */
    public long address() {
        if (closed.get()) {
            throw new IllegalStateException(
                    "host buffer: expected an open one, got one of " + bytes + " bytes that is closed");
        }
        return address;
    }

    public long bytes() {
        return bytes;
    }

    /** Writes numbers from the given byte on. */
    public void write(long at, double[] numbers, int from, int count) {
        at(at, count, Double.BYTES).write(at, numbers, from, count);
    }

    public void write(long at, float[] numbers, int from, int count) {
        at(at, count, Float.BYTES).write(at, numbers, from, count);
    }

    public void write(long at, long[] numbers, int from, int count) {
        at(at, count, Long.BYTES).write(at, numbers, from, count);
    }

    public void write(long at, int[] numbers, int from, int count) {
        at(at, count, Integer.BYTES).write(at, numbers, from, count);
    }

    /** Reads numbers from the given byte on. */
    public void read(long at, double[] numbers, int from, int count) {
        at(at, count, Double.BYTES).read(at, numbers, from, count);
    }

    public void read(long at, float[] numbers, int from, int count) {
        at(at, count, Float.BYTES).read(at, numbers, from, count);
    }

    public void read(long at, long[] numbers, int from, int count) {
        at(at, count, Long.BYTES).read(at, numbers, from, count);
    }

    public void read(long at, int[] numbers, int from, int count) {
        at(at, count, Integer.BYTES).read(at, numbers, from, count);
    }

    /** Its memory, if that holds so many numbers from there on: beyond it is whatever lies there in this process. */
    private Pointer at(long byteNumber, int count, int size) {
        Objects.checkFromIndexSize(byteNumber, (long) count * size, bytes);
        address();
        return pointer;
    }

    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            device.release(driver -> driver.freeHost(address));
        }
    }
}
