package org.curvature4j.stream;

/** Rows of numbers, had by ranges in any order and from several threads at once. */
public interface RowSource {
    /** How many rows there are. */
    long rows();

    /** Writes {@code count} rows from {@code first} on, row-major, to the start of {@code into}. */
    void read(long first, int count, double[] into);
}
