package org.curvature4j.op;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Kernels.Value;

/** Lookups for backends that have none: each position is compared with each that there is. */
final class Choices {
    private Choices() {}

    static Value gather(Kernels k, Value x, Value positions, int axis) {
        Value apart = k.reshape(x, inserted(x, axis));
        Value chosen = chosen(k, apart, positions, axis, x.type().shape().dim(axis));
        Value sum = k.reduce(Kernels.Reduction.SUM, chosen, List.of(axis + 1));
        List<Long> dims = dims(sum);
        dims.remove(axis + 1);
        return k.reshape(sum, shape(dims));
    }

    static Value scatterAdd(Kernels k, Value x, Value positions, int axis, Shape shape) {
        Value apart = k.reshape(x, inserted(x, axis + 1));
        Value chosen = chosen(k, apart, positions, axis, shape.dim(axis));
        List<Integer> summed = new ArrayList<>(List.of(axis));
        IntStream.range(0, shape.rank())
                .filter(i -> i != axis && shape.dim(i) == 1 && x.type().shape().dim(i) != 1)
                .forEach(i -> summed.add(i < axis ? i : i + 1));
        return k.reshape(
                k.reduce(Kernels.Reduction.SUM, chosen, summed.stream().sorted().toList()), shape);
    }

    /** Where a position is the number of an element, that, else 0: [..., positions, elements, ...]. */
    private static Value chosen(Kernels k, Value apart, Value positions, int axis, long size) {
        Value column = k.reshape(positions, inserted(positions, axis + 1));
        double[] numbers =
                IntStream.range(0, Math.toIntExact(size)).asDoubleStream().toArray();
        Shape row = Shape.ones(column.type().rank()).with(axis + 1, size);
        Value isIt = k.test(Comparison.EQ, column, k.constant(new TensorType(DType.INT64, row), numbers));
        Value zero = k.constant(apart.type().withShape(Shape.ones(apart.type().rank())), 0);
        return k.select(isIt, apart, zero);
    }

    /** A shape with one more axis of size 1 at a place. */
    private static Shape inserted(Value x, int axis) {
        List<Long> dims = dims(x);
        dims.add(axis, 1L);
        return shape(dims);
    }

    private static List<Long> dims(Value x) {
        return new ArrayList<>(IntStream.range(0, x.type().rank())
                .mapToObj(x.type().shape()::dim)
                .toList());
    }

    private static Shape shape(List<Long> dims) {
        return Shape.of(dims.stream().mapToLong(dim -> dim).toArray());
    }
}
