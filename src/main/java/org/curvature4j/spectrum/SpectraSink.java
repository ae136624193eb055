package org.curvature4j.spectrum;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.curvature4j.internal.host.Lifetime;
import org.curvature4j.stream.RowSink;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Takes symmetric matrices as they are computed, on the threads or devices that compute them, solves them and hands their spectra
 * on, so that neither the matrices nor the spectra of a whole batch need memory. The same bits as
 * {@link SpectrumBatch} has. Close it after use.
 */
public final class SpectraSink implements RowSink, AutoCloseable {
    private final int order;
    private final DataType dataType;
    private final SpectrumOptions options;
    private final @Nullable RowSink values;
    private final @Nullable RowSink vectors;
    private final SpectraSummary onDevices = new SpectraSummary();
    private final ConcurrentLinkedDeque<Solver> idle = new ConcurrentLinkedDeque<>();
    private final ConcurrentLinkedQueue<Solver> all = new ConcurrentLinkedQueue<>();
    private final Lifetime lifetime = new Lifetime("sink", this::free);

    /**
     * @param order rows of each matrix, n
     * @param dataType float64 or float32: what the matrices are, and what results are rounded to
     * @param options the tolerance; whether there are vectors is said by the sink for them
     * @param values takes the eigenvalues, n ascending numbers a matrix; null if nobody wants them
     * @param vectors takes the eigenvectors, n by n numbers a matrix, one vector a column; null if they aren't wanted
     */
    public SpectraSink(
            int order,
            DataType dataType,
            SpectrumOptions options,
            @Nullable RowSink values,
            @Nullable RowSink vectors) {
        this.order = order;
        this.dataType = dataType;
        this.options = options;
        this.values = values;
        this.vectors = vectors;
    }

    /**
     * Solves matrices, n by n numbers a row.
     *
     * @throws IllegalArgumentException naming a matrix that isn't finite and symmetric, or whose eigenvalues overflow
     */
    @Override
    public void write(long first, int count, double[] rows) {
        lifetime.use(() -> take(first, count, rows));
    }

    /** Matrices that a device computes are solved there, unless vectors are wanted. */
    @Override
    public RowSink origin() {
        return vectors == null ? new DeviceSpectraSink(this, order, Precision.of(dataType), options, values) : this;
    }

    @Override
    public RowSink from(long offset) {
        return vectors == null ? origin().from(offset) : RowSink.super.from(offset);
    }

    private void take(long first, int count, double[] rows) {
        Solver pooled = idle.poll();
        Solver solver = pooled == null ? newSolver() : pooled;
        try {
            int square = order * order;
            for (int done = 0; done < count; done += solver.block.capacity()) {
                int some = Math.min(solver.block.capacity(), count - done);
                System.arraycopy(rows, done * square, solver.block.matrices(), 0, some * square);
                solver.solve(first + done, some);
            }
        } finally {
            idle.push(solver);
        }
    }

    /**
     * Counts, extremes and the histogram of all spectra that were handed on until now, a copy. The same for any order of
     * writing; {@link SpectraSummary#merge} joins it with that of an earlier run.
     */
    public SpectraSummary summary() {
        SpectraSummary summary = new SpectraSummary();
        synchronized (onDevices) {
            summary.merge(onDevices);
        }
        for (Solver solver : all) {
            solver.addTo(summary);
        }
        return summary;
    }

    /** Adds that of spectra that were found and handed on elsewhere. */
    void add(SpectraSummary others) {
        lifetime.requireOpen();
        synchronized (onDevices) {
            onDevices.merge(others);
        }
    }

    @Override
    public void close() {
        lifetime.close();
    }

    private void free() {
        for (Solver solver = idle.poll(); solver != null; solver = idle.poll()) {
            solver.close();
        }
    }

    private Solver newSolver() {
        Solver solver = new Solver();
        all.add(solver);
        return solver;
    }

    /** The memory, the solver and the summary of one thread at a time. */
    private final class Solver {
        private final SpectraSummary summary = new SpectraSummary();
        private final EigenBlock block = new EigenBlock(order, BatchRun.tileSize(order), vectors != null);
        private final SymmetricBlockSolver solver =
                new SymmetricBlockSolver(block, dataType, index -> "matrix " + index);

        void solve(long first, int count) {
            solver.solve(count, first);
            if (values != null) {
                values.write(first, count, block.values());
            }
            double[] columns = block.vectors();
            if (vectors != null && columns != null) {
                for (int i = 0; i < count; i++) {
                    Transpose.inPlace(columns, i * order * order, order);
                }
                vectors.write(first, count, columns);
            }
            // Other threads have summaries of their own; the lock is for whoever asks meanwhile.
            synchronized (summary) {
                summary.addAll(first, count, order, block.values(), block.errorBounds(), options);
            }
        }

        void addTo(SpectraSummary total) {
            synchronized (summary) {
                total.merge(summary);
            }
        }

        void close() {
            solver.close();
        }
    }
}
