package org.curvature4j.internal.engine.program;

import org.curvature4j.graph.Strides;

/**
 * Where rows lie of which each is found by one computed position: runs of memory in an array that has the axis of the
 * positions, and in the other one.
 *
 * @param starts of the rows in the first array, were all positions 0
 * @param positions where each row's position lies
 * @param others starts of the rows in the other array
 * @param length of a row
 * @param size how many positions there are
 * @param step from one to the next
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record LookupRows(int[] starts, int[] positions, int[] others, int length, int size, int step) {

    /**
     * @param table the array that positions lead into
     * @param positions repeated over the other array where their sizes are 1
     * @param other the array with an element for each position, row-major
     */
    public static LookupRows of(Strides table, Strides positions, Strides other, int axis) {
        Strides first =
                table.slice(axis, 0, Math.min(1, table.shape().dim(axis))).broadcast(other.shape());
        Strides spread = positions.broadcast(other.shape());
        int outer = Math.max(axis + 1, Math.max(spread.constantFrom(), first.contiguousFrom()));
        return new LookupRows(
                first.leading(outer).positions(),
                spread.leading(outer).positions(),
                other.leading(outer).positions(),
                Math.toIntExact(other.shape().sizeFrom(outer)),
                Math.toIntExact(table.shape().dim(axis)),
                Math.toIntExact(table.step(axis)));
    }

    public int count() {
        return starts.length;
    }

    /** Where a row's position lies. */
    public int position(int row) {
        return positions[row];
    }

    /** Where a row lies in the other array. */
    public int other(int row) {
        return others[row];
    }

    /** Where a row lies in the table; negative where there is no such position. */
    public int at(int row, double position) {
        return position >= 0 && position < size ? starts[row] + ((int) position) * step : -1;
    }
}
