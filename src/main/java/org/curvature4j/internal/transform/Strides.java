package org.curvature4j.internal.transform;

import java.util.List;
import org.curvature4j.graph.Shape;

/** Where the elements of a block stand in row-major values: the place of the first, and a step for each axis. */
final class Strides {
    private final Shape shape;
    private final long offset;
    private final long[] steps;

    private Strides(Shape shape, long offset, long[] steps) {
        this.shape = shape;
        this.offset = offset;
        this.steps = steps;
    }

    /** All of a tensor. */
    static Strides of(Shape shape) {
        long[] steps = new long[shape.rank()];
        long step = 1;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            steps[axis] = step;
            step *= shape.dim(axis);
        }
        return new Strides(shape, 0, steps);
    }

    /** A tensor, its axes of size 1 (or itself, a scalar) repeated. */
    static Strides repeated(Shape from, Shape to) {
        long[] steps = new long[to.rank()];
        if (from.rank() != 0) {
            long[] own = of(from).steps;
            for (int axis = 0; axis < steps.length; axis++) {
                steps[axis] = from.dim(axis) == 1 ? 0 : own[axis];
            }
        }
        return new Strides(to, 0, steps);
    }

    static Strides permuted(Shape from, List<Integer> axes, Shape to) {
        long[] own = of(from).steps;
        return new Strides(to, 0, axes.stream().mapToLong(axis -> own[axis]).toArray());
    }

    static Strides block(Shape whole, List<Long> starts, Shape sizes) {
        long[] steps = of(whole).steps;
        long offset = 0;
        for (int axis = 0; axis < steps.length; axis++) {
            offset += starts.get(axis) * steps[axis];
        }
        return new Strides(sizes, offset, steps);
    }

    /** The position of each element of the block, row-major. */
    int[] positions() {
        int[] positions = new int[Math.toIntExact(shape.size())];
        long[] index = new long[shape.rank()];
        long position = offset;
        for (int i = 0; i < positions.length; i++) {
            positions[i] = Math.toIntExact(position);
            int axis = shape.rank() - 1;
            while (axis >= 0 && index[axis] == shape.dim(axis) - 1) {
                position -= index[axis] * steps[axis];
                index[axis--] = 0;
            }
            if (axis >= 0) {
                index[axis]++;
                position += steps[axis];
            }
        }
        return positions;
    }
}
