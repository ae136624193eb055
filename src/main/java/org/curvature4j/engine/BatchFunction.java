package org.curvature4j.engine;

import org.curvature4j.host.Progress;
import org.curvature4j.host.RowSink;
import org.curvature4j.host.RowSource;

/** A prepared function of rows of numbers. Safe for several threads; owns native memory until it is closed. */
public interface BatchFunction extends AutoCloseable {

    /** Computes each row of the source and gives the results to the sink. */
    void evaluate(RowSource source, RowSink sink, Progress progress);

    /** Frees what was kept for the next call. */
    @Override
    void close();
}
