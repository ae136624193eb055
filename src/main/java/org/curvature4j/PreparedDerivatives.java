package org.curvature4j;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.host.ArrayRows;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.host.NativeArrays;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSink;
import org.curvature4j.stream.RowSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Several of a function's value, gradient, Jacobian and Hessian, prepared together for many points: what they share is computed
 * once. Safe for several threads; owns native memory, which closing frees.
 *
 * <pre>{@code
 * try (PreparedDerivatives newton = f.prepare(VALUE, GRADIENT, HESSIAN)) {
 *     Quantities<double[]> here = newton.at(point);
 *     // here.value(), here.gradient(), here.hessian()
 * }
 * }</pre>
 */
public final class PreparedDerivatives implements AutoCloseable {
    private final Derivation derivation;
    private final PreparedFunction together;

    PreparedDerivatives(Set<Quantity> quantities, TensorFunction function) {
        this.derivation = Derivation.together(quantities, function);
        this.together = new TensorFunction(derivation).prepare();
    }

    /**
     * All of them at one point.
     *
     * @param point [n], or any shape with n numbers; not modified
     * @param data what goes with the point, in the order of {@link TensorFunction#dataNames()}, each of any shape; not modified
     * @return arrays owned by the caller
     */
    public Quantities<INDArray> at(INDArray point, INDArray... data) {
        return arrays(new Quantities<>(parts(1, together.computed(point, data))));
    }

    private Quantities<INDArray> arrays(Quantities<double[]> numbers) {
        Map<Quantity, INDArray> arrays = new EnumMap<>(Quantity.class);
        for (Quantity quantity : derivation.quantities()) {
            TensorType type = type(quantity);
            arrays.put(
                    quantity,
                    HostArray.copyOf(
                            numbers.get(quantity),
                            NativeArrays.dataType(type.dtype()),
                            type.shape().toArray()));
        }
        return new Quantities<>(arrays);
    }

    /**
     * All of them at one point of n numbers, as Java numbers.
     *
     * @param data the numbers of what goes with the point, in the order of {@link TensorFunction#dataNames()}
     * @return new arrays
     */
    public Quantities<double[]> at(double[] point, double[]... data) {
        return new Quantities<>(parts(1, together.at(point, data)));
    }

    /**
     * All of them at a batch of points.
     *
     * @param points [B, n], or [B, ...] with n numbers a point; not modified
     * @param data what goes with each point, in the order of {@link TensorFunction#dataNames()}: [B, m], or [B, ...] with m
     *     numbers a point, of any element type; not modified
     * @return arrays with B as the first axis; owned by the caller
     */
    public Quantities<INDArray> batch(INDArray points, INDArray... data) {
        INDArray[] arrays = RowLayout.withData(points, data);
        long rows = together.layout().count(arrays);
        Map<Quantity, INDArray> results = new EnumMap<>(Quantity.class);
        Map<Quantity, HostArray> writing = new EnumMap<>(Quantity.class);
        Map<Quantity, RowSink> sinks = new EnumMap<>(Quantity.class);
        for (Quantity quantity : derivation.quantities()) {
            TensorType type = type(quantity);
            INDArray result = HostArray.create(
                    NativeArrays.dataType(type.dtype()),
                    Shapes.prepend(rows, type.shape().toArray()));
            results.put(quantity, result);
            if (rows > 0) {
                writing.put(quantity, HostArray.writing(result));
                sinks.put(quantity, ArrayRows.sink(writing.get(quantity), type.size()));
            }
        }
        if (rows > 0) {
            together.stream(splitting(sinks), Progress.NONE, arrays);
            writing.values().forEach(HostArray::finish);
        }
        return new Quantities<>(results);
    }

    /**
     * All of them at points that stream in, each to where it streams, row-major; memory is bounded by the tile, not the batch.
     *
     * @param sinks one for each quantity that is wanted
     * @param data what goes with each point, in the order of {@link TensorFunction#dataNames()}: as many rows as there are
     *     points
     * @throws IllegalArgumentException if one wasn't prepared
     */
    public void stream(RowSource points, Map<Quantity, RowSink> sinks, Progress progress, RowSource... data) {
        for (Quantity quantity : sinks.keySet()) {
            if (!derivation.has(quantity)) {
                throw new IllegalArgumentException(quantity.words() + ": expected one of " + derivation.quantities()
                        + ", which were prepared, got another (name it in prepare)");
            }
        }
        together.stream(points, splitting(sinks), progress, data);
    }

    /** Takes all of them together, and gives each to its own. */
    private RowSink splitting(Map<Quantity, RowSink> sinks) {
        return (first, count, rows) -> {
            Quantities<double[]> parts = new Quantities<>(parts(count, rows));
            sinks.forEach((quantity, sink) -> sink.write(first, count, parts.get(quantity)));
        };
    }

    /** The quantities of some points, one after the other for each, as rows of their own. */
    private Map<Quantity, double[]> parts(int count, double[] rows) {
        Map<Quantity, double[]> parts = new EnumMap<>(Quantity.class);
        int length = Math.toIntExact(derivation.result().size());
        int offset = 0;
        for (Quantity quantity : derivation.quantities()) {
            int size = Math.toIntExact(type(quantity).size());
            double[] part = new double[count * size];
            for (int row = 0; row < count; row++) {
                System.arraycopy(rows, row * length + offset, part, row * size, size);
            }
            parts.put(quantity, part);
            offset += size;
        }
        return parts;
    }

    /** A value that is one number has no axis. */
    private TensorType type(Quantity quantity) {
        TensorType type = derivation.result(quantity);
        return quantity == Quantity.VALUE && type.size() == 1 ? type.withShape(Shape.SCALAR) : type;
    }

    /** What computes, in tiles of how many points, on how many threads, with how much memory, and why: for people. */
    public String describe() {
        return together.describe();
    }

    /** How the point is laid out. */
    public List<Block> blocks() {
        return together.blocks();
    }

    /** The function whose value and derivatives these are. */
    public TensorFunction function() {
        return derivation.of();
    }

    @Override
    public void close() {
        together.close();
    }

    @Override
    public String toString() {
        return together.toString();
    }
}
