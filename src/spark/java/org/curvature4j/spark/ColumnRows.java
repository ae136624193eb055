package org.curvature4j.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.curvature4j.internal.host.ArrayRows;
import org.curvature4j.internal.host.Resources;
import org.curvature4j.spark.Derived.Matrix;
import org.curvature4j.spectrum.JacobianSink;
import org.curvature4j.spectrum.SpectraSink;
import org.curvature4j.spectrum.SpectrumOptions;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSink;
import org.curvature4j.stream.RowSource;
import org.nd4j.linalg.api.buffer.DataType;

/** The rows of a partition with their columns, computed a block at a time. Used by one thread; close it. */
final class ColumnRows implements Iterator<Row>, AutoCloseable {
    /** Numbers of a block, read and computed: 8 MiB. */
    private static final int NUMBERS = 1 << 20;

    private static final int MOST_ROWS = 1 << 12;

    private final ColumnTask task;
    private final PreparedColumns prepared;
    private final Iterator<Row> rows;
    private final int capacity;
    private final double[][] read;
    private final double[][] results;
    private final List<Row> block = new ArrayList<>();
    private final Map<Matrix, RowSink> sinks = new EnumMap<>(Matrix.class);
    private final Resources resources = new Resources();
    private int next;
    /** Rows of the partition before the block. */
    private long first;

    ColumnRows(ColumnTask task, PreparedColumns prepared, Iterator<Row> rows) {
        this.task = task;
        this.prepared = prepared;
        this.rows = rows;
        long each = task.read().stream().mapToLong(Columns::length).sum()
                + task.lengths().stream().mapToLong(length -> length).sum();
        this.capacity = (int) Math.max(1, Math.min(MOST_ROWS, NUMBERS / each));
        this.read = task.read().stream()
                .map(columns -> new double[capacity * columns.length()])
                .toArray(double[][]::new);
        this.results = task.lengths().stream()
                .map(length -> new double[capacity * length])
                .toArray(double[][]::new);
        for (Matrix matrix : Matrix.values()) {
            List<RowSink> taking = sinks(matrix);
            if (!taking.isEmpty()) {
                sinks.put(matrix, (from, count, numbers) -> {
                    double[] held = task.isFloat() ? rounded(numbers) : numbers;
                    taking.forEach(sink -> sink.write(from, count, held));
                });
            }
        }
    }

    /** What arrays of float32 hold: fused code computes in float64. */
    private static double[] rounded(double[] numbers) {
        return Arrays.stream(numbers).map(number -> (float) number).toArray();
    }

    /** What takes the rows of a matrix, numbered within the partition: messages name them so. */
    private List<RowSink> sinks(Matrix matrix) {
        List<RowSink> taking = new ArrayList<>();
        int n = Math.toIntExact(prepared.function().inputSize());
        int m = Math.toIntExact(prepared.function().outputSize());
        DataType type = task.isFloat() ? DataType.FLOAT : DataType.DOUBLE;
        for (int i = 0; i < results.length; i++) {
            Derived derived = task.wanted().get(i);
            if (derived.matrix() != matrix) {
                continue;
            }
            int length = task.lengths().get(i);
            double[] result = results[i];
            RowSink column = (from, count, numbers) ->
                    System.arraycopy(numbers, 0, result, Math.toIntExact(from - first) * length, count * length);
            taking.add(
                    switch (derived) {
                        case EIGENVALUES ->
                            resources.add(new SpectraSink(n, type, SpectrumOptions.valuesOnly(), column, null));
                        case SINGULAR_VALUES -> resources.add(new JacobianSink(m, n, type, column));
                        default -> column;
                    });
        }
        return taking;
    }

    @Override
    public boolean hasNext() {
        return next < block.size() || rows.hasNext();
    }

    @Override
    public Row next() {
        if (next == block.size()) {
            compute();
        }
        int at = next++;
        Row row = block.get(at);
        Object[] extended = new Object[row.size() + results.length];
        for (int i = 0; i < row.size(); i++) {
            extended[i] = row.get(i);
        }
        for (int i = 0; i < results.length; i++) {
            int length = task.lengths().get(i);
            extended[row.size() + i] = Arrays.copyOfRange(results[i], at * length, (at + 1) * length);
        }
        return RowFactory.create(extended);
    }

    private void compute() {
        if (!rows.hasNext()) {
            throw new NoSuchElementException("rows: expected another, got the end");
        }
        first += block.size();
        block.clear();
        next = 0;
        while (block.size() < capacity && rows.hasNext()) {
            Row row = rows.next();
            for (int i = 0; i < read.length; i++) {
                Columns columns = task.read().get(i);
                columns.read(row, first + block.size(), read[i], block.size() * columns.length());
            }
            block.add(row);
        }
        RowSource points = source(0);
        RowSource[] data = new RowSource[read.length - 1];
        Arrays.setAll(data, i -> source(1 + i));
        sinks.forEach((matrix, sink) -> {
            try {
                prepared.get(matrix).stream(points, sink.from(first), Progress.NONE, data);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        Objects.requireNonNullElse(e.getMessage(), "points: refused")
                                + " (numbered as the rows of partition " + TaskContext.getPartitionId() + ", from 0)",
                        e);
            }
        });
    }

    private RowSource source(int part) {
        int length = task.read().get(part).length();
        RowSource all = ArrayRows.source(read[part], length);
        return all.part(0, block.size());
    }

    @Override
    public void close() {
        resources.close();
    }
}
