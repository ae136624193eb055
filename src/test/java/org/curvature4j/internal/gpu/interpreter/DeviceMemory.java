package org.curvature4j.internal.gpu.interpreter;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A device's memory. An allocation's address has its number in the high bits, which is never used again, so that an access
 * outside of every allocation, or in one that has been freed, is found out.
 */
final class DeviceMemory {
    private static final int FIRST = 16;
    private static final int MOST_BYTES = Integer.MAX_VALUE - 64;

    private final long capacity;
    private volatile Region[] allocations = new Region[64];
    private long interval = 1;
    private int next = FIRST;
    private long used;

    /** Counts what is done here, where somebody wants to know. */
    volatile @Nullable Tally tally;

    DeviceMemory(long capacity) {
        this.capacity = capacity;
    }

    /** Zero where there isn't as much left. */
    synchronized long allocate(long bytes) {
        if (bytes > capacity - used || bytes > MOST_BYTES) {
            return 0;
        }
        if (next == allocations.length) {
            allocations = Arrays.copyOf(allocations, 2 * next);
        }
        allocations[next] = new Region((int) bytes);
        used += bytes;
        return (long) next++ << Space.OFFSET_BITS;
    }

    synchronized boolean free(long address) {
        int number = (int) (address >>> Space.OFFSET_BITS);
        if (number >= next || allocations[number] == null || address != (long) number << Space.OFFSET_BITS) {
            return false;
        }
        used -= allocations[number].bytes.length;
        allocations[number] = null;
        return true;
    }

    synchronized long free() {
        return capacity - used;
    }

    synchronized long used() {
        return used;
    }

    /** The next of numbers that stamp what threads do. */
    synchronized long nextInterval() {
        return interval++;
    }

    Region find(long address) {
        Region[] all = allocations;
        long number = address >>> Space.OFFSET_BITS;
        Region memory = number < all.length ? all[(int) number] : null;
        if (memory == null) {
            throw Fault.illegal("address 0x" + Long.toHexString(address) + " is in no memory of the device");
        }
        return memory;
    }

    /** The memory that holds these bytes, for a copy. */
    byte[] range(long address, long bytes) {
        byte[] memory = find(address).bytes;
        if (bytes < 0 || offset(address) + bytes > memory.length) {
            throw Fault.illegal(bytes + " bytes from 0x" + Long.toHexString(address) + " on leave memory of "
                    + memory.length + " bytes");
        }
        return memory;
    }

    static int offset(long address) {
        return (int) Math.min(Integer.MAX_VALUE, address & ((1L << Space.OFFSET_BITS) - 1));
    }
}
