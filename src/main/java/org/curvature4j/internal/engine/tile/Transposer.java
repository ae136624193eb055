package org.curvature4j.internal.engine.tile;

import org.curvature4j.graph.Shape;
import org.curvature4j.internal.host.Workers;

/**
 * Moves a tile between the engines' layout, batch last, and the user's, batch first. By square blocks, so that both
 * sides stay in the processor's cache.
 */
public final class Transposer {
    private static final int BLOCK = 32;

    private static final int STRIP = 8;

    /** Rows of a matrix that takes 100 microseconds. */
    private static final int LARGE = 512;

    private Transposer() {}

    /** {@code to[c][r] = from[r][c]} for row-major {@code from} of {@code rows} by {@code columns}, read from {@code first}. */
    public static void transpose(double[] from, int first, int rows, int columns, double[] to) {
        int whole = rows / STRIP * STRIP;
        for (int c0 = 0; c0 < columns; c0 += BLOCK) {
            int c1 = Math.min(columns, c0 + BLOCK);
            for (int r = 0; r < whole; r += STRIP) {
                transposeStrip(from, first + r * columns, columns, to, r, rows, c0, c1);
            }
            for (int c = c0; c < c1; c++) {
                for (int r = whole; r < rows; r++) {
                    to[c * rows + r] = from[first + r * columns + c];
                }
            }
        }
    }

    /** Rows of a power of two fall onto few lines of the first cache, of which more than eight would displace each other. */
    private static void transposeStrip(
            double[] from, int first, int columns, double[] to, int row, int rows, int c0, int c1) {
        for (int c = c0; c < c1; c++) {
            int x = first + c;
            int z = c * rows + row;
            to[z] = from[x];
            to[z + 1] = from[x + columns];
            to[z + 2] = from[x + 2 * columns];
            to[z + 3] = from[x + 3 * columns];
            to[z + 4] = from[x + 4 * columns];
            to[z + 5] = from[x + 5 * columns];
            to[z + 6] = from[x + 6 * columns];
            to[z + 7] = from[x + 7 * columns];
        }
    }

    /**
     * Results, the batch last, as rows, batch first. A result without axes is one row.
     *
     * @param results from {@code first} on
     */
    public static void toRows(double[] results, int first, Shape shape, double[] rows) {
        int batch = shape.rank() == 0 ? 1 : Math.toIntExact(shape.dim(shape.rank() - 1));
        if (batch > 0) {
            transpose(results, first, Math.toIntExact(shape.size() / batch), batch, rows);
        }
    }

    /**
     * Makes the n by n matrix with which each row begins symmetric to the last bit, each pair of entries replaced by its mean.
     * Forward over reverse differentiation computes the two by different sums, which agree to rounding only.
     *
     * @param length of a row
     */
    public static void symmetrize(double[] matrices, int count, int length, int n) {
        symmetrize(matrices, count, length, n, 1);
    }

    /**
     * As above.
     *
     * @param threads that share a large matrix
     */
    static void symmetrize(double[] matrices, int count, int length, int n, int threads) {
        int blocks = (n + BLOCK - 1) / BLOCK;
        for (int row = 0; row < count; row++) {
            int start = row * length;
            if (threads == 1 || n < LARGE) {
                for (int i = 0; i < blocks; i++) {
                    symmetrizeBlocks(matrices, start, n, i * BLOCK);
                }
            } else {
                Workers.run(
                        blocks,
                        1,
                        threads,
                        () -> (block, one) -> symmetrizeBlocks(matrices, start, n, (int) block * BLOCK));
            }
        }
    }

    private static void symmetrizeBlocks(double[] matrices, int start, int n, int i0) {
        for (int j0 = 0; j0 <= i0; j0 += BLOCK) {
            symmetrizeBlock(matrices, start, n, i0, j0);
        }
    }

    private static void symmetrizeBlock(double[] matrices, int start, int n, int i0, int j0) {
        int i1 = Math.min(n, i0 + BLOCK);
        for (int i = i0; i < i1; i++) {
            int j1 = Math.min(i, j0 + BLOCK);
            for (int j = j0; j < j1; j++) {
                int lower = start + i * n + j;
                int upper = start + j * n + i;
                double mean = 0.5 * matrices[lower] + 0.5 * matrices[upper];
                matrices[lower] = mean;
                matrices[upper] = mean;
            }
        }
    }
}
