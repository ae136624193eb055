package org.curvature4j;

import java.util.List;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.host.Progress;
import org.curvature4j.host.RowSink;
import org.curvature4j.host.RowSource;
import org.curvature4j.internal.transform.Derivatives;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The exact Jacobian of a function, J[i,j] = df_i / dx_j, prepared for many points. Safe for several threads; owns native
 * memory, which closing frees.
 */
public final class Jacobian implements AutoCloseable {
    private final TensorFunction function;
    private final PointFunction points;

    private Jacobian(TensorFunction function, Derivatives.Mode mode) {
        this.function = function;
        TensorType result = function.pointType().withShape(Shape.of(function.outputSize(), function.inputSize()));
        this.points = new PointFunction(Engines.jacobian(function, mode), function.pointType(), result);
    }

    /**
     * Prepares the Jacobian of a SameDiff graph's output, flattened row-major; the graph isn't modified.
     *
     * @param withRespectTo placeholders or variables, flattened in this order, each row-major
     * @throws IllegalArgumentException where the graph can't be taken over, saying why
     */
    public static Jacobian of(SameDiff graph, String output, String... withRespectTo) {
        return of(TensorFunction.of(graph, output, withRespectTo));
    }

    /** Prepares the Jacobian of a function, in the mode with fewer products. */
    public static Jacobian of(TensorFunction function) {
        return new Jacobian(function, Derivatives.Mode.AUTO);
    }

    /** Prepares the Jacobian of a function in forward or reverse mode; the results agree to rounding. */
    public static Jacobian of(TensorFunction function, Derivatives.Mode mode) {
        return new Jacobian(function, mode);
    }

    /**
     * The Jacobian at one point, [n] or any shape with n numbers; not modified.
     *
     * @return [m, n]; owned by the caller
     */
    public INDArray at(INDArray point) {
        return points.at(point);
    }

    /**
     * As {@link #at(INDArray)}, into an array of yours: [m, n], row-major, of the points' type.
     *
     * @throws IllegalArgumentException if it isn't such an array
     */
    public void at(INDArray point, INDArray result) {
        points.at(point, result);
    }

    /**
     * The Jacobian at one point of n numbers, as Java numbers: the quickest way to a single one.
     *
     * @return [m, n] row-major, a new array
     */
    public double[] at(double[] point) {
        return points.at(point);
    }

    /** As {@link #at(double[])}, into an array of yours; allocates nothing where the engine is fused code. */
    public void at(double[] point, double[] result) {
        points.at(point, result);
    }

    /**
     * The Jacobians at a batch of points.
     *
     * @param batch [B, n], or [B, ...] with n numbers a point; not modified
     * @return [B, m, n]; owned by the caller
     */
    public INDArray batch(INDArray batch) {
        return points.batch(batch);
    }

    /**
     * As {@link #batch(INDArray)}, into an array of yours, which saves the time to get fresh memory.
     *
     * @param batch not modified, and not overlapping the results
     * @param results [B, m, n], row-major, of the points' type
     * @throws IllegalArgumentException if the results aren't such an array
     */
    public void batch(INDArray batch, INDArray results) {
        points.batch(batch, results);
    }

    /**
     * The Jacobians at B points, as Java numbers, into an array of yours.
     *
     * @param batch B points of n numbers, one after the other; not modified
     * @param results [B, m, n], row-major
     */
    public void batch(double[] batch, double[] results) {
        points.batch(batch, results);
    }

    /** Jacobians of points that stream in, row-major m by n numbers each; memory is bounded by the tile, not the batch. */
    public void stream(RowSource source, RowSink sink, Progress progress) {
        points.stream(source, sink, progress);
    }

    /** What computes it and how, in one line for people. */
    public String describe() {
        return points.describe();
    }

    /** How columns are laid out. */
    public List<Block> blocks() {
        return function.blocks();
    }

    /** The function whose Jacobian this is. */
    public TensorFunction function() {
        return function;
    }

    @Override
    public void close() {
        points.close();
    }
}
