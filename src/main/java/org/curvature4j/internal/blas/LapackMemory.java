package org.curvature4j.internal.blas;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * What a solver of many matrices holds while it is open: memory in parts that begin at cache lines, because kernels that peel
 * unaligned heads round differently, and OpenBLAS at one thread, unless that is held where it computes.
 */
public final class LapackMemory implements AutoCloseable {
    private static final int ALIGNMENT = 64;

    private final @Nullable BlasThreads threads;
    /** From malloc: JavaCPP's own allocation reads the process' size from the system, 100 us each time. */
    private @Nullable Pointer memory;

    /** With OpenBLAS at one thread until it is closed. */
    public LapackMemory() {
        this(BlasThreads.single());
    }

    private LapackMemory(@Nullable BlasThreads threads) {
        this.threads = threads;
    }

    /** Memory alone, for what stays open longer than it computes. */
    static LapackMemory alone() {
        return new LapackMemory(null);
    }

    /** Takes memory for so many numbers in each part, the last part being of 32-bit integers. */
    public Pointer[] allocate(String what, long... counts) {
        long bytes = ALIGNMENT;
        for (long count : counts) {
            bytes += aligned(8 * count);
        }
        Pointer taken = Pointer.malloc(bytes);
        if (taken == null || taken.isNull()) {
            throw new OutOfMemoryError(what + ": no " + bytes + " bytes");
        }
        memory = taken;
        BytePointer byBytes = new BytePointer(taken);
        long at = -taken.address() & (ALIGNMENT - 1);
        Pointer[] parts = new Pointer[counts.length];
        for (int i = 0; i < counts.length; i++) {
            Pointer start = byBytes.getPointer(at);
            parts[i] = i < counts.length - 1 ? new DoublePointer(start) : new IntPointer(start);
            at += aligned(8 * counts[i]);
        }
        return parts;
    }

    @Override
    public void close() {
        Pointer taken = memory;
        memory = null;
        if (taken != null) {
            Pointer.free(taken);
        }
        if (threads != null) {
            threads.close();
        }
    }

    private static long aligned(long bytes) {
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
