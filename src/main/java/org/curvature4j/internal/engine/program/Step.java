package org.curvature4j.internal.engine.program;

/** A prepared operation on fixed arrays: running it allocates nothing. */
public interface Step extends AutoCloseable {
    void run();

    @Override
    default void close() {}
}
