package org.curvature4j.spectrum;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.curvature4j.internal.host.Lifetime;
import org.curvature4j.spectrum.SingularSummary.Spread;
import org.curvature4j.stream.RowSink;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Takes Jacobians as they are computed, on the threads that compute them, decomposes them and hands their singular values
 * on, so that a batch of any length needs bounded memory. Sums are taken in the order of the points, whatever the order of
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
    private final SquareSums entries;
    private final Quantiles smallest = new Quantiles();
    private final Quantiles largest = new Quantiles();
    private final Quantiles condition = new Quantiles();
    private final Quantiles determinants = new Quantiles();
    private long next;
    private double worstCondition = -1;
    private long worst = -1;
    private long deficient;
    private long positive;
    private long negative;
    private long singular;

    /** Jacobians with their singular values and determinants. */
    private static final class Part {
        private final int size;
        private final double[] jacobians;
        private final double[] values;
        private final double[] logarithms;
        private final double[] signs;

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
        SingularBatch.requireSize(rows, columns);
        this.rows = rows;
        this.columns = columns;
        this.count = Math.min(rows, columns);
        this.precision = Precision.of(dataType);
        this.values = values;
        this.entries = new SquareSums(rows * columns);
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
        if (first != next) {
            int numbers = part.size * rows * columns;
            double[] copy = Arrays.copyOf(part.jacobians, numbers);
            waiting.put(first, new Part(part.size, copy, part.values, part.logarithms, part.signs));
            return;
        }
        for (Part ready = part; ready != null; ready = waiting.remove(next)) {
            sum(ready);
            next += ready.size;
        }
    }

    private void sum(Part part) {
        int numbers = rows * columns;
        for (int i = 0; i < part.size; i++) {
            for (int k = 0; k < numbers; k++) {
                entries.add(k, part.jacobians[i * numbers + k]);
            }
            double most = part.values[i * count];
            double least = part.values[(i + 1) * count - 1];
            double ratio = SingularSpectra.condition(most, least);
            smallest.add(least);
            largest.add(most);
            condition.add(ratio);
            if (ratio > worstCondition) {
                worstCondition = ratio;
                worst = next + i;
            }
            deficient += least > SingularSpectra.tolerance(most, rows, columns, precision) ? 0 : 1;
            if (rows == columns) {
                determinants.add(part.logarithms[i]);
                positive += part.signs[i] > 0 ? 1 : 0;
                negative += part.signs[i] < 0 ? 1 : 0;
                singular += part.signs[i] == 0 ? 1 : 0;
            }
        }
    }

    /** What the singular values of all Jacobians come to. */
    public synchronized SingularSummary summary() {
        requireComplete();
        return new SingularSummary(
                next,
                Spread.of(smallest),
                Spread.of(largest),
                Spread.of(condition),
                worst,
                deficient,
                rows == columns,
                Spread.of(determinants),
                positive,
                negative,
                singular);
    }

    /**
     * How strongly each input moves the outputs.
     *
     * @throws IllegalStateException if there was no Jacobian
     */
    public synchronized Sensitivity sensitivity() {
        requireComplete();
        if (next == 0) {
            throw new IllegalStateException("sensitivity: expected at least one Jacobian, got none");
        }
        double[] roots = new double[rows * columns];
        for (int k = 0; k < roots.length; k++) {
            roots[k] = entries.root(k, next);
        }
        return new Sensitivity(rows, columns, next, roots);
    }

    private void requireComplete() {
        if (!waiting.isEmpty()) {
            throw new IllegalStateException("Jacobians: expected all from 0 on, got none at " + next);
        }
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
