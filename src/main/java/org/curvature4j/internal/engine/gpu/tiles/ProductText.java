package org.curvature4j.internal.engine.gpu.tiles;

/**
 * The text of kernels for products of matrices, or of two stacks of them: a block of threads computes a part of the result
 * from parts of the factors in shared memory, each thread some cells of it. Each cell's terms are added one after the
 * other, by fused multiply-adds, over pieces of {@link #PIECE} terms, whose sums are added in order: the same bits
 * however the work is cut.
 *
 * @param down cells of a thread below each other
 * @param across cells of a thread beside each other
 * @param apart whether blocks write the sums of their own piece alone, piece after piece, to be added by another kernel
 */
record ProductText(
        Held held,
        boolean transposeA,
        boolean transposeB,
        long stack,
        long rows,
        long columns,
        long terms,
        int down,
        int across,
        boolean apart) {

    /** Terms that are added before they are added to others: long sums have threads enough then, and lose fewer digits. */
    static final int PIECE = 512;

    static final int SIDE = 16;
    static final int DEPTH = 16;

    static final int THREADS = SIDE * SIDE;

    /** About a block of threads for each multiprocessor of the largest devices. */
    private static final long BUSY = 108;

    /** The kernel whose parts suit the sizes. */
    static ProductText of(
            Held held, boolean transposeA, boolean transposeB, long stack, long rows, long columns, long terms) {
        int down = cells(rows);
        int across = cells(columns);
        ProductText text =
                new ProductText(held, transposeA, transposeB, stack, rows, columns, terms, down, across, false);
        while (text.blocks() < BUSY && (text.down > 1 || text.across > 1)) {
            text = text.down >= text.across
                    ? text.with(text.down / 2, text.across)
                    : text.with(text.down, text.across / 2);
        }
        if (text.blocks() >= BUSY || text.pieces() == 1) {
            return text;
        }
        return new ProductText(held, transposeA, transposeB, stack, rows, columns, terms, text.down, text.across, true);
    }

    private static int cells(long size) {
        return size > 2 * SIDE ? 4 : size > SIDE ? 2 : 1;
    }

    private ProductText with(int newDown, int newAcross) {
        return new ProductText(held, transposeA, transposeB, stack, rows, columns, terms, newDown, newAcross, apart);
    }

    long pieces() {
        return (terms + PIECE - 1) / PIECE;
    }

    long partsDown() {
        return (rows + (long) SIDE * down - 1) / ((long) SIDE * down);
    }

    long partsAcross() {
        return (columns + (long) SIDE * across - 1) / ((long) SIDE * across);
    }

    long blocks() {
        return stack * partsDown() * partsAcross() * (apart ? pieces() : 1);
    }

    String text() {
        return new ProductWriter(this).text();
    }
}
