package org.curvature4j.internal.gpu.interpreter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What the threads of a block read and write. Finds a place, then reads and writes there. For one thread of the JVM. */
final class Memory {
    /** Every byte of memory that nothing has been written to: floating-point numbers of it are NaN. */
    static final byte UNWRITTEN = (byte) 0xFF;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int MOST_LOCAL_BYTES = 512 * 1024;
    private static final long OFFSET = (1L << Space.OFFSET_BITS) - 1;

    private final DeviceMemory device;
    private final @Nullable Tally tally;
    private final Region constants;
    private final byte[][] local;
    private Region shared;
    private int firstThread;
    private final long launchStart;
    private long blockStart;
    private long interval;
    private byte[] found = {};
    private int at;

    Memory(DeviceMemory device, byte[] constants, int sharedBytes, int lanes) {
        this.device = device;
        this.tally = device.tally;
        this.constants = Region.of(constants);
        this.shared = new Region(sharedBytes);
        this.local = new byte[lanes][0];
        this.launchStart = device.nextInterval();
    }

    /** Forgets what the last block left. */
    void startBlock() {
        shared = new Region(shared.bytes.length);
        blockStart = device.nextInterval();
        interval = blockStart;
    }

    /** Tells which thread of the block lane 0 is. */
    void startThreads(int first) {
        firstThread = first;
    }

    /** Tells that all threads of the block have met. */
    void barrier() {
        interval = device.nextInterval();
    }

    /** Counts what is done, where somebody wants to know. */
    @Nullable
    Tally tally() {
        return tally;
    }

    /** Numbers that grow: of the launch, of the block and of what lies between two barriers. */
    long launchStart() {
        return launchStart;
    }

    long blockStart() {
        return blockStart;
    }

    long interval() {
        return interval;
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

    /** What a lane does at a place. */
    enum Use {
        READ,
        WRITE,
        ATOMIC
    }

    /** Points at bytes. */
    void find(Space space, int lane, long address, int bytes, Use use) {
        if ((address & (bytes - 1)) != 0) {
            throw new Fault(
                    Fault.MISALIGNED, "address 0x" + Long.toHexString(address) + " is not a multiple of " + bytes);
        }
        long window = address >>> Space.OFFSET_BITS;
        if (space != Space.GENERIC && space != Space.GLOBAL && window != 0) {
            throw Fault.illegal("address 0x" + Long.toHexString(address) + " is not one of ." + space);
        }
        long kind = space == Space.GENERIC || space == Space.GLOBAL ? window : space.number;
        boolean mayBeWindow = space != Space.GLOBAL;
        long offset = address & OFFSET;
        if (mayBeWindow && kind == Space.LOCAL.number) {
            found = local[lane];
            checkEnd(space, address, offset + bytes);
        } else {
            boolean here = mayBeWindow && (kind == Space.SHARED.number || kind == Space.CONST.number);
            if (tally != null && !here) {
                tally.access(address, bytes);
            }
            Region region = mayBeWindow && kind == Space.SHARED.number
                    ? shared
                    : mayBeWindow && kind == Space.CONST.number ? constants : device.find(address);
            found = region.bytes;
            checkEnd(space, address, offset + bytes);
            if (use == Use.READ) {
                region.read(this, (int) offset, bytes, firstThread + lane);
            } else if (use == Use.WRITE) {
                region.write(this, (int) offset, bytes, firstThread + lane);
            }
        }
        at = (int) offset;
    }

    private void checkEnd(Space space, long address, long end) {
        if (end > found.length) {
            throw Fault.illegal("address 0x" + Long.toHexString(address) + " of ." + space + " is "
                    + (end - found.length) + " bytes behind the end of memory of " + found.length + " bytes");
        }
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

    long readLong() {
        return (long) LONGS.get(found, at);
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
