package org.curvature4j.operator;

/**
 * Coordinates that follow each other.
 *
 * @param from the first, counted from 0
 * @param size how many
 */
public record Range(int from, int size) {
    public Range {
        if (from < 0 || size < 1 || from > Integer.MAX_VALUE - size) {
            throw new IllegalArgumentException(
                    "range: expected a first coordinate of 0 or more and a size of 1 or more, got " + from + " and "
                            + size);
        }
    }

    /** The first coordinate behind it. */
    public int to() {
        return from + size;
    }
}
