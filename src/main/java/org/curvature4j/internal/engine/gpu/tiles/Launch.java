package org.curvature4j.internal.engine.gpu.tiles;

import java.util.List;

/**
 * A kernel to be run.
 *
 * @param entry its name in the plan's module
 * @param blocks of threads
 * @param threads a block
 * @param places of its arguments, all addresses, in the plan's memory
 */
record Launch(String entry, long blocks, int threads, List<Long> places) {
    /** Threads a block where none need each other. */
    private static final int THREADS = 256;

    /** Of a kernel whose threads, so many at least, don't need each other. */
    static Launch over(String entry, long count, Long... places) {
        return new Launch(entry, (count + THREADS - 1) / THREADS, THREADS, List.of(places));
    }
}
