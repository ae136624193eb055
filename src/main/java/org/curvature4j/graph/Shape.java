package org.curvature4j.graph;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Sizes of a tensor's axes, all known and none negative; rank 0 is a scalar. Immutable. */
public final class Shape {
    /** That of a single number: no axes. */
    public static final Shape SCALAR = new Shape(new long[0]);

    private final long[] dims;

    private Shape(long[] dims) {
        this.dims = dims;
    }

    /** The shape of these sizes, from the first axis on. */
    public static Shape of(long... dims) {
        for (long dim : dims) {
            if (dim < 0) {
                throw new IllegalArgumentException("shape: expected sizes of at least 0, got " + Arrays.toString(dims)
                        + " (every axis needs a known size here)");
            }
        }
        return dims.length == 0 ? SCALAR : new Shape(dims.clone());
    }

    /** How many axes there are. */
    public int rank() {
        return dims.length;
    }

    /** The size along an axis, from 0. */
    public long dim(int axis) {
        return dims[axis];
    }

    /**
     * Number of elements.
     *
     * @throws IllegalArgumentException if that is 2^63 or more
     */
    public long size() {
        return sizeFrom(0);
    }

    /** Number of elements along the axes from this one on, as {@link #size()} has it. */
    public long sizeFrom(int axis) {
        long size = 1;
        for (int i = axis; i < dims.length; i++) {
            long dim = dims[i];
            if (dim > 0 && size > Long.MAX_VALUE / dim) {
                throw new IllegalArgumentException("shape: expected sizes that an array can have, got " + this);
            }
            size *= dim;
        }
        return size;
    }

    /** The sizes, a new array. */
    public long[] toArray() {
        return dims.clone();
    }

    /** This shape with one axis resized. */
    public Shape with(int axis, long dim) {
        long[] changed = dims.clone();
        changed[axis] = dim;
        return of(changed);
    }

    /** This shape with one more axis at the end. */
    public Shape append(long dim) {
        long[] longer = Arrays.copyOf(dims, dims.length + 1);
        longer[dims.length] = dim;
        return of(longer);
    }

    /** This shape without its last axis. */
    public Shape dropLast() {
        return of(Arrays.copyOf(dims, dims.length - 1));
    }

    /** The shape to which two shapes broadcast: one has rank 0, or in each axis sizes are equal or one of them is 1. */
    public Shape joined(Shape other) {
        if (rank() == 0 || other.rank() == 0) {
            return rank() == 0 ? other : this;
        }
        long[] joined = dims.clone();
        for (int axis = 0; axis < joined.length; axis++) {
            joined[axis] = joined[axis] == 1 ? other.dims[axis] : joined[axis];
        }
        return of(joined);
    }

    /** A shape of ones, with the given number of axes. */
    public static Shape ones(int rank) {
        long[] ones = new long[rank];
        Arrays.fill(ones, 1);
        return of(ones);
    }

    /** The axes in which this shape has size 1 and the other, of the same rank, has not. */
    public int[] axesExpandedTo(Shape other) {
        return IntStream.range(0, rank())
                .filter(axis -> dims[axis] == 1 && other.dims[axis] != 1)
                .toArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dims);
    }

    @Override
    public String toString() {
        return Arrays.toString(dims);
    }
}
