package org.curvature4j;

import java.util.List;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.host.Progress;
import org.curvature4j.host.RowSink;
import org.curvature4j.host.RowSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The exact Hessian of a function with one result, H[i,j] = d2f / dx_i dx_j, prepared for many points: forward over
 * reverse differentiation, symmetric to the last bit. Safe for several threads; owns native memory, which closing frees.
 */
public final class Hessian implements AutoCloseable {
    private final TensorFunction function;
    private final PointFunction points;

    private Hessian(TensorFunction function) {
        if (function.outputSize() != 1) {
            throw new IllegalArgumentException("Hessian: expected a function with one result, got "
                    + function.outputShape() + " (pick a component of the output)");
        }
        this.function = function;
        long n = function.inputSize();
        TensorType result = function.pointType().withShape(Shape.of(n, n));
        this.points = new PointFunction(Engines.hessian(function), function.pointType(), result);
    }

    /**
     * Prepares the Hessian of a SameDiff graph's output; the graph isn't modified.
     *
     * @param withRespectTo placeholders or variables, flattened in this order, each row-major
     * @throws IllegalArgumentException where the graph can't be taken over or the output isn't one number, saying why
     */
    public static Hessian of(SameDiff graph, String output, String... withRespectTo) {
        return of(TensorFunction.of(graph, output, withRespectTo));
    }

    /** Prepares the Hessian of a function. */
    public static Hessian of(TensorFunction function) {
        return new Hessian(function);
    }

    /**
     * The Hessian at one point, [n] or any shape with n numbers; not modified.
     *
     * @return [n, n]; owned by the caller
     */
    public INDArray at(INDArray point) {
        return points.at(point);
    }

    /**
     * As {@link #at(INDArray)}, into an array of yours: [n, n], row-major, of the points' type.
     *
     * @throws IllegalArgumentException if it isn't such an array
     */
    public void at(INDArray point, INDArray result) {
        points.at(point, result);
    }

    /**
     * The Hessian at one point of n numbers, as Java numbers: the quickest way to a single one.
     *
     * @return [n, n] row-major, a new array
     */
    public double[] at(double[] point) {
        return points.at(point);
    }

    /** As {@link #at(double[])}, into an array of yours; allocates nothing where the engine is fused code. */
    public void at(double[] point, double[] result) {
        points.at(point, result);
    }

    /**
     * The Hessian at the present values of the graph's variables.
     *
     * @return [n, n]; owned by the caller
     * @throws IllegalStateException if the point holds placeholders
     */
    public INDArray atPresent() {
        try (INDArray point = function.point()) {
            return at(point);
        }
    }

    /**
     * The Hessians at a batch of points.
     *
     * @param batch [B, n], or [B, ...] with n numbers a point; not modified
     * @return [B, n, n]; owned by the caller
     */
    public INDArray batch(INDArray batch) {
        return points.batch(batch);
    }

    /**
     * As {@link #batch(INDArray)}, into an array of yours, which saves the time to get fresh memory.
     *
     * @param batch not modified, and not overlapping the results
     * @param results [B, n, n], row-major, of the points' type
     * @throws IllegalArgumentException if the results aren't such an array
     */
    public void batch(INDArray batch, INDArray results) {
        points.batch(batch, results);
    }

    /**
     * The Hessians at B points, as Java numbers, into an array of yours.
     *
     * @param batch B points of n numbers, one after the other; not modified
     * @param results [B, n, n], row-major
     */
    public void batch(double[] batch, double[] results) {
        points.batch(batch, results);
    }

    /** Hessians of points that stream in, row-major n by n numbers each; memory is bounded by the tile, not the batch. */
    public void stream(RowSource source, RowSink sink, Progress progress) {
        points.stream(source, sink, progress);
    }

    /**
     * How many of some points lie on kinks of the function, where second derivatives are conventions or NaN, and whether they
     * are zero everywhere else. A pass of its own; {@link Kinks} prepares it for many, and streams.
     *
     * @param batch [B, n], or [B, ...] with n numbers a point; not modified
     */
    public KinkReport kinks(INDArray batch) {
        try (Kinks kinks = Kinks.of(function)) {
            return kinks.count(batch);
        }
    }

    /** What computes it and how, in one line for people. */
    public String describe() {
        return points.describe();
    }

    /** How rows and columns are laid out. */
    public List<Block> blocks() {
        return function.blocks();
    }

    /** The function whose Hessian this is. */
    public TensorFunction function() {
        return function;
    }

    @Override
    public void close() {
        points.close();
    }
}
