package org.curvature4j.spark;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;
import org.curvature4j.internal.host.Kept;

/**
 * Appends columns to the rows of a partition.
 *
 * @param id by which executors know the function again
 * @param graph its bytes
 * @param definition what is meant of it
 * @param read the columns of the points, then those of each of the data
 * @param wanted what to append, in this order
 * @param lengths numbers of each in a row
 * @param isFloat whether points and results are float32
 */
record ColumnTask(
        String id,
        Broadcast<byte[]> graph,
        FunctionDefinition definition,
        List<Columns> read,
        List<Derived> wanted,
        List<Integer> lengths,
        boolean isFloat)
        implements MapPartitionsFunction<Row, Row> {
    /** Functions that an executor keeps prepared, beside those in use. */
    private static final int FUNCTIONS = 8;

    private static final Kept<String, PreparedColumns> PREPARED = new Kept<>(FUNCTIONS);

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        if (!rows.hasNext()) {
            return rows;
        }
        Executors.prepare();
        var lease = PREPARED.lease(
                id, () -> new PreparedColumns(SparkFunction.build(SavedGraph.load(graph.value()), definition)));
        ColumnRows computed = new ColumnRows(this, lease.value(), rows);
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> {
            computed.close();
            lease.close();
        });
        return computed;
    }
}
