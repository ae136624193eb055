package org.curvature4j.internal.engine.nd4j;

import static org.bytedeco.openblas.global.openblas.cblas_dgemm;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.DoublePointer;
import org.curvature4j.internal.engine.program.Step;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A block of a product of two float64 matrices by OpenBLAS, on ND4J's memory. OpenBLAS copies what a block reads of either
 * factor, which takes longer than the work itself where a block is narrow: so blocks are cut along both axes of the result.
 * Measured on one core, a product of 256 x 512 x 512: 23 GFLOP/s in 8 blocks of 32 rows, 43 to 47 in 4 of 128 x 256. Rows
 * are copied faster than columns; on two cores, 512 x 784 x 256: 88 GFLOP/s in 4 x 1 blocks, 79 in 2 x 2.
 */
final class NativeProduct implements Step {
    private static final int ROW_MAJOR = 101;
    private static final int PLAIN = 111;
    private static final int TRANSPOSED = 112;

    /** Multiplications from which another block pays: about 10 microseconds. */
    private static final long LEAST = 1 << 18;

    /** Blocks that small products are cut into at most; large ones have blocks of {@link #COMFORTABLE}. */
    private static final long FEW = 4;

    /** Multiplications, a millisecond's: smaller blocks lose speed, larger ones leave threads idle at the end. */
    private static final long COMFORTABLE = 1 << 24;

    private static final long MANY = 64;

    /** Rows of a block from which no time is lost to its copies of the other factor. */
    private static final long TALL = 128;

    private final int transposeA;
    private final int transposeB;
    private final int rows;
    private final int columns;
    private final int summed;
    private final double kept;
    private final DoublePointer a;
    private final DoublePointer b;
    private final DoublePointer z;
    private final int strideA;
    private final int strideB;
    private final int strideZ;

    /** Two row-major matrices, which are transposed in reading. */
    record Factors(INDArray a, INDArray b, boolean transposeA, boolean transposeB) {
        private long summed() {
            return a.size(transposeA ? 0 : 1);
        }
    }

    /** @param kept 0, or 1 to add to what the result holds */
    private NativeProduct(Factors factors, INDArray z, double kept, long[] from, long[] size) {
        this.transposeA = factors.transposeA() ? TRANSPOSED : PLAIN;
        this.transposeB = factors.transposeB() ? TRANSPOSED : PLAIN;
        this.rows = Math.toIntExact(size[0]);
        this.columns = Math.toIntExact(size[1]);
        this.summed = Math.toIntExact(factors.summed());
        this.kept = kept;
        this.strideA = Math.toIntExact(factors.a().size(1));
        this.strideB = Math.toIntExact(factors.b().size(1));
        this.strideZ = Math.toIntExact(z.size(1));
        this.a = numbers(factors.a(), factors.transposeA() ? from[0] : from[0] * strideA);
        this.b = numbers(factors.b(), factors.transposeB() ? from[1] * strideB : from[1]);
        this.z = numbers(z, from[0] * strideZ + from[1]);
    }

    /** The array keeps the memory. */
    private static DoublePointer numbers(INDArray array, long from) {
        return new DoublePointer(array.data().addressPointer()).getPointer(from);
    }

    /** Whether this computes products with such a result; others are ND4J's. */
    static boolean can(INDArray a, INDArray z) {
        return z.rank() == 2
                && z.dataType() == DataType.DOUBLE
                && !z.isEmpty()
                && !a.isEmpty()
                && Nd4j.getEnvironment().isCPU();
    }

    /**
     * The blocks of a sum of products; their number and sizes depend on the matrices' sizes alone.
     *
     * @param terms one or more, added in this order
     */
    static List<Step> blocks(List<Factors> terms, INDArray z) {
        long rows = z.size(0);
        long columns = z.size(1);
        long down = 1;
        long across = 1;
        long wanted = blocks(
                rows * columns * terms.stream().mapToLong(Factors::summed).max().orElseThrow());
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
                long[] from = {rows * i / down, columns * j / across};
                long[] size = {rows * (i + 1) / down - from[0], columns * (j + 1) / across - from[1]};
                blocks.add(block(terms, z, from, size));
            }
        }
        return blocks;
    }

    private static Step block(List<Factors> terms, INDArray z, long[] from, long[] size) {
        Step first = new NativeProduct(terms.get(0), z, 0, from, size);
        List<Step> others = terms.stream()
                .skip(1)
                .map(term -> (Step) new NativeProduct(term, z, 1, from, size))
                .toList();
        return others.isEmpty()
                ? first
                : () -> {
                    first.run();
                    others.forEach(Step::run);
                };
    }

    private static long blocks(long multiplications) {
        long blocks = Math.max(Math.min(FEW, multiplications / LEAST), multiplications / COMFORTABLE);
        return Long.highestOneBit(Math.max(1, Math.min(MANY, blocks)));
    }

    @Override
    public void run() {
        cblas_dgemm(
                ROW_MAJOR, transposeA, transposeB, rows, columns, summed, 1, a, strideA, b, strideB, kept, z, strideZ);
    }
}
