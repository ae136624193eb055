package org.curvature4j.stream;

/** Rows of numbers, had by ranges in any order and from several threads at once. */
public interface RowSource {
    /** How many rows there are. */
    long rows();

    /** Writes {@code count} rows from {@code first} on, row-major, to the start of {@code into}. */
    void read(long first, int count, double[] into);

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
