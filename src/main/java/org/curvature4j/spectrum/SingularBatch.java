package org.curvature4j.spectrum;

import java.util.Arrays;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.host.Workers;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Decomposes a batch tile by tile on worker threads, each of which reads its tile and writes the results in place. */
final class SingularBatch {
    private static final int TILE_NUMBERS = 1 << 15;

    private final int rows;
    private final int columns;
    private final Precision precision;
    private final HostArray source;
    private final HostArray values;
    private final @Nullable HostArray logarithms;
    private final @Nullable HostArray signs;
    private final @Nullable HostArray left;
    private final @Nullable HostArray right;

    private SingularBatch(
            INDArray matrices,
            HostArray source,
            INDArray values,
            @Nullable INDArray logarithms,
            @Nullable INDArray signs,
            @Nullable INDArray left,
            @Nullable INDArray right) {
        rows = (int) matrices.size(1);
        columns = (int) matrices.size(2);
        precision = Precision.of(matrices.dataType());
        this.source = source;
        this.values = HostArray.writing(values);
        this.logarithms = logarithms == null ? null : HostArray.writing(logarithms);
        this.signs = signs == null ? null : HostArray.writing(signs);
        this.left = left == null ? null : HostArray.writing(left);
        this.right = right == null ? null : HostArray.writing(right);
    }

    static SingularSpectra solve(INDArray matrices, SingularOptions options) {
        HostArray.requireOpen("matrices", matrices);
        if (matrices.rank() != 3 || (matrices.size(1) == 0 || matrices.size(2) == 0)) {
            throw new IllegalArgumentException(
                    "matrices: expected a batch [B, m, n] of matrices with rows and columns, got "
                            + Arrays.toString(matrices.shape()));
        }
        DataType type = Precision.of(matrices.dataType()).dataType();
        long size = matrices.size(0);
        int rows = Math.toIntExact(matrices.size(1));
        int columns = Math.toIntExact(matrices.size(2));
        requireSize(rows, columns);
        int count = Math.min(rows, columns);
        boolean square = rows == columns;
        INDArray values = HostArray.create(type, size, count);
        INDArray logarithms = square ? HostArray.create(DataType.DOUBLE, size) : null;
        INDArray signs = square ? HostArray.create(DataType.DOUBLE, size) : null;
        INDArray left = options.vectors() ? HostArray.create(type, size, rows, count) : null;
        INDArray right = options.vectors() ? HostArray.create(type, size, count, columns) : null;
        try (HostArray source = HostArray.reading("matrices", matrices)) {
            SingularBatch run = new SingularBatch(matrices, source, values, logarithms, signs, left, right);
            Workers.run(size, tileSize(rows, columns), options.threads(), () -> run.new TileWorker());
            run.finish();
        }
        return new SingularSpectra(rows, columns, values, logarithms, signs, left, right);
    }

    /** @throws IllegalArgumentException where LAPACK's workspace wouldn't fit its 32-bit integers */
    static void requireSize(long rows, long columns) {
        long count = Math.min(rows, columns);
        if (rows * columns > Integer.MAX_VALUE / 2 || count > 16_000) {
            throw new IllegalArgumentException(
                    "matrices: expected at most 2^30 numbers and 16,000 singular values, got " + rows + " by "
                            + columns);
        }
    }

    /** How many matrices make a tile. */
    static int tileSize(int rows, int columns) {
        return Math.max(1, TILE_NUMBERS / (rows * columns));
    }

    private void finish() {
        for (@Nullable HostArray array : new @Nullable HostArray[] {values, logarithms, signs, left, right}) {
            if (array != null) {
                array.finish();
            }
        }
    }

    /** One thread's solver and the memory of its tile. */
    private final class TileWorker implements Workers.Worker {
        private final int count = Math.min(rows, columns);
        private final SingularBlock block = new SingularBlock(rows, columns, precision, left != null);
        private final double[] tile = new double[tileSize(rows, columns) * rows * columns];
        private final double[] found = new double[tileSize(rows, columns) * count];
        private final double @Nullable [] leftOne = left == null ? null : new double[rows * count];
        private final double @Nullable [] rightOne = right == null ? null : new double[count * columns];

        @Override
        public void run(long first, int some) {
            int size = rows * columns;
            source.read(first * size, tile, some * size);
            for (int i = 0; i < some; i++) {
                block.solve(tile, i, first, found, leftOne, rightOne);
                if (left != null && right != null && leftOne != null && rightOne != null) {
                    left.write((first + i) * leftOne.length, leftOne, leftOne.length);
                    right.write((first + i) * rightOne.length, rightOne, rightOne.length);
                }
                if (logarithms != null && signs != null) {
                    double[] determinant = block.logDeterminant(tile, i);
                    logarithms.write(first + i, determinant, 1);
                    signs.write(first + i, new double[] {determinant[1]}, 1);
                }
            }
            values.write(first * count, found, some * count);
        }

        @Override
        public void close() {
            block.close();
        }
    }
}
