package org.curvature4j.internal.engine.gpu.tiles;

/**
 * Places in memory before it is there: bytes from the start of a plan's values, of the memory behind them that each
 * instruction uses for itself, or of memory of others. What is added to the bytes says in which.
 */
final class Places {
    /** Bits of the largest memory's size. */
    private static final int BITS = 48;

    /** The start of the memory that each instruction uses for itself. */
    static final long SCRATCH = 1L << BITS;

    private static final long OUTSIDE = 2L << BITS;

    private Places() {}

    /** The start of some memory of others, by its number. */
    static long outside(int number) {
        return OUTSIDE + ((long) number << BITS);
    }

    /** The number of the others' memory that a place is in; less than 0 where it is in the plan's own. */
    static int number(long place) {
        return (int) ((place - OUTSIDE) >> BITS);
    }

    static boolean isScratch(long place) {
        return place >= SCRATCH && place < OUTSIDE;
    }

    /** Bytes from the start of the memory that a place is in. */
    static long within(long place) {
        return place & SCRATCH - 1;
    }
}
