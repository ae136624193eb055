package org.curvature4j.internal.gpu.driver;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;

/**
 * The parameters of a launch as one buffer, 8 bytes each, which the driver reads before the call returns (CUDA Driver API,
 * {@code cuLaunchKernel}, its last parameter).
 */
final class LaunchParameters implements AutoCloseable {
    private static final long END = 0;
    private static final long BUFFER_POINTER = 1;
    private static final long BUFFER_SIZE = 2;

    private final Memory memory;
    private final int size;

    LaunchParameters(long... parameters) {
        this.size = parameters.length * Long.BYTES;
        // Behind the parameters, their size and the words that say where both are.
        this.memory = new Memory(size + 6L * Long.BYTES);
        memory.write(0, parameters, 0, parameters.length);
        long start = Pointer.nativeValue(memory);
        long[] words = {size, BUFFER_POINTER, start, BUFFER_SIZE, start + size, END};
        memory.write(size, words, 0, words.length);
    }

    /** What the driver is given. */
    Pointer words() {
        return memory.share(size + Long.BYTES);
    }

    @Override
    public void close() {
        memory.close();
    }
}
