package org.curvature4j.internal.engine.tile;

import java.util.function.LongUnaryOperator;

/** How many points are computed at once: as many as keep the kernels busy without leaving the processor's cache. */
public final class TileSize {
    /**
     * A tile is never smaller, also for one point, and always a multiple of this. With fewer, matrix products become
     * matrix-vector products, whose sums BLAS takes in another order; with rows that don't fill cache lines, vectorised
     * kernels treat their ends apart. Either way a point's bits would depend on how many are computed with it.
     */
    public static final int SMALLEST = 8;

    private TileSize() {}

    /**
     * Beyond which kernels gain nothing and memory traffic grows.
     *
     * @param points in a tile
     * @param bytes that a worker's tile may take when memory allows more
     */
    public record Comfort(int points, long bytes) {}

    /**
     * The largest power of two whose memory fits.
     *
     * @param bytes the memory that a worker takes for a tile of a size
     * @param budget bytes for one worker
     * @param fixed the size that the user asked for, or 0
     * @param most what the kernels gain from
     * @param what the function's name, for the error
     * @throws DoesNotFit if not even the smallest tile fits, saying how much it takes
     */
    static int choose(LongUnaryOperator bytes, long budget, int fixed, Comfort most, String what) {
        long least = bytes.applyAsLong(SMALLEST);
        if (least > budget) {
            throw new DoesNotFit(what, least, budget);
        }
        if (fixed > 0) {
            return (fixed + SMALLEST - 1) / SMALLEST * SMALLEST;
        }
        long slope = Math.max(1, (bytes.applyAsLong(2 * SMALLEST) - least) / SMALLEST);
        long fit = Math.min(budget, Math.max(most.bytes(), least)) - least;
        return (int) Long.highestOneBit(Math.min(most.points(), SMALLEST + fit / slope));
    }
}
