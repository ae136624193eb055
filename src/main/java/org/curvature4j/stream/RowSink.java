package org.curvature4j.stream;

/** Takes rows of numbers by ranges, in any order and from several threads at once, each range once. */
@FunctionalInterface
public interface RowSink {
    /** Takes {@code count} rows, row-major from the start of {@code rows}, as rows {@code first} and on. */
    void write(long first, int count, double[] rows);

    /** A sink for the same rows numbered otherwise: its row 0 is this one's row {@code offset}. */
    default RowSink from(long offset) {
        return (first, count, rows) -> write(offset + first, count, rows);
    }

    /** The sink that this is, where nothing is done but to pass rows on: what can take them elsewhere shows through. */
    default RowSink origin() {
        return this;
    }
}
