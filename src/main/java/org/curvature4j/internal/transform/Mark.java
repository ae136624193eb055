package org.curvature4j.internal.transform;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.Strides;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Kernels;

/**
 * Which elements of a tensor are marked, kept small: an axis along which all elements agree is kept at size 1. Immutable.
 *
 * @param type of the tensor
 * @param kept its shape, with size 1 for axes along which nothing changes
 * @param marked the elements of that shape, row-major
 */
@SuppressWarnings("ArrayRecordComponent") // never changed, and compared by nobody
record Mark(TensorType type, Shape kept, boolean[] marked) implements Kernels.Value {

    /** All elements alike. */
    static Mark of(TensorType type, boolean marked) {
        return new Mark(type, Shape.ones(type.rank()), new boolean[] {marked});
    }

    /** Without the axes along which nothing changes. */
    static Mark of(TensorType type, Shape kept, boolean... marked) {
        Mark mark = new Mark(type, kept, marked);
        for (int axis = 0; axis < kept.rank(); axis++) {
            if (mark.kept.dim(axis) > 1 && mark.agrees(axis)) {
                mark = mark.picked(type, Strides.of(mark.kept).slice(axis, 0, 1));
            }
        }
        return mark;
    }

    private boolean agrees(int axis) {
        int inner = Math.toIntExact(kept.sizeFrom(axis + 1));
        int stretch = Math.toIntExact(kept.dim(axis)) * inner;
        for (int first = 0; first < marked.length; first += stretch) {
            for (int i = first + inner; i < first + stretch; i++) {
                if (marked[i] != marked[i - inner]) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The kept elements at some places, as another tensor's. */
    Mark picked(TensorType other, Strides places) {
        int[] positions = places.positions();
        boolean[] picked = new boolean[positions.length];
        for (int i = 0; i < picked.length; i++) {
            picked[i] = marked[positions[i]];
        }
        return new Mark(other, places.shape(), picked);
    }

    /** With these axes kept whole. */
    Mark whole(int... axes) {
        Shape more = kept;
        for (int axis : axes) {
            more = more.with(axis, type.shape().dim(axis));
        }
        return repeated(more);
    }

    /** With axes of size 1 repeated. */
    Mark repeated(Shape shape) {
        return shape.equals(kept) ? this : picked(type, Strides.of(kept).broadcast(shape));
    }

    /** Of as many axes, where this is a single number. */
    Mark ofRank(int rank) {
        return type.rank() == rank ? this : new Mark(type.withShape(Shape.ones(rank)), Shape.ones(rank), marked);
    }

    /** The same elements, row-major, in another shape: what is merged or split is kept where something of it is. */
    Mark reshaped(Shape shape) {
        if (shape.size() == 0) {
            return of(type.withShape(shape), false);
        }
        long[] from = type.shape().toArray();
        long[] to = shape.toArray();
        boolean[] changes = new boolean[from.length];
        long[] less = to.clone();
        int i = 0;
        int j = 0;
        while (i < from.length || j < to.length) {
            int first = i;
            int second = j;
            long before = i < from.length ? from[i++] : 1;
            long after = j < to.length ? to[j++] : 1;
            while (before != after) {
                if (before < after) {
                    before *= from[i++];
                } else {
                    after *= to[j++];
                }
            }
            boolean isKept = IntStream.range(first, i).anyMatch(axis -> kept.dim(axis) > 1);
            Arrays.fill(changes, first, i, isKept);
            if (!isKept) {
                Arrays.fill(less, second, j, 1);
            }
        }
        Mark all = whole(
                IntStream.range(0, from.length).filter(axis -> changes[axis]).toArray());
        return of(type.withShape(shape), Shape.of(less), all.marked);
    }

    /** Marked where one of several is along some axes, which become size 1. */
    Mark any(List<Integer> axes) {
        Shape left = kept;
        Shape shape = type.shape();
        for (int axis : axes) {
            left = left.with(axis, 1);
            shape = shape.with(axis, 1);
        }
        boolean[] any = new boolean[Math.toIntExact(left.size())];
        int[] positions = Strides.of(left).broadcast(kept).positions();
        for (int i = 0; i < positions.length; i++) {
            any[positions[i]] |= marked[i];
        }
        return of(type.withShape(shape), left, any);
    }

    /** Whether an element is marked in both of two tensors of a shape. */
    boolean meets(Mark other) {
        Shape joined = kept.joined(other.kept);
        boolean[] own = repeated(joined).marked;
        boolean[] others = other.repeated(joined).marked;
        return IntStream.range(0, own.length).anyMatch(i -> own[i] && others[i]);
    }
}
