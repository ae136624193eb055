package org.curvature4j.internal.engine.nd4j;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.engine.program.Step;
import org.curvature4j.internal.host.NativeArrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How sums of matrix products are cut into blocks for several threads; their number and sizes depend on the matrices' sizes
 * alone. OpenBLAS copies what a block reads of either factor, which takes longer than the work itself where a block is narrow: so
 * blocks are cut along both axes of the result. Measured on one core, a product of 256 x 512 x 512: 23 GFLOP/s in 8 blocks of 32
 * rows, 43 to 47 in 4 of 128 x 256. Rows are copied faster than columns; on two cores, 512 x 784 x 256: 88 GFLOP/s in 4 x 1
 * blocks, 79 in 2 x 2.
 */
final class ProductBlocks {
    /** Multiplications from which another block pays: about 10 microseconds. */
    private static final long LEAST = 1 << 18;

    /** Blocks that small products are cut into at most; large ones have blocks of {@link #COMFORTABLE}. */
    private static final long FEW = 4;

    /** Multiplications, a millisecond's: smaller blocks lose speed, larger ones leave threads idle at the end. */
    private static final long COMFORTABLE = 1 << 24;

    private static final long MANY = 64;

    /** Rows of a block from which no time is lost to its copies of the other factor. */
    private static final long TALL = 128;

    /**
     * Columns of a block of a symmetric result at most: on two cores, 1000 x 512 x 1000 takes 7.6 ms in halves of blocks of
     * 128 x 512, 11.5 in 100 x 100, and 8 whole.
     */
    private static final long WIDE = 512;

    private final List<NativeProduct.Factors> terms;
    private final INDArray z;

    private ProductBlocks(List<NativeProduct.Factors> terms, INDArray z) {
        this.terms = terms;
        this.z = z;
    }

    /** A part of the result. */
    record Block(long row, long column, long rows, long columns) {
        /** Of the rows and columns from the first on, before the second. */
        static Block between(long row, long endRow, long column, long endColumn) {
            return new Block(row, column, endRow - row, endColumn - column);
        }

        private INDArray of(INDArray matrix) {
            return NativeArrays.block(matrix, Shape.of(matrix.shape()), List.of(row, column), Shape.of(rows, columns));
        }

        /** Copies this part, turned over, to where it is in the transpose. */
        Step mirror(INDArray matrix) {
            Block mirrored = between(/* row= */ column, column + columns, /* column= */ row, row + rows);
            return Nd4jSteps.copy(of(matrix).permute(1, 0), mirrored.of(matrix));
        }
    }

    /** @param terms one or more, added in this order */
    static List<Step> of(List<NativeProduct.Factors> terms, INDArray z) {
        ProductBlocks blocks = new ProductBlocks(terms, z);
        return terms.stream().allMatch(NativeProduct.Factors::symmetric) ? blocks.halves() : blocks.all();
    }

    private long wanted() {
        long summed =
                terms.stream().mapToLong(NativeProduct.Factors::summed).max().orElseThrow();
        long multiplications = z.length() * summed;
        long blocks = Math.max(Math.min(FEW, multiplications / LEAST), multiplications / COMFORTABLE);
        return Long.highestOneBit(Math.max(1, Math.min(MANY, blocks)));
    }

    private List<Step> all() {
        long rows = z.size(0);
        long columns = z.size(1);
        long down = 1;
        long across = 1;
        long wanted = wanted();
        while (down * across < wanted && Math.max(rows / down, columns / across) > 1) {
            if (rows / down >= 2 * TALL || rows / down >= columns / across) {
                down *= 2;
            } else {
                across *= 2;
            }
        }
        List<Step> blocks = new ArrayList<>();
        for (long i = 0; i < down; i++) {
            for (long j = 0; j < across; j++) {
                long row = rows * i / down;
                long column = columns * j / across;
                blocks.add(sum(Block.between(row, rows * (i + 1) / down, column, columns * (j + 1) / across)));
            }
        }
        return blocks;
    }

    /** Of a symmetric result the part from the diagonal on; the rest is that, mirrored. */
    private List<Step> halves() {
        long size = z.size(0);
        long down = Math.max(1, Math.min(wanted(), size / TALL));
        List<Step> blocks = new ArrayList<>();
        for (long i = 0; i < down; i++) {
            long row = size * i / down;
            long end = size * (i + 1) / down;
            long across = (size - row + WIDE - 1) / WIDE;
            for (long j = 0; j < across; j++) {
                long column = row + (size - row) * j / across;
                long last = row + (size - row) * (j + 1) / across;
                Step step = sum(Block.between(row, end, column, last));
                Block beyond = Block.between(row, end, Math.max(column, end), last);
                blocks.add(beyond.columns > 0 ? Nd4jSteps.sequence(step, beyond.mirror(z)) : step);
            }
        }
        return blocks;
    }

    private Step sum(Block block) {
        List<Step> products = new ArrayList<>();
        for (NativeProduct.Factors term : terms) {
            products.add(new NativeProduct(term, z, products.isEmpty() ? 0 : 1, block));
        }
        return Nd4jSteps.sequence(products);
    }
}
