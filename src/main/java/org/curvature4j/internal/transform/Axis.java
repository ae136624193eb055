package org.curvature4j.internal.transform;

/** An axis of a {@link Term} by identity: wherever the same one stands, the same index runs. */
final class Axis {
    private final long size;

    Axis(long size) {
        this.size = size;
    }

    long size() {
        return size;
    }

    /** Whether an index runs here at all; an axis of size 1 stands in a result's shape but in no factor. */
    boolean runs() {
        return size != 1;
    }

    @Override
    public String toString() {
        return "axis of " + size;
    }
}
