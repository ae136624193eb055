package org.curvature4j.stream;

/** Rows of numbers, had by ranges in any order and from several threads at once. */
public interface RowSource {
    /** How many rows there are. */
    long rows();

    /** Writes {@code count} rows from {@code first} on, row-major, to the start of {@code into}. */
    void read(long first, int count, double[] into);

    /** Rows {@code first} to {@code first + count - 1} of these, numbered from 0. */
    default RowSource part(long first, long count) {
        return of(count, (from, number, into) -> read(first + from, number, into));
    }

    /** The rows that these are, where nothing is done but to pass them on: what can be made elsewhere shows through. */
    default RowSource origin() {
        return this;
    }

    /** What reads rows of a source. */
    @FunctionalInterface
    interface Reader {
        /** As {@link RowSource#read} does. */
        void read(long first, int count, double[] into);
    }

    /** So many rows, read by a function. */
    static RowSource of(long rows, Reader reader) {
        return new RowSource() {
            @Override
            public long rows() {
                return rows;
            }

            @Override
            public void read(long first, int count, double[] into) {
                reader.read(first, count, into);
            }
        };
    }
}
