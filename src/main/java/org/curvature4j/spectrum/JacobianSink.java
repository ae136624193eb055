package org.curvature4j.spectrum;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.curvature4j.internal.host.Lifetime;
import org.curvature4j.stream.RowSink;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Takes Jacobians as they are computed, on the threads that compute them, decomposes them and hands their singular values
 * on, so that a batch of any length needs bounded memory. Sums are taken by the indices of the points, whatever the order of
 * writing: the same bits for any number of threads. Close it after use.
 */
public final class JacobianSink implements RowSink, AutoCloseable {
    private final int rows;
    private final int columns;
    private final int count;
    private final Precision precision;
    private final RowSink values;
    private final ConcurrentLinkedDeque<SingularBlock> idle = new ConcurrentLinkedDeque<>();
    private final Map<Long, Part> waiting = new TreeMap<>();
    private final Lifetime lifetime;
    private final JacobianSummary summary;

    /** Jacobians with their singular values and determinants. */
    static final class Part {
        final int size;
        final double[] jacobians;
        final double[] values;
        final double[] logarithms;
        final double[] signs;

        Part(int size, double[] jacobians, double[] values, double[] logarithms, double[] signs) {
            this.size = size;
            this.jacobians = jacobians;
            this.values = values;
            this.logarithms = logarithms;
            this.signs = signs;
        }
    }

    /**
     * @param rows of each Jacobian, m
     * @param columns of each Jacobian, n
     * @param dataType float64 or float32: what the Jacobians are, and what singular values are rounded to
     * @param values takes the singular values, min(m, n) descending numbers a Jacobian
     */
    public JacobianSink(int rows, int columns, DataType dataType, RowSink values) {
        this(new JacobianSummary(rows, columns, dataType, 0), values);
    }

    /**
     * Takes the Jacobians that follow those summed up.
     *
     * @param summary taken over: of those before, or an empty one that says which is the first
     * @param values as above
     */
    public JacobianSink(JacobianSummary summary, RowSink values) {
        this.rows = summary.rows();
        this.columns = summary.columns();
        this.count = Math.min(rows, columns);
        this.precision = summary.precision();
        this.values = values;
        this.summary = summary;
        this.lifetime = new Lifetime("sink", this::free);
    }

    /**
     * Decomposes Jacobians, m by n numbers each; every index is to come once.
     *
     * @throws IllegalArgumentException naming a Jacobian that isn't finite
     */
    @Override
    public void write(long first, int size, double[] jacobians) {
        lifetime.use(() -> take(first, size, jacobians));
    }

    private void take(long first, int size, double[] jacobians) {
        boolean square = rows == columns;
        double[] found = new double[size * count];
        double[] logarithms = new double[square ? size : 0];
        double[] signs = new double[square ? size : 0];
        SingularBlock pooled = idle.poll();
        SingularBlock block = pooled == null ? new SingularBlock(rows, columns, precision, false) : pooled;
        try {
            for (int i = 0; i < size; i++) {
                block.solve(jacobians, i, first, found, null, null);
                if (square) {
                    double[] determinant = block.logDeterminant(jacobians, i);
                    logarithms[i] = determinant[0];
                    signs[i] = determinant[1];
                }
            }
        } finally {
            idle.push(block);
        }
        values.write(first, size, found);
        add(first, new Part(size, jacobians, found, logarithms, signs));
    }

    private synchronized void add(long first, Part part) {
        if (first != summary.end()) {
            int numbers = part.size * rows * columns;
            double[] copy = Arrays.copyOf(part.jacobians, numbers);
            waiting.put(first, new Part(part.size, copy, part.values, part.logarithms, part.signs));
            return;
        }
        for (Part ready = part; ready != null; ready = waiting.remove(summary.end())) {
            summary.add(ready);
        }
    }

    /**
     * What all Jacobians until now come to; not a copy.
     *
     * @throws IllegalStateException if one before the last is missing
     */
    public synchronized JacobianSummary total() {
        if (!waiting.isEmpty()) {
            throw new IllegalStateException(
                    "Jacobians: expected all from " + summary.first() + " on, got none at " + summary.end());
        }
        return summary;
    }

    /** What the singular values of all Jacobians come to. */
    public SingularSummary summary() {
        return total().singularValues();
    }

    /**
     * How strongly each input moves the outputs.
     *
     * @throws IllegalStateException if there was no Jacobian
     */
    public Sensitivity sensitivity() {
        return total().sensitivity();
    }

    @Override
    public void close() {
        lifetime.close();
    }

    private void free() {
        for (SingularBlock block = idle.poll(); block != null; block = idle.poll()) {
            block.close();
        }
    }
}
