package org.curvature4j.op;

import java.util.Arrays;

/** Positions along an axis, fixed when the graph is made. Immutable, compared by content. */
public final class Indices {
    private final int[] values;

    private Indices(int[] values) {
        this.values = values;
    }

    /** These indices; copied. */
    public static Indices of(int... values) {
        return new Indices(values.clone());
    }

    /** How many there are. */
    public int count() {
        return values.length;
    }

    /** One of them. */
    public int get(int position) {
        return values[position];
    }

    /** The indices, a new array. */
    public int[] toArray() {
        return values.clone();
    }

    /** Throws unless each index is at least 0 and less than the axis' size. */
    void checkWithin(String op, long size) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] < 0 || values[i] >= size) {
                throw new IllegalArgumentException(
                        op + ": expected indices from 0 to " + (size - 1) + ", got " + values[i] + " at position " + i);
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Indices indices && Arrays.equals(values, indices.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return values.length <= 8 ? Arrays.toString(values) : "[" + values[0] + ", ... " + values.length + "]";
    }
}
