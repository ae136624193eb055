package org.curvature4j.internal.engine.loops;

import java.util.List;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.openblas.global.openblas;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.blas.OpenBlas;
import org.curvature4j.internal.engine.program.Slot;
import org.curvature4j.internal.engine.program.Step;
import org.curvature4j.internal.engine.tile.TileSize;
import org.curvature4j.internal.host.NativeDoubles;
import org.curvature4j.internal.host.Resources;

/**
 * Matrix products by OpenBLAS on copies in native memory: even for 16 by 16 matrices its speed pays for the copies, since
 * the JIT doesn't vectorise loops over several rows. Measured on 2 cores, 32 x 32 by 32 x 256: 41 GFLOP/s with copies, 46
 * without, 12 in Java.
 */
final class BlasProduct implements Step {
    private static final int ROW_MAJOR = 101;
    private static final int PLAIN = 111;
    private static final int TRANSPOSED = 112;

    private final int stack;
    private final int rows;
    private final int inner;
    private final int columns;
    private final int piece;
    private final boolean transposeA;
    private final boolean transposeB;
    private final Copy a;
    private final Copy b;
    private final Copy z;

    /** An operand or the product in native memory, which is owned. */
    private record Copy(HeapArray array, DoublePointer memory, NativeDoubles numbers) {
        static Copy of(HeapArray array) {
            DoublePointer memory = new DoublePointer(Math.max(1L, array.size()));
            return new Copy(array, memory, new NativeDoubles(memory, array.size()));
        }

        void load() {
            numbers.write(0, array.values(), array.from(), array.size());
        }

        void store() {
            numbers.read(0, array.values(), array.from(), array.size());
        }

        DoublePointer at(int number) {
            return memory.position(number);
        }
    }

    BlasProduct(HeapArray left, HeapArray right, HeapArray product, boolean transposeA, boolean transposeB) {
        this.transposeA = transposeA;
        this.transposeB = transposeB;
        Shape shape = left.shape();
        int rank = shape.rank();
        this.stack = rank == 3 ? Math.toIntExact(shape.dim(0)) : 1;
        this.inner = Math.toIntExact(shape.dim(transposeA ? rank - 2 : rank - 1));
        this.rows = Math.toIntExact(shape.dim(transposeA ? rank - 1 : rank - 2));
        this.columns = Math.toIntExact(product.shape().dim(rank - 1));
        this.piece = piece((long) rows * inner, columns);
        this.a = Copy.of(left);
        this.b = Copy.of(right);
        this.z = Copy.of(product);
        a.load();
        b.load();
    }

    @Override
    public void run() {
        if (!a.array().fixed()) {
            a.load();
        }
        if (!b.array().fixed()) {
            b.load();
        }
        HeapArray product = z.array();
        if (product.size() == 0 || inner == 0) {
            java.util.Arrays.fill(product.values(), product.from(), product.to(), 0);
            return;
        }
        for (int k = 0; k < stack; k++) {
            for (int j = 0; j < columns; j += piece) {
                openblas.cblas_dgemm(
                        ROW_MAJOR,
                        transposeA ? TRANSPOSED : PLAIN,
                        transposeB ? TRANSPOSED : PLAIN,
                        rows,
                        Math.min(piece, columns - j),
                        inner,
                        1,
                        a.at(k * rows * inner),
                        transposeA ? rows : inner,
                        b.at(k * inner * columns + (transposeB ? j * inner : j)),
                        transposeB ? inner : columns,
                        0,
                        z.at(k * rows * columns + j),
                        columns);
            }
        }
        z.store();
    }

    /**
     * Columns that are computed at once: as many as make a small product where OpenBLAS has kernels for those, which don't
     * copy their operands first. 256 x 32 by 32 x 128: 45 GFLOP/s, 54 in halves.
     */
    private static int piece(long each, int columns) {
        long most = OpenBlas.SMALL_PRODUCT / Math.max(1, each);
        return most >= columns || most < TileSize.SMALLEST || !OpenBlas.hasSmallKernels()
                ? Math.max(1, columns)
                : Math.toIntExact(Long.highestOneBit(most));
    }

    /** Native memory for a product of such sizes, in bytes. */
    static long bytes(List<Slot> inputs, Slot output) {
        return Double.BYTES
                * (output.type().size()
                        + inputs.stream()
                                .mapToLong(input -> input.type().size())
                                .sum());
    }

    @Override
    public void close() {
        Resources.of(a.memory(), b.memory(), z.memory()).close();
    }
}
