package org.curvature4j.samediff;

import static org.curvature4j.samediff.SameDiffKernels.variable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Kernels.Value;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Lookups by positions that are alike on all other axes, as operations of a SameDiff graph: its own, which stop at a position
 * that isn't there, and so are told of others only. They have no derivative of SameDiff's; where one is wanted, it is products
 * with rows of zeros and ones.
 */
final class SameDiffLookups {
    private final SameDiff graph;
    private final SameDiffKernels kernels;
    private final boolean trainable;

    SameDiffLookups(SameDiff graph, SameDiffKernels kernels, boolean trainable) {
        this.graph = graph;
        this.kernels = kernels;
        this.trainable = trainable;
    }

    boolean isSuited(Value positions, int axis) {
        return positions.type().shape().dim(axis) == positions.type().size();
    }

    Value gather(Value x, Value positions, int axis) {
        Shape shape = x.type().shape();
        if (trainable) {
            return product(hits(positions, shape.dim(axis)), x, axis, false);
        }
        Value isThere = isThere(positions, shape.dim(axis));
        TensorType type = x.type().withShape(shape.with(axis, positions.type().size()));
        SDVariable taken = graph.gather(variable(x), used(positions, isThere), axis);
        return kernels.select(isThere, new SameDiffKernels.Variable(taken, type), zero(x));
    }

    Value scatterAdd(Value x, Value positions, int axis, long size) {
        if (trainable) {
            return product(hits(positions, size), x, axis, true);
        }
        Value isThere = isThere(positions, size);
        return segments(kernels.select(isThere, x, zero(x)), axis, used(positions, isThere), size);
    }

    /** Sums of the slices along an axis that go to each position. */
    Value segments(Value x, int axis, SDVariable positions, long size) {
        List<Integer> order = swapped(x.type().rank(), axis);
        Value leading = kernels.permute(x, order);
        Shape slices = leading.type().shape();
        long width = slices.size() / slices.dim(0);
        Value flat = kernels.reshape(leading, Shape.of(slices.dim(0), 1, width));
        SDVariable sum = graph.unsortedSegmentSum(variable(flat), positions, Math.toIntExact(size));
        TensorType type = x.type().withShape(Shape.of(size, 1, width));
        Value sums = kernels.reshape(new SameDiffKernels.Variable(sum, type), slices.with(0, size));
        return kernels.permute(sums, order);
    }

    private static List<Integer> swapped(int rank, int axis) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
        Collections.swap(order, 0, axis);
        return order;
    }

    /** [positions, size]: whether a position is the number. */
    private Value hits(Value positions, long size) {
        double[] numbers =
                IntStream.range(0, Math.toIntExact(size)).asDoubleStream().toArray();
        Value row = kernels.constant(TensorType.of(positions.type().dtype(), 1, size), numbers);
        Shape column = Shape.of(positions.type().size(), 1);
        return kernels.test(Comparison.EQ, kernels.reshape(positions, column), row);
    }

    private Value product(Value hits, Value x, int axis, boolean transposed) {
        List<Integer> order = swapped(x.type().rank(), axis);
        Value leading = kernels.permute(x, order);
        Shape shape = leading.type().shape();
        Value rows = kernels.reshape(leading, Shape.of(shape.dim(0), shape.sizeFrom(1)));
        Value sums = kernels.matmul(kernels.cast(hits, x.type().dtype()), rows, transposed, false);
        Shape result = shape.with(0, sums.type().shape().dim(0));
        return kernels.permute(kernels.reshape(sums, result), order);
    }

    private SDVariable used(Value positions, Value isThere) {
        Value used = kernels.select(isThere, positions, zero(positions));
        Value flat = kernels.reshape(used, Shape.of(positions.type().size()));
        return variable(kernels.cast(flat, DType.INT32));
    }

    private Value isThere(Value positions, long size) {
        Value count = kernels.constant(TensorType.of(positions.type().dtype()), (double) size);
        Value isPast = kernels.test(Comparison.GE, positions, zero(positions));
        return kernels.test(Comparison.AND, isPast, kernels.test(Comparison.LT, positions, count));
    }

    private Value zero(Value like) {
        return kernels.constant(TensorType.of(like.type().dtype()), 0);
    }
}
