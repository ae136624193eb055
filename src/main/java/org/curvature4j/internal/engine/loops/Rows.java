package org.curvature4j.internal.engine.loops;

import org.curvature4j.graph.Shape;

/** An array as rows along its last axes. */
final class Rows {
    private Rows() {}

    /** The first of the last axes over which neighbours lie side by side. */
    static int contiguousFrom(Shape shape, int[] strides) {
        long stride = 1;
        int first = shape.rank();
        while (first > 0 && (shape.dim(first - 1) == 1 || strides[first - 1] == stride)) {
            first--;
            stride *= shape.dim(first);
        }
        return first;
    }

    /** The first of the last axes over which nothing changes. */
    static int constantFrom(Shape shape, int[] strides) {
        int first = shape.rank();
        while (first > 0 && (shape.dim(first - 1) == 1 || strides[first - 1] == 0)) {
            first--;
        }
        return first;
    }

    /** Elements in a row that spans the axes from {@code outer} on. */
    static int length(Shape shape, int outer) {
        int length = 1;
        for (int axis = outer; axis < shape.rank(); axis++) {
            length *= Math.toIntExact(shape.dim(axis));
        }
        return length;
    }

    /** Where rows begin, in row-major order of the axes before {@code outer}. */
    static int[] offsets(Shape shape, int[] strides, int outer, int first) {
        int count = 1;
        for (int axis = 0; axis < outer; axis++) {
            count *= Math.toIntExact(shape.dim(axis));
        }
        int[] offsets = new int[count];
        int[] index = new int[outer];
        int offset = first;
        for (int row = 0; row < count; row++) {
            offsets[row] = offset;
            for (int axis = outer - 1; axis >= 0; axis--) {
                offset += strides[axis];
                if (++index[axis] < shape.dim(axis)) {
                    break;
                }
                offset -= index[axis] * strides[axis];
                index[axis] = 0;
            }
        }
        return offsets;
    }
}
