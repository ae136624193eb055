package org.curvature4j.internal.gpu.interpreter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** What the threads of a block read and write. Finds a place, then reads and writes there. For one thread of the JVM. */
final class Memory {
    static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    /** Every byte of memory that nothing has been written to: floating-point numbers of it are NaN. */
    static final byte UNWRITTEN = (byte) 0xFF;

    private static final int MOST_LOCAL_BYTES = 512 * 1024;
    private static final long OFFSET = (1L << Space.OFFSET_BITS) - 1;

    private final DeviceMemory device;
    private final byte[] constants;
    private final byte[] shared;
    private final byte[][] local;
    private byte[] found = {};
    private int at;

    Memory(DeviceMemory device, byte[] constants, int sharedBytes, int lanes) {
        this.device = device;
        this.constants = constants;
        this.shared = new byte[sharedBytes];
        this.local = new byte[lanes][0];
    }

    /** Forgets what the last block left. */
    void startBlock() {
        Arrays.fill(shared, UNWRITTEN);
    }

    /** Tells that all threads of the block have met. */
    void barrier() {
        // Nothing to do: threads see each other's writes at once.
    }

    /** Makes room in each lane's local memory up to this many bytes, those from a place on being new. */
    void reserveLocal(int[] lanes, int n, int from, int to) {
        if (to > MOST_LOCAL_BYTES) {
            throw Fault.failed("local memory is over " + MOST_LOCAL_BYTES + " bytes a thread");
        }
        for (int k = 0; k < n; k++) {
            byte[] old = local[lanes[k]];
            if (old.length < to) {
                local[lanes[k]] = Arrays.copyOf(old, Math.max(to, 2 * old.length));
            }
            Arrays.fill(local[lanes[k]], from, to, UNWRITTEN);
        }
    }

    /** Points at bytes. */
    void find(Space space, int lane, long address, int bytes) {
        if ((address & (bytes - 1)) != 0) {
            throw new Fault(
                    Fault.MISALIGNED, "address 0x" + Long.toHexString(address) + " is not a multiple of " + bytes);
        }
        long window = address >>> Space.OFFSET_BITS;
        found = switch (space) {
            case GENERIC -> generic(window, lane, address);
            case GLOBAL -> device.find(address);
            case SHARED -> within(window, address, shared);
            case LOCAL -> within(window, address, local[lane]);
            case CONST -> within(window, address, constants);
        };
        long offset = address & OFFSET;
        if (offset + bytes > found.length) {
            throw Fault.illegal("address 0x" + Long.toHexString(address) + " of ." + space + " and " + bytes
                    + " bytes end " + (offset + bytes - found.length) + " bytes behind memory of " + found.length
                    + " bytes");
        }
        at = (int) offset;
    }

    private byte[] generic(long window, int lane, long address) {
        if (window == Space.SHARED.number) {
            return shared;
        }
        if (window == Space.LOCAL.number) {
            return local[lane];
        }
        return window == Space.CONST.number ? constants : device.find(address);
    }

    private static byte[] within(long window, long address, byte[] memory) {
        if (window != 0) {
            throw Fault.illegal("address 0x" + Long.toHexString(address) + " is not in the state space");
        }
        return memory;
    }

    long read(int bytes, int part) {
        int from = at + part * bytes;
        return switch (bytes) {
            case 1 -> found[from];
            case 2 -> (short) SHORTS.get(found, from);
            case 4 -> (int) INTS.get(found, from);
            default -> (long) LONGS.get(found, from);
        };
    }

    void write(int bytes, int part, long value) {
        int to = at + part * bytes;
        switch (bytes) {
            case 1 -> found[to] = (byte) value;
            case 2 -> SHORTS.set(found, to, (short) value);
            case 4 -> INTS.set(found, to, (int) value);
            default -> LONGS.set(found, to, value);
        }
    }
}
