package org.curvature4j;

import java.util.stream.LongStream;

/** Shapes as arrays, as ND4J takes them. */
final class Shapes {
    private Shapes() {}

    static long[] prepend(long first, long... rest) {
        return LongStream.concat(LongStream.of(first), LongStream.of(rest)).toArray();
    }
}
