package org.curvature4j.internal.composition;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.IndexCheck;
import org.curvature4j.op.Indices;
import org.curvature4j.op.KnownValues;
import org.curvature4j.op.Ops;

/** Elements chosen by whole numbers, which are known when a model is read or computed; each is held to the axis' size. */
public final class Selections {
    private Selections() {}

    /** Positions that are known, negative ones counted from the end. */
    public static Indices indices(String operation, long size, long... values) {
        IndexCheck check = new IndexCheck(operation, size, IndexCheck.Negative.FROM_THE_END);
        return Indices.of(LongStream.of(values)
                .mapToInt(index -> (int) check.checked((double) index))
                .toArray());
    }

    /** Positions that may be computed, from 0 on where they are negative. */
    public static Node checked(Ops o, String operation, long size, Node indices) {
        if (indices.op() instanceof Leaf.Literal literal) {
            double[] values = KnownValues.elements(literal);
            return o.constant(
                    indices.type(),
                    IntStream.of(indices(operation, size, longs(values)).toArray())
                            .asDoubleStream()
                            .toArray());
        }
        return o.apply(new IndexCheck(operation, size, IndexCheck.Negative.FROM_THE_END), indices);
    }

    static long[] longs(double... values) {
        long[] longs = new long[values.length];
        for (int i = 0; i < longs.length; i++) {
            longs[i] = (long) values[i];
        }
        return longs;
    }

    /** Slices of x at positions along an axis: NumPy's {@code take}; the indices' axes stand where that axis stood. */
    public static Node take(Ops o, String operation, Node x, int axis, Node indices) {
        long size = x.shape().dim(axis);
        Node taken;
        if (indices.op() instanceof Leaf.Literal literal) {
            taken = o.gather(x, axis, indices(operation, size, longs(KnownValues.elements(literal))));
        } else {
            Node places = o.reshape(
                    checked(o, operation, size, indices),
                    Shape.ones(x.shape().rank()).with(axis, indices.type().size()));
            taken = computed(o, x, axis, places);
        }
        List<Long> dims = Axes.dims(x);
        dims.remove(axis);
        dims.addAll(axis, LongStream.of(indices.shape().toArray()).boxed().toList());
        return o.reshape(taken, Axes.shape(dims));
    }

    /** Elements of any type at computed positions of any whole type. */
    private static Node computed(Ops o, Node x, int axis, Node positions) {
        Node numbers = x.dtype() == DType.BOOL ? o.cast(x, DType.INT64) : x;
        return o.cast(o.gather(numbers, axis, o.cast(positions, DType.INT64)), x.dtype());
    }

    /**
     * Row-major positions among some axes from an index for each of them, along the last axis of {@code indices}.
     *
     * @param sizes of those axes
     */
    public static Node positions(Ops o, String operation, Node indices, long... sizes) {
        int last = indices.shape().rank() - 1;
        Shape shape = indices.shape().dropLast();
        if (indices.op() instanceof Leaf.Literal literal) {
            long[] values = longs(KnownValues.elements(literal));
            double[] flat = new double[Math.toIntExact(shape.size())];
            for (int i = 0; i < flat.length; i++) {
                for (int axis = 0; axis < sizes.length; axis++) {
                    int place = indices(operation, sizes[axis], values[i * sizes.length + axis])
                            .get(0);
                    flat[i] = flat[i] * sizes[axis] + place;
                }
            }
            return o.constant(new TensorType(indices.dtype(), shape), flat);
        }
        Node flat = o.builder().literal(new TensorType(indices.dtype(), shape), 0);
        for (int axis = 0; axis < sizes.length; axis++) {
            Node place = checked(o, operation, sizes[axis], Axes.at(o, indices, last, axis));
            flat = axis == 0 ? place : o.add(o.mul(flat, (double) sizes[axis]), place);
        }
        return flat;
    }

    /** Slices of x at places that the indices' last axis states for its leading axes: TensorFlow's {@code gather_nd}. */
    public static Node takeNd(Ops o, String operation, Node x, Node indices) {
        int depth = Math.toIntExact(indices.shape().dim(indices.shape().rank() - 1));
        long[] sizes = LongStream.of(x.shape().toArray()).limit(depth).toArray();
        long[] rest = LongStream.of(x.shape().toArray()).skip(depth).toArray();
        long rows = LongStream.of(sizes).reduce(1, Math::multiplyExact);
        Node flat = o.reshape(
                x,
                Shape.of(LongStream.concat(LongStream.of(rows), LongStream.of(rest))
                        .toArray()));
        return take(o, operation, flat, 0, positions(o, operation, indices, sizes));
    }

    /** For each position along an axis, an element of its own: NumPy's {@code take_along_axis}. */
    public static Node takeAlong(Ops o, String operation, Node x, int axis, Node indices) {
        int last = x.shape().rank() - 1;
        Node cut = o.slice(
                x,
                IntStream.rangeClosed(0, last).mapToObj(i -> 0L).toList(),
                indices.shape().with(axis, x.shape().dim(axis)));
        Node positions = checked(o, operation, x.shape().dim(axis), indices);
        if (positions.op() instanceof Leaf.Literal literal) {
            int[] flat = flat(cut.shape(), axis, indices.shape(), longs(KnownValues.elements(literal)));
            Node row = o.reshape(cut, Shape.of(cut.type().size()));
            return o.reshape(o.gather(row, 0, Indices.of(flat)), indices.shape());
        }
        return computed(o, cut, axis, positions);
    }

    /** Row-major positions in a tensor of elements that differ from their index' own place along an axis. */
    public static int[] flat(Shape shape, int axis, Shape places, long... positions) {
        int[] flat = new int[positions.length];
        for (int i = 0; i < flat.length; i++) {
            long rest = i;
            long stride = 1;
            long position = 0;
            for (int k = shape.rank() - 1; k >= 0; k--) {
                long place = rest % places.dim(k);
                position += stride * (k == axis ? positions[i] : place);
                rest /= places.dim(k);
                stride *= shape.dim(k);
            }
            flat[i] = Math.toIntExact(position);
        }
        return flat;
    }

    /** For each index, along a new last axis, which of the numbers from 0 on it is. */
    public static Node hits(Ops o, Node indices, long depth) {
        Node column = o.reshape(indices, indices.shape().append(1));
        Node numbers = Broadcasting.along(
                o,
                counting(o, indices.dtype(), depth),
                indices.shape().rank(),
                indices.shape().rank() + 1);
        return o.apply(Comparison.EQ, column, numbers);
    }

    /** The vector 0, 1, 2 ... */
    public static Node counting(Ops o, DType type, long count) {
        double[] numbers =
                IntStream.range(0, Math.toIntExact(count)).asDoubleStream().toArray();
        return o.builder().literal(TensorType.of(type, count), numbers);
    }
}
