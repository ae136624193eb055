package org.curvature4j.spectrum;

import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.host.Workers;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Solves a batch tile by tile on worker threads: each reads its tile, solves it and writes the results in place. */
final class BatchRun {

    /** Numbers in a tile of matrices: 256 KiB of doubles, so that a worker's tile stays in its core's cache. */
    private static final int TILE_NUMBERS = 1 << 15;

    /** Matrices in one: more of small ones would only take longer to begin. */
    private static final int MOST_MATRICES = 2048;

    private final Precision precision;
    private final int order;
    private final long size;
    private final int tileSize;
    private final HostArray source;
    private final HostArray values;
    private @Nullable INDArray asymmetries;
    private final @Nullable HostArray vectors;
    private final @Nullable HostArray residuals;

    private BatchRun(
            int threads, HostArray source, INDArray values, @Nullable INDArray vectors, @Nullable INDArray residuals) {
        precision = Precision.of(values.dataType());
        size = values.size(0);
        order = (int) values.size(1);
        tileSize = tileSize(order, size, threads);
        this.source = source;
        this.values = HostArray.writing(values);
        this.vectors = vectors == null ? null : HostArray.writing(vectors);
        this.residuals = residuals == null ? null : HostArray.writing(residuals);
    }

    static SpectrumBatch solve(INDArray matrices, SpectrumOptions options) {
        MatrixShapes.requireBatch(matrices);
        DataType type = Precision.of(matrices.dataType()).dataType();
        long size = matrices.size(0);
        int n = MatrixShapes.order(matrices);
        INDArray values = HostArray.create(type, size, n);
        INDArray vectors = options.vectors() ? HostArray.create(type, size, n, n) : null;
        INDArray residuals = options.vectors() ? HostArray.create(type, size, n) : null;
        try (HostArray source = HostArray.reading("matrices", matrices)) {
            BatchRun run = new BatchRun(options.threads(), source, values, vectors, residuals);
            Workers.run(size, run.tileSize, options.threads(), () -> run.new TileWorker());
            run.finish();
            return new SpectrumBatch(options, values, run.asymmetries, vectors, residuals);
        }
    }

    /** How many matrices of this order make a tile: full lanes, where several times as many fit. */
    static int tileSize(int order) {
        int fitting = Math.max(1, Math.min(MOST_MATRICES, TILE_NUMBERS / Math.max(1, order * order)));
        return fitting < LaneEigensolver.MOST_LANES
                ? fitting
                : fitting / LaneEigensolver.MOST_LANES * LaneEigensolver.MOST_LANES;
    }

    /** The same for a batch of so many, of which each thread is to have several tiles. */
    private static int tileSize(int order, long size, int threads) {
        long share = size / (4L * threads) / LaneEigensolver.MOST_LANES * LaneEigensolver.MOST_LANES;
        return (int) Math.max(Math.min(tileSize(order), LaneEigensolver.MOST_LANES), Math.min(tileSize(order), share));
    }

    private void finish() {
        values.finish();
        if (vectors != null && residuals != null) {
            vectors.finish();
            residuals.finish();
        }
    }

    /** Made for the first matrix that has any: nearly all batches have none, and to fill new memory takes as long as to solve small matrices. */
    private synchronized void keepAsymmetries(long first, int count, double[] some) {
        if (asymmetries == null) {
            asymmetries = HostArray.outsideWorkspaces(() -> Nd4j.zeros(DataType.DOUBLE, size));
        }
        HostArray target = HostArray.writing(asymmetries);
        target.write(first, some, count);
        target.finish();
    }

    /** One thread's solver and the memory of its tile. */
    private final class TileWorker implements Workers.Worker {

        private final EigenBlock block = new EigenBlock(order, (int) Math.min(tileSize, size), vectors != null);
        private final SymmetricBlockSolver solver =
                new SymmetricBlockSolver(block, precision.dataType(), index -> "matrix " + index);

        @Override
        public void run(long first, int count) {
            int square = order * order;
            source.read(first * square, block.matrices(), count * square);
            solver.solve(count, first);
            values.write(first * order, block.values(), count * order);
            if (!block.isSymmetric()) {
                keepAsymmetries(first, count, block.asymmetries());
            }
            double[] columns = block.vectors();
            double[] norms = block.residuals();
            if (vectors != null && residuals != null && columns != null && norms != null) {
                for (int i = 0; i < count; i++) {
                    Transpose.inPlace(columns, i * square, order);
                }
                vectors.write(first * square, columns, count * square);
                residuals.write(first * order, norms, count * order);
            }
        }

        @Override
        public void close() {
            solver.close();
        }
    }
}
