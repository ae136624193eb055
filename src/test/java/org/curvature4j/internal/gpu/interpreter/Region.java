package org.curvature4j.internal.gpu.interpreter;

import java.util.Arrays;

/**
 * A piece of memory, which finds races out: two threads that use the same place, one of them writing, without a barrier
 * between, or in two blocks of the same launch. Atomic operations are let pass, and bytes, of which neighbours differ.
 */
final class Region {
    private static final int MOST_WATCHED = 1 << 22;
    private static final int THREAD_BITS = 11;
    private static final int MANY = (1 << THREAD_BITS) - 1;

    final byte[] bytes;
    private long[] writers = {};
    private long[] readers = {};

    Region(int length) {
        this.bytes = new byte[length];
        Arrays.fill(bytes, Memory.UNWRITTEN);
    }

    private Region(byte[] bytes) {
        this.bytes = bytes;
    }

    static Region of(byte[] bytes) {
        return new Region(bytes);
    }

    private boolean watches(int length) {
        if (length < 4 || bytes.length > MOST_WATCHED) {
            return false;
        }
        if (writers.length == 0) {
            int words = (bytes.length + 3) / 4;
            writers = new long[words];
            readers = new long[words];
        }
        return true;
    }

    /** Notes that a thread reads; all within one word of 4 bytes or several. */
    void read(Memory memory, int at, int length, int thread) {
        if (!watches(length)) {
            return;
        }
        long interval = memory.interval();
        for (int word = at / 4; word < (at + length + 3) / 4; word++) {
            collide(memory, writers[word], thread, "reads what thread ", " wrote");
            long before = readers[word];
            boolean other = before >>> THREAD_BITS == interval && (before & MANY) != thread;
            readers[word] = interval << THREAD_BITS | (other ? MANY : thread);
        }
    }

    void write(Memory memory, int at, int length, int thread) {
        if (!watches(length)) {
            return;
        }
        for (int word = at / 4; word < (at + length + 3) / 4; word++) {
            collide(memory, writers[word], thread, "writes over what thread ", " wrote");
            collide(memory, readers[word], thread, "writes over what thread ", " read");
            writers[word] = memory.interval() << THREAD_BITS | thread;
        }
    }

    private static void collide(Memory memory, long stamp, int thread, String what, String did) {
        long interval = stamp >>> THREAD_BITS;
        if (interval < memory.launchStart()) {
            return;
        }
        int other = (int) (stamp & MANY);
        String name = other == MANY ? "another" : Integer.toString(other);
        if (interval < memory.blockStart()) {
            throw Fault.failed("race: thread " + thread + " " + what + name + did + " in another block");
        }
        if (interval == memory.interval() && other != thread) {
            throw Fault.failed("race: thread " + thread + " " + what + name + did + " with no barrier between");
        }
    }
}
