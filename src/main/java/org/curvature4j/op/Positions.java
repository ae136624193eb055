package org.curvature4j.op;

import java.util.List;
import org.curvature4j.graph.Shape;

/** Where the elements of one row-major array come from, or go to, in another. */
public final class Positions {
    private Positions() {}

    /** From the index of an element in one array to its index in another; may change and return what it gets. */
    public interface Move {
        long[] apply(long[] index);
    }

    /** For each element of {@code over}, the position in {@code in} that the move leads to. */
    public static int[] of(Shape over, Shape in, Move move) {
        int[] positions = new int[Math.toIntExact(over.size())];
        long[] index = new long[over.rank()];
        for (int i = 0; i < positions.length; i++) {
            long position = 0;
            long[] moved = move.apply(index.clone());
            for (int axis = 0; axis < moved.length; axis++) {
                position = position * in.dim(axis) + moved[axis];
            }
            positions[i] = Math.toIntExact(position);
            for (int axis = index.length - 1; axis >= 0 && ++index[axis] == over.dim(axis); axis--) {
                index[axis] = 0;
            }
        }
        return positions;
    }

    /** For each element of a broadcast shape, its position in an array with sizes equal or 1, or of rank 0. */
    public static int[] spread(Shape from, Shape to) {
        if (from.rank() == 0) {
            return new int[Math.toIntExact(to.size())];
        }
        return of(to, from, index -> {
            for (int axis = 0; axis < index.length; axis++) {
                index[axis] = from.dim(axis) == 1 ? 0 : index[axis];
            }
            return index;
        });
    }

    /** For each element of a block, its position in the whole. */
    public static int[] block(Shape block, List<Long> starts, Shape whole) {
        return of(block, whole, index -> shifted(index, starts, 1));
    }

    public static long[] shifted(long[] index, List<Long> by, int sign) {
        for (int axis = 0; axis < index.length; axis++) {
            index[axis] += sign * by.get(axis);
        }
        return index;
    }

    /** The shape to which two shapes broadcast. */
    public static Shape joined(Shape a, Shape b) {
        if (a.rank() == 0 || b.rank() == 0) {
            return a.rank() == 0 ? b : a;
        }
        Shape shape = a;
        for (int axis = 0; axis < shape.rank(); axis++) {
            shape = shape.dim(axis) == 1 ? shape.with(axis, b.dim(axis)) : shape;
        }
        return shape;
    }
}
