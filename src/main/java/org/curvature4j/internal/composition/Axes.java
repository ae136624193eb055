package org.curvature4j.internal.composition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.op.Indices;
import org.curvature4j.op.Ops;

/** Tensors whose axes are inserted, left out, cut, joined, reversed or repeated. */
public final class Axes {
    private Axes() {}

    /** A shape of these sizes. */
    public static Shape shape(List<Long> dims) {
        return Shape.of(dims.stream().mapToLong(dim -> dim).toArray());
    }

    /** The sizes of a tensor's axes, to be changed. */
    public static List<Long> dims(Node x) {
        return new ArrayList<>(LongStream.of(x.shape().toArray()).boxed().toList());
    }

    /** x with an axis of size 1 where the result shall have one. */
    public static Node insert(Ops o, Node x, int axis) {
        List<Long> dims = dims(x);
        dims.add(axis, 1L);
        return o.reshape(x, shape(dims));
    }

    /** x without axes, which have size 1. */
    public static Node drop(Ops o, Node x, Collection<Integer> axes) {
        List<Long> dims = new ArrayList<>();
        for (int axis = 0; axis < x.shape().rank(); axis++) {
            if (!axes.contains(axis)) {
                dims.add(x.shape().dim(axis));
            }
        }
        return o.reshape(x, shape(dims));
    }

    /** Moves an axis to another place, the others keeping their order. */
    public static Node move(Ops o, Node x, int from, int to) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, x.shape().rank()).boxed().toList());
        order.add(to, order.remove(from));
        return o.permute(x, order);
    }

    /** Tensors of one shape along a new axis. */
    public static Node stack(Ops o, List<Node> slices, int axis) {
        return o.concat(slices.stream().map(slice -> insert(o, slice, axis)).toList(), axis);
    }

    /** One slice along an axis, which is left out. */
    public static Node at(Ops o, Node x, int axis, long position) {
        return drop(o, o.slice(x, axis, position, position + 1), List.of(axis));
    }

    /** Parts of these sizes, one after the other. */
    public static List<Node> split(Ops o, Node x, int axis, long... sizes) {
        List<Node> pieces = new ArrayList<>();
        long start = 0;
        for (long size : sizes) {
            pieces.add(o.slice(x, axis, start, start + size));
            start += size;
        }
        return pieces;
    }

    /** The slices along an axis from the last to the first. */
    public static Node reversed(Ops o, Node x, int axis) {
        int size = (int) x.shape().dim(axis);
        int[] backwards = IntStream.range(0, size).map(i -> size - 1 - i).toArray();
        return size < 2 ? x : o.gather(x, axis, Indices.of(backwards));
    }

    /** The first elements along one axis backwards, a number of them for each position on another axis. */
    public static Node reversedFirst(Ops o, Node x, int batch, int sequence, long... lengths) {
        int size = (int) x.shape().dim(sequence);
        Reductions.Flattened pairs = Reductions.Flattened.of(o, x, List.of(batch, sequence));
        int[] indices = new int[Math.multiplyExact(lengths.length, size)];
        for (int i = 0; i < indices.length; i++) {
            int row = i / size;
            int position = i % size;
            boolean reversed = position < lengths[row];
            indices[i] = row * size + (reversed ? (int) lengths[row] - 1 - position : position);
        }
        return pairs.restore(o, o.gather(pairs.node(), pairs.axis(), Indices.of(indices)), x.shape());
    }

    /** NumPy's {@code begin:end:stride}: negative bounds count from the end, bounds beyond an end are that end. */
    public static Node strided(Ops o, Node x, int axis, long begin, long end, long stride) {
        long size = x.shape().dim(axis);
        long first = stride > 0 ? 0 : -1;
        long last = stride > 0 ? size : size - 1;
        long from = bound(begin, size, first, last);
        long to = bound(end, size, first, last);
        long distance = stride > 0 ? to - from : from - to;
        long count = distance <= 0 ? 0 : 1 + (distance - 1) / Math.abs(Math.max(stride, -Long.MAX_VALUE));
        if (stride == 1) {
            return o.slice(x, axis, from, from + count);
        }
        int[] indices = new int[(int) count];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = (int) (from + i * stride);
        }
        return o.gather(x, axis, Indices.of(indices));
    }

    private static long bound(long written, long size, long first, long last) {
        long counted = written < 0 ? written + size : written;
        return Math.min(Math.max(counted, first), last);
    }

    /** Copies beside each other, a number of them for each of the last axes. */
    public static Node tiled(Ops o, Node x, long... repeats) {
        Node raised = Broadcasting.raise(o, x, repeats.length);
        int rank = raised.shape().rank();
        long[] apart = new long[2 * rank];
        long[] repeated = new long[2 * rank];
        long[] joined = new long[rank];
        for (int axis = 0; axis < rank; axis++) {
            int position = axis - (rank - repeats.length);
            apart[2 * axis] = 1;
            apart[2 * axis + 1] = raised.shape().dim(axis);
            repeated[2 * axis] = position < 0 ? 1 : repeats[position];
            repeated[2 * axis + 1] = raised.shape().dim(axis);
            joined[axis] = Math.multiplyExact(repeated[2 * axis], repeated[2 * axis + 1]);
        }
        Node copies = o.broadcast(o.reshape(raised, Shape.of(apart)), Shape.of(repeated));
        return o.reshape(copies, Shape.of(joined));
    }

    /** A number of elements before and after an axis' own as if they were the tensor's, by what they are. */
    public enum Border {
        /** Mirrored at the first and last element, which stand once. */
        REFLECTED,
        /** Mirrored so that the first and last element stand twice. */
        SYMMETRIC,
        /** The first or last element again. */
        REPEATED,
        /** From the other end, as on a ring. */
        PERIODIC
    }

    /** x with more elements before and after along an axis; fewer for negative numbers of them. */
    public static Node extended(Ops o, Node x, int axis, long before, long after, Border border) {
        int size = (int) x.shape().dim(axis);
        int[] indices = new int[Math.toIntExact(Math.max(0, before + size + after))];
        if (indices.length > 0 && size == 0) {
            throw new IllegalArgumentException(
                    "expected elements to pad axis " + axis + " with, got an axis of size 0");
        }
        for (int i = 0; i < indices.length; i++) {
            indices[i] = (int) position(i - before, size, border);
        }
        return before == 0 && after == 0 ? x : o.gather(x, axis, Indices.of(indices));
    }

    private static long position(long place, int size, Border border) {
        if (border == Border.REPEATED) {
            return Math.min(Math.max(place, 0), size - 1L);
        } else if (border == Border.PERIODIC) {
            return Math.floorMod(place, (long) size);
        }
        long period = border == Border.SYMMETRIC ? 2L * size : Math.max(1, 2L * size - 2);
        long inside = Math.floorMod(place, period);
        return inside < size ? inside : period - (border == Border.SYMMETRIC ? 1 : 0) - inside;
    }

    /** Fills in the one size that may be left open as -1, so that there are so many elements. */
    public static Shape completed(long elements, long... sizes) {
        long known = 1;
        int open = -1;
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] >= 0) {
                known = Math.multiplyExact(known, sizes[i]);
            } else if (open >= 0 || sizes[i] != -1) {
                throw new IllegalArgumentException(
                        "expected sizes of at least 0, and one of -1 at most, got " + Arrays.toString(sizes));
            } else {
                open = i;
            }
        }
        long[] completed = sizes.clone();
        if (open >= 0) {
            completed[open] = known == 0 ? 0 : elements / known;
        }
        return Shape.of(completed);
    }
}
