package org.curvature4j.internal.engine.loops;

import java.util.List;
import org.curvature4j.graph.Shape;

/** How elements lie in a Java array: where the first one is, and the distance between neighbours along each axis. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StridedView(double[] values, int first, int[] strides) {

    /** All of an array. */
    static StridedView of(HeapArray array) {
        return new StridedView(array.values(), array.from(), strides(array.shape()));
    }

    /** The part of an array that begins at a position. */
    static StridedView from(HeapArray array, List<Long> position) {
        int[] strides = strides(array.shape());
        int first = array.from();
        for (int axis = 0; axis < strides.length; axis++) {
            first += Math.toIntExact(position.get(axis)) * strides[axis];
        }
        return new StridedView(array.values(), first, strides);
    }

    /** An array whose sizes are equal or 1, or whose rank is 0, repeated over a shape. */
    static StridedView over(HeapArray array, Shape shape) {
        if (array.shape().rank() == 0) {
            return new StridedView(array.values(), array.from(), new int[shape.rank()]);
        }
        int[] strides = strides(array.shape());
        for (int axis = 0; axis < strides.length; axis++) {
            strides[axis] = array.shape().dim(axis) == 1 ? 0 : strides[axis];
        }
        return new StridedView(array.values(), array.from(), strides);
    }

    /** The same with its axes in another order. */
    StridedView permuted(List<Integer> axes) {
        return new StridedView(
                values, first, axes.stream().mapToInt(axis -> strides[axis]).toArray());
    }

    /** Slice {@code index} along an axis, and what follows. */
    StridedView slice(int axis, int index) {
        return new StridedView(values, first + index * strides[axis], strides);
    }

    static int[] strides(Shape shape) {
        int[] strides = new int[shape.rank()];
        int stride = 1;
        for (int axis = strides.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= Math.toIntExact(shape.dim(axis));
        }
        return strides;
    }
}
