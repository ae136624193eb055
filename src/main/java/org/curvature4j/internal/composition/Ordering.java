package org.curvature4j.internal.composition;

import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Indices;
import org.curvature4j.op.Ops;

/**
 * The first elements along an axis by size, in order. Each one's place is the number of elements before it, found by
 * comparing it with all others, so that the values are sums of chosen elements and have their derivative.
 *
 * @param indices where they stand along the axis
 */
public record Ordering(Node values, Node indices) {

    /** How many numbers are compared at once, for a bound on memory. */
    public static Shape work(Shape shape, int axis, long count) {
        long size = shape.dim(axis);
        return Shape.of(shape.size(), Math.max(size, count));
    }

    /**
     * The largest, or smallest, elements; of equal ones those that stand first. What is no number counts as larger than all
     * numbers, as in PyTorch, and so as the last of the smallest.
     */
    public static Ordering of(Ops o, Node x, int axis, long count, boolean largest) {
        int last = x.shape().rank() - 1;
        Node moved = Axes.move(o, x, axis, last);
        Node places = places(o, moved, o.reshape(moved, moved.shape().append(1)), largest);
        Node numbers = Selections.counting(o, DType.INT64, moved.shape().dim(last));
        Node all = o.broadcast(Broadcasting.along(o, numbers, last, last + 1), moved.shape());
        return new Ordering(chosen(o, moved, places, axis, count), chosen(o, all, places, axis, count));
    }

    /** Elements at their places, as far as there are so many. */
    private static Node chosen(Ops o, Node elements, Node places, int axis, long count) {
        int last = elements.shape().rank() - 1;
        return Axes.move(
                o, o.scatterAdd(elements, last, places, elements.shape().with(last, count)), last, axis);
    }

    /** Held constant: that an element equals itself is no tie. */
    private static Node isNaN(Ops o, Node x) {
        Node held = o.stopGradient(x);
        return o.apply(Comparison.NE, held, held);
    }

    /** How many elements come before each. */
    private static Node places(Ops o, Node moved, Node own, boolean largest) {
        int last = moved.shape().rank() - 1;
        int size = Math.toIntExact(moved.shape().dim(last));
        int others = Math.max(0, size - 1);
        int[] indices = new int[Math.multiplyExact(size, others)];
        double[] earlier = new double[indices.length];
        for (int i = 0; i < indices.length; i++) {
            int element = i / others;
            int other = i % others < element ? i % others : i % others + 1;
            indices[i] = other;
            earlier[i] = other < element ? 1 : 0;
        }
        Shape pairs = moved.shape().dropLast().append(size).append(others);
        Node rivals = o.reshape(o.gather(moved, last, Indices.of(indices)), pairs);
        Node isEarlier = o.constant(
                new TensorType(DType.BOOL, Shape.ones(last + 2).with(last, size).with(last + 1, others)), earlier);
        Node wins = o.apply(largest ? Comparison.GT : Comparison.LT, rivals, own);
        Node equals = o.apply(Comparison.EQ, rivals, own);
        if (moved.dtype().isFloat()) {
            Node theirs = isNaN(o, rivals);
            Node mine = isNaN(o, own);
            Node differ = o.apply(Comparison.AND, o.apply(Comparison.XOR, theirs, mine), largest ? theirs : mine);
            wins = o.apply(Comparison.OR, wins, differ);
            equals = o.apply(Comparison.OR, equals, o.apply(Comparison.AND, theirs, mine));
        }
        Node ties = o.apply(Comparison.AND, equals, isEarlier);
        Node counts = o.sum(o.cast(o.apply(Comparison.OR, wins, ties), DType.INT64), List.of(last + 1));
        return o.reshape(counts, moved.shape());
    }
}
