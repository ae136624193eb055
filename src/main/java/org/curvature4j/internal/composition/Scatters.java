package org.curvature4j.internal.composition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Indexing;
import org.curvature4j.op.Indices;
import org.curvature4j.op.Ops;

/** Rows written to, or combined with, rows of a tensor: row i of the updates at row {@code positions[i]}. */
public final class Scatters {
    private Scatters() {}

    /** What becomes of an element and the updates that meet it. */
    public enum Reduction {
        REPLACE,
        ADD,
        MULTIPLY,
        LARGEST,
        SMALLEST
    }

    /** What becomes of what is there and what comes. */
    @FunctionalInterface
    public interface Combination {
        Node of(Ops ops, Node old, Node update);
    }

    /** Row i of the updates at row {@code positions[i]}, which are known. */
    public static Node known(Ops o, Node start, Node updates, int[] positions, Reduction reduction) {
        if (reduction == Reduction.REPLACE) {
            return replaced(o, start, updates, positions);
        } else if (reduction == Reduction.ADD) {
            return o.add(start, sums(o, updates, positions, start.shape().dim(0)));
        } else if (reduction == Reduction.MULTIPLY) {
            return combined(o, start, updates, positions, Reductions::times);
        }
        return extremes(
                o, start, updates, positions, reduction == Reduction.LARGEST ? Elementwise.MAX : Elementwise.MIN);
    }

    /**
     * Row i of the updates at row {@code positions[i]}, which are computed, and in range, in each of several tables.
     *
     * @param start [tables, rows, columns]
     * @param updates [tables, updates, columns]
     * @param positions [tables, updates]
     */
    public static Node computed(Ops o, Node start, Node updates, Node positions, Reduction reduction) {
        long rows = start.shape().dim(1);
        List<Integer> among = List.of(1);
        if (reduction == Reduction.ADD) {
            Node places = o.cast(Axes.insert(o, positions, 2), DType.INT64);
            return o.add(start, o.scatterAdd(updates, 1, places, start.shape()));
        }
        Node hits = Selections.hits(o, positions, rows);
        if (reduction == Reduction.REPLACE) {
            Node numbers = Broadcasting.along(
                    o, Selections.counting(o, DType.INT64, positions.shape().dim(1)), 1, 3);
            Node last = o.max(o.select(hits, numbers, o.like(numbers, -1)), among);
            Node source = o.permute(last, List.of(0, 2, 1));
            Node isTouched = o.apply(Comparison.GE, source, o.like(source, 0));
            return o.select(isTouched, o.gather(updates, 1, source), start);
        }
        Node met = Axes.insert(o, hits, 3);
        Node coming = Axes.insert(o, updates, 2);
        if (reduction == Reduction.MULTIPLY) {
            Node factors = Reductions.product(o, o.select(met, coming, o.like(coming, 1)), among);
            return Reductions.times(o, start, Axes.drop(o, factors, among));
        }
        boolean isLargest = reduction == Reduction.LARGEST;
        Node old = Axes.insert(o, isLargest ? start : o.neg(start), 1);
        double least = start.dtype().isFloat() ? Double.NEGATIVE_INFINITY : -0x1p62;
        Node candidates = o.select(met, isLargest ? coming : o.neg(coming), o.like(coming, least));
        Node largest = Axes.drop(o, o.max(o.concat(List.of(old, candidates), 1), among), among);
        return isLargest ? largest : o.neg(largest);
    }

    /** The updates added up by row, where no row is zeros. */
    public static Node sums(Ops o, Node updates, int[] positions, long rows) {
        return o.apply(new Indexing.ScatterAdd(0, Indices.of(positions), rows), updates);
    }

    /** The updates in place of what was there; of several the last. */
    public static Node replaced(Ops o, Node start, Node updates, int... positions) {
        int[] sources = IntStream.range(0, (int) start.shape().dim(0)).toArray();
        for (int i = 0; i < positions.length; i++) {
            sources[positions[i]] = (int) start.shape().dim(0) + i;
        }
        return positions.length == 0 ? start : o.gather(o.concat(List.of(start, updates), 0), 0, Indices.of(sources));
    }

    /** In each round, one update of every row at most. */
    public static Node combined(Ops o, Node start, Node updates, int[] positions, Combination combination) {
        int[] met = new int[(int) start.shape().dim(0)];
        List<List<Integer>> rounds = new ArrayList<>();
        for (int i = 0; i < positions.length; i++) {
            int round = met[positions[i]]++;
            if (round == rounds.size()) {
                rounds.add(new ArrayList<>());
            }
            rounds.get(round).add(i);
        }
        Node result = start;
        for (List<Integer> round : rounds) {
            int[] from = round.stream().mapToInt(i -> i).toArray();
            int[] to = IntStream.of(from).map(i -> positions[i]).toArray();
            result = combineRows(o, result, o.gather(updates, 0, Indices.of(from)), to, combination);
        }
        return result;
    }

    private static Node combineRows(Ops o, Node all, Node some, int[] to, Combination combination) {
        Shape shape = all.shape();
        Node old = o.gather(all, 0, Indices.of(to));
        Node placed = sums(o, combination.of(o, old, some), to, shape.dim(0));
        double[] touched = new double[(int) shape.dim(0)];
        Arrays.stream(to).forEach(row -> touched[row] = 1);
        Node isTouched =
                o.constant(new TensorType(DType.BOOL, Shape.ones(shape.rank()).with(0, touched.length)), touched);
        return o.select(isTouched, placed, all);
    }

    /** The largest or smallest of a row and its updates. */
    public static Node extremes(Ops o, Node start, Node updates, int[] positions, Elementwise extreme) {
        int count = (int) start.shape().dim(0);
        int[] rows = IntStream.concat(IntStream.range(0, count), Arrays.stream(positions))
                .toArray();
        Node value = combined(o, start, updates, positions, (a, x, y) -> a.apply(extreme, x, y));
        return start.dtype().isFloat() ? shared(o, value, o.concat(List.of(start, updates), 0), rows) : value;
    }

    /** Extremes of rows by segment, with the derivative of the mean of those rows that attain them. */
    public static Node shared(Ops o, Node value, Node rows, int... segments) {
        Node extremes = o.stopGradient(value);
        Node attained = o.apply(Comparison.EQ, o.stopGradient(rows), o.gather(extremes, 0, Indices.of(segments)));
        Node weights = o.cast(attained, rows.dtype());
        long count = value.shape().dim(0);
        Node sum = sums(o, o.select(attained, rows, o.like(rows, 0)), segments, count);
        Node mean = o.div(sum, sums(o, weights, segments, count));
        return o.withPartials(extremes, List.of(mean), List.of(o.ones(value.type())));
    }
}
