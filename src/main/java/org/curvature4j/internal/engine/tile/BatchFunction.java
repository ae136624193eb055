package org.curvature4j.internal.engine.tile;

import java.util.List;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSink;
import org.curvature4j.stream.RowSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A prepared function of rows of numbers. Safe for several threads; owns native memory until it is closed. */
public interface BatchFunction extends AutoCloseable {

    /** Computes each row of the source and gives the results to the sink. */
    void evaluate(RowSource source, RowSink sink, Progress progress);

    /**
     * As above, of a function that was prepared without values of the inputs that are the same for all rows.
     *
     * @param feeds these values, which must stay as they are meanwhile
     */
    default void evaluate(RowSource source, List<INDArray> feeds, RowSink sink, Progress progress) {
        throw new IllegalStateException("function: expected to be prepared without values, got one that holds them");
    }

    /**
     * What computes it and how, in one line. What stands before the first colon decides the last digits of results; what
     * comes after, such as threads and tiles, doesn't.
     */
    String describe();

    /** The same of what computes one row by itself, where that is something else. */
    default String describeOne() {
        return describe();
    }

    /**
     * Computes one row, on the calling thread.
     *
     * @param point the row, from the start; not modified
     * @param result takes the result, from the start
     */
    default void evaluate(double[] point, double[] result) {
        RowSource source = RowSource.of(1, (first, count, into) -> System.arraycopy(point, 0, into, 0, point.length));
        evaluate(source, (first, count, rows) -> System.arraycopy(rows, 0, result, 0, result.length), Progress.NONE);
    }

    /** Frees what was kept for the next call. */
    @Override
    void close();
}
