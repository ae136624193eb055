package org.curvature4j.spark;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Where programs for Spark begin.
 *
 * <pre>{@code
 * Dataset<Row> spectra = CurvatureSpark.columns(SparkFunction.of(sd, "energy", "x"))
 *         .points("x")
 *         .eigenvalues("spectrum")
 *         .appendTo(rows);
 * try (SparkLoss loss = CurvatureSpark.loss(sd, "loss", rows).column("x", "features").column("y", "label").build();
 *         LinearOperator hessian = loss.hessian()) {
 *     Lanczos.eigenpairs(hessian, LanczosOptions.top(10));
 * }
 * }</pre>
 *
 * <p>A task computes on as many threads as Spark gives it cores ({@code spark.task.cpus}), unless
 * {@code -Dcurvature4j.threads} among {@code spark.executor.extraJavaOptions} says otherwise.
 */
public final class CurvatureSpark {
    private CurvatureSpark() {}

    /** Columns of derivatives and spectra of a function, to be appended to rows that hold its points. */
    public static PointColumns columns(SparkFunction function) {
        return new PointColumns(function);
    }

    /**
     * A loss over the rows of a data set.
     *
     * @param graph not modified; its variables are taken over as they are when the loss is built
     * @param loss the variable with the loss, one number
     * @param rows an example each
     */
    public static SparkLossBuilder loss(SameDiff graph, String loss, Dataset<Row> rows) {
        return new SparkLossBuilder(graph, loss, rows);
    }
}
