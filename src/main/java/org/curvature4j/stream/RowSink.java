package org.curvature4j.stream;

/** Takes rows of numbers by ranges, in any order and from several threads at once, each range once. */
public interface RowSink {
    /** Takes {@code count} rows, row-major from the start of {@code rows}, as rows {@code first} and on. */
    void write(long first, int count, double[] rows);
}
