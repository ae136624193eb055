package org.curvature4j.internal.engine.nd4j;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.tile.BatchFunction;
import org.curvature4j.internal.engine.tile.Batched;
import org.curvature4j.internal.engine.tile.Feeds;
import org.curvature4j.internal.engine.tile.TiledFunction;
import org.curvature4j.internal.engine.tile.Transposer;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.host.Lifetime;
import org.curvature4j.internal.host.NativeArrays;
import org.curvature4j.internal.host.Resources;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSink;
import org.curvature4j.stream.RowSource;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A large matrix a point, such as the Hessian in all parameters of a network, in blocks of as many products with unit
 * vectors as the memory allows: memory follows the budget, not the square of the size.
 */
public final class ProductFunction implements BatchFunction {
    private final TiledFunction products;
    private final List<INDArray> feeds;
    private final TensorType row;
    private final int rows;
    private final int columns;
    private final boolean byColumns;
    private final boolean symmetric;
    private final Lifetime lifetime = new Lifetime("function", this::free);

    /**
     * Prepares a function.
     *
     * @param graph inputs: the batched vectors, the row, then those of {@code feeds}; output: the batched products
     * @param row the type of what changes from matrix to matrix: a point, or more
     * @param feeds values of the inputs after the row, copied; null if they are given with each call
     * @param rows of the matrix
     * @param columns of the matrix
     * @param byColumns whether a product with unit vector k is column k, as a jvp's is, or row k, as a vjp's
     * @param symmetric whether to make the matrix symmetric to the last bit
     * @param what the function's name, for errors
     */
    public ProductFunction(
            Batched graph,
            TensorType row,
            @Nullable List<INDArray> feeds,
            int rows,
            int columns,
            boolean byColumns,
            boolean symmetric,
            String what) {
        this.products = new TiledFunction(
                NativeTiles.ENGINE, graph, null, 0, what, Backend.get().settings());
        this.feeds = feeds == null
                ? List.of()
                : Feeds.copies(products.types().subList(1, products.types().size()), feeds);
        this.row = row;
        this.rows = rows;
        this.columns = columns;
        this.byColumns = byColumns;
        this.symmetric = symmetric;
    }

    @Override
    public void evaluate(RowSource source, RowSink sink, Progress progress) {
        evaluate(source, feeds, sink, progress);
    }

    @Override
    public void evaluate(RowSource source, List<INDArray> others, RowSink sink, Progress progress) {
        lifetime.use(() -> compute(source, others, sink, progress));
    }

    private void compute(RowSource source, List<INDArray> others, RowSink sink, Progress progress) {
        int length = Math.multiplyExact(rows, columns);
        double[] matrix = new double[length];
        for (long number = 0; number < source.rows(); number++) {
            fill(source, number, others, matrix);
            if (symmetric) {
                Transposer.symmetrize(matrix, 1, length, rows);
            }
            sink.write(number, 1, matrix);
            progress.advance(1);
        }
    }

    private void fill(RowSource source, long number, List<INDArray> others, double[] matrix) {
        double[] numbers = new double[Math.toIntExact(row.size())];
        source.read(number, 1, numbers);
        try (INDArray array = HostArray.copyOf(
                numbers, NativeArrays.dataType(row.dtype()), row.shape().toArray())) {
            List<INDArray> values = new ArrayList<>(List.of(array));
            values.addAll(others);
            products.evaluate(unitVectors(byColumns ? columns : rows), values, placing(matrix), Progress.NONE);
        }
    }

    private RowSink placing(double[] matrix) {
        return (first, count, results) -> {
            if (byColumns) {
                for (int k = 0; k < count; k++) {
                    for (int i = 0; i < rows; i++) {
                        matrix[i * columns + (int) first + k] = results[k * rows + i];
                    }
                }
            } else {
                System.arraycopy(results, 0, matrix, (int) first * columns, count * columns);
            }
        };
    }

    private static RowSource unitVectors(int size) {
        return RowSource.of(size, (first, count, into) -> {
            java.util.Arrays.fill(into, 0, count * size, 0);
            for (int k = 0; k < count; k++) {
                into[k * size + (int) first + k] = 1;
            }
        });
    }

    @Override
    public String describe() {
        return "products with unit vectors, for matrices that don't fit the memory, by " + products.describe();
    }

    private void free() {
        Resources.of(products, () -> Feeds.free(feeds)).close();
    }

    @Override
    public void close() {
        lifetime.close();
    }
}
