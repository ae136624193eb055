package org.curvature4j.internal.cli.subject;

import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSink;
import org.curvature4j.stream.RowSource;

/** How rows become results, the same ones whatever they are computed together with. */
@FunctionalInterface
public interface Streaming {
    void stream(RowSource rows, RowSink results, Progress progress);

    /** The same over some of the rows only, whose results keep their places. */
    static void part(Streaming whole, RowSource rows, long first, long count, RowSink results, Progress progress) {
        whole.stream(rows.origin().part(first, count), results.from(first), progress);
    }
}
