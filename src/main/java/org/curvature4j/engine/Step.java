package org.curvature4j.engine;

/** A prepared operation on fixed arrays: running it allocates nothing. */
interface Step extends AutoCloseable {
    void run();

    @Override
    default void close() {}
}
