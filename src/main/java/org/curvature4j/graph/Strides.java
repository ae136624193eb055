package org.curvature4j.graph;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the elements of an array lie in memory: the place of the first, and the distance between neighbours along each
 * axis. Immutable.
 */
public final class Strides {
    private final Shape shape;
    private final long first;
    private final long[] steps;

    private Strides(Shape shape, long first, long... steps) {
        this.shape = shape;
        this.first = first;
        this.steps = steps;
    }

    /** All of a row-major array. */
    public static Strides of(Shape shape) {
        long[] steps = new long[shape.rank()];
        long step = 1;
        for (int axis = steps.length - 1; axis >= 0; axis--) {
            steps[axis] = step;
            step *= shape.dim(axis);
        }
        return new Strides(shape, 0, steps);
    }

    /** The same, so many elements further on. */
    public Strides after(long elements) {
        return new Strides(shape, first + elements, steps);
    }

    /** The part of these sizes that begins at a position. */
    public Strides block(List<Long> starts, Shape sizes) {
        long from = first;
        for (int axis = 0; axis < steps.length; axis++) {
            from += starts.get(axis) * steps[axis];
        }
        return new Strides(sizes, from, steps);
    }

    /** The part along one axis that begins at an index. */
    public Strides slice(int axis, long start, long size) {
        return new Strides(shape.with(axis, size), first + start * steps[axis], steps);
    }

    /** The same with some or all of the axes, in this order; of the others the first element. */
    public Strides axes(List<Integer> axes) {
        return new Strides(
                Shape.of(axes.stream().mapToLong(shape::dim).toArray()),
                first,
                axes.stream().mapToLong(axis -> steps[axis]).toArray());
    }

    /** The first axes, so many of them; of the others the first element. */
    public Strides leading(int count) {
        return new Strides(Shape.of(Arrays.copyOf(shape.toArray(), count)), first, Arrays.copyOf(steps, count));
    }

    /** Repeated over a shape: what is here has rank 0, or sizes that are equal or 1. */
    public Strides broadcast(Shape to) {
        long[] repeated = new long[to.rank()];
        for (int axis = 0; axis < steps.length; axis++) {
            repeated[axis] = shape.dim(axis) == 1 ? 0 : steps[axis];
        }
        return new Strides(to, first, repeated);
    }

    /** The sizes of its axes. */
    public Shape shape() {
        return shape;
    }

    /** The place of the first element. */
    public long first() {
        return first;
    }

    /** The distance between neighbours along an axis. */
    public long step(int axis) {
        return steps[axis];
    }

    /** The distances along all axes; a new array. */
    public long[] steps() {
        return steps.clone();
    }

    /** The place of the last element, of at least one. */
    public long last() {
        long last = first;
        for (int axis = 0; axis < steps.length; axis++) {
            last += steps[axis] * (shape.dim(axis) - 1);
        }
        return last;
    }

    /**
     * The same elements where a row-major array, in which these are places, is laid out anew.
     *
     * @param from the array's shape
     * @param starts where the part that {@code to} lays out begins in it
     * @param to where that part's elements are, with as many axes as the array
     * @return null if an element lies outside the part, or a step along an axis of these crosses from one row to the next
     */
    public @Nullable Strides moved(Shape from, List<Long> starts, Strides to) {
        Strides old = of(from);
        long[] moved = new long[steps.length];
        long place = to.first;
        for (int k = 0; k < from.rank(); k++) {
            long index = first / old.steps[k] % from.dim(k) - starts.get(k);
            long most = index;
            for (int axis = 0; axis < steps.length; axis++) {
                long step = steps[axis] / old.steps[k] % from.dim(k);
                moved[axis] += step * to.steps[k];
                most += step * (shape.dim(axis) - 1);
            }
            if (index < 0 || most >= to.shape.dim(k) || most + starts.get(k) >= from.dim(k)) {
                return null;
            }
            place += index * to.steps[k];
        }
        return new Strides(shape, place, moved);
    }

    /** The first of the last axes over which neighbours lie side by side. */
    public int contiguousFrom() {
        long step = 1;
        int from = shape.rank();
        while (from > 0 && (shape.dim(from - 1) == 1 || steps[from - 1] == step)) {
            from--;
            step *= shape.dim(from);
        }
        return from;
    }

    /** The first of the last axes over which nothing changes. */
    public int constantFrom() {
        int from = shape.rank();
        while (from > 0 && (shape.dim(from - 1) == 1 || steps[from - 1] == 0)) {
            from--;
        }
        return from;
    }

    /** The place of each element, row-major. */
    public int[] positions() {
        int[] positions = new int[Math.toIntExact(shape.size())];
        long[] index = new long[steps.length];
        long position = first;
        for (int i = 0; i < positions.length; i++) {
            positions[i] = Math.toIntExact(position);
            for (int axis = steps.length - 1; axis >= 0; axis--) {
                position += steps[axis];
                if (++index[axis] < shape.dim(axis)) {
                    break;
                }
                position -= index[axis] * steps[axis];
                index[axis] = 0;
            }
        }
        return positions;
    }
}
