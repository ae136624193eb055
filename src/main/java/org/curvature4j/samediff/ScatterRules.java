package org.curvature4j.samediff;

import static org.curvature4j.samediff.Smoothness.KINKS;
import static org.curvature4j.samediff.Smoothness.SMOOTH;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.composition.Reductions;
import org.curvature4j.internal.composition.Scatters;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.IndexCheck;
import org.curvature4j.op.Indices;
import org.curvature4j.op.Ops;

/** Rows written or combined at positions along the first axis, and rows combined by segment. Positions are constants. */
final class ScatterRules {
    private static final String KNOWN = "indices known at import";

    private static final String TIES = KNOWN + "; equal extremes share the derivative";

    private ScatterRules() {}

    static void addTo(RuleTable table) {
        table.add("scatter_add", SMOOTH, KNOWN, call -> List.of(call.ops().add(call.input(0), scatterAdd(call))));
        table.add("scatter_sub", SMOOTH, KNOWN, call -> List.of(call.ops().sub(call.input(0), scatterAdd(call))));
        table.add("scatter_mul", SMOOTH, KNOWN, call -> scatter(call, Reductions::times));
        table.add("scatter_div", SMOOTH, KNOWN, call -> scatter(call, Ops::div));
        table.add("scatter_max", KINKS, TIES, call -> scatterExtreme(call, Elementwise.MAX));
        table.add("scatter_min", KINKS, TIES, call -> scatterExtreme(call, Elementwise.MIN));
        table.add(
                "scatter_update", SMOOTH, KNOWN + "; the last of equal indices stays", call -> List.of(replaced(call)));
        for (String prefix : List.of("segment", "unsorted_segment")) {
            table.add(prefix + "_sum", SMOOTH, KNOWN, call -> List.of(segmentSum(call)));
            table.add(prefix + "_mean", SMOOTH, KNOWN, call -> List.of(divideByCount(call, 1)));
            table.add(prefix + "_prod", SMOOTH, KNOWN, call -> segment(call, Reductions::times));
            table.add(prefix + "_max", KINKS, TIES, call -> segmentExtreme(call, Elementwise.MAX));
            table.add(prefix + "_min", KINKS, TIES, call -> segmentExtreme(call, Elementwise.MIN));
        }
        table.add("unsorted_segment_sqrt_n", SMOOTH, KNOWN, call -> List.of(divideByCount(call, 0.5)));
    }

    /** Positions of slices written to, from 0 on, where a negative one would be a slip. */
    static void check(String operation, long size, long... positions) {
        IndexCheck check = new IndexCheck(operation, size, IndexCheck.Negative.REFUSED);
        Arrays.stream(positions).forEach(check::checked);
    }

    private static int[] positions(OpCall call) {
        check("scatter", call.input(0).shape().dim(0), call.constantIntegers(1, "indices"));
        return ids(call);
    }

    private static int[] ids(OpCall call) {
        return Arrays.stream(call.constantIntegers(1, "indices"))
                .mapToInt(Math::toIntExact)
                .toArray();
    }

    /** Rows of a tensor, one for each index. */
    private static Node rows(Ops o, Node x, Shape like, int count) {
        return o.reshape(x, like.with(0, count));
    }

    private static Node scatterAdd(OpCall call) {
        int[] positions = positions(call);
        Shape shape = call.input(0).shape();
        Node updates = rows(call.ops(), call.input(2), shape, positions.length);
        return Scatters.sums(call.ops(), updates, positions, shape.dim(0));
    }

    private static Node replaced(OpCall call) {
        int[] positions = positions(call);
        Node start = call.input(0);
        return Scatters.replaced(
                call.ops(), start, rows(call.ops(), call.input(2), start.shape(), positions.length), positions);
    }

    private static List<Node> scatter(OpCall call, Scatters.Combination combine) {
        int[] positions = positions(call);
        Node updates = rows(call.ops(), call.input(2), call.input(0).shape(), positions.length);
        return List.of(Scatters.combined(call.ops(), call.input(0), updates, positions, combine));
    }

    private static List<Node> scatterExtreme(OpCall call, Elementwise extreme) {
        Ops o = call.ops();
        int[] positions = positions(call);
        Node start = call.input(0);
        Node updates = rows(o, call.input(2), start.shape(), positions.length);
        return List.of(Scatters.extremes(o, start, updates, positions, extreme));
    }

    private static List<Node> segmentExtreme(OpCall call, Elementwise extreme) {
        Node value = segment(call, (a, x, y) -> a.apply(extreme, x, y)).get(0);
        return List.of(Scatters.shared(call.ops(), value, call.input(0), positions(call)));
    }

    private static int segments(OpCall call, int[] ids) {
        int needed = Arrays.stream(ids).max().orElse(-1) + 1;
        long count =
                call.inputCount() > 2 ? call.constantIntegers(2, "a number of segments")[0] : call.integer(0, needed);
        check("segment", count, Arrays.stream(ids).asLongStream().toArray());
        return (int) count;
    }

    private static Node segmentSum(OpCall call) {
        int[] ids = ids(call);
        return Scatters.sums(call.ops(), call.input(0), ids, segments(call, ids));
    }

    private static Node divideByCount(OpCall call, double power) {
        Ops o = call.ops();
        int[] ids = ids(call);
        double[] counts = new double[segments(call, ids)];
        Arrays.stream(ids).forEach(id -> counts[id]++);
        double[] divisors = Arrays.stream(counts)
                .map(count -> Math.pow(Math.max(1, count), power))
                .toArray();
        Node sum = segmentSum(call);
        Shape column = Shape.ones(sum.shape().rank()).with(0, divisors.length);
        return o.div(sum, o.constant(new TensorType(sum.dtype(), column), divisors));
    }

    /** Rows combined by segment, neighbours first: a tree, so that of many rows none is as many operations deep. */
    private static List<Node> segment(OpCall call, Scatters.Combination combine) {
        int[] ids = ids(call);
        int[] counts = new int[segments(call, ids)];
        Arrays.stream(ids).forEach(id -> counts[id]++);
        for (int id = 0; id < counts.length; id++) {
            if (counts[id] == 0) {
                throw call.expected("at least one row in each segment", "none in segment " + id);
            }
        }
        List<Integer> order = IntStream.range(0, ids.length)
                .boxed()
                .sorted(Comparator.comparingInt(row -> ids[row]))
                .toList();
        Node rows = call.ops().gather(call.input(0), 0, indices(order));
        while (rows.shape().dim(0) > counts.length) {
            rows = halved(call.ops(), rows, counts, combine);
        }
        return List.of(rows);
    }

    /**
     * Each two neighbours of a segment combined.
     *
     * @param counts how many rows each segment has, one segment after the other; what is left of them after the call
     */
    private static Node halved(Ops o, Node rows, int[] counts, Scatters.Combination combine) {
        List<Integer> left = new ArrayList<>();
        List<Integer> right = new ArrayList<>();
        List<Integer> alone = new ArrayList<>();
        int pairs = Arrays.stream(counts).map(count -> count / 2).sum();
        List<Integer> order = new ArrayList<>();
        int row = 0;
        for (int id = 0; id < counts.length; id++) {
            int end = row + counts[id];
            for (; row + 1 < end; row += 2) {
                order.add(left.size());
                left.add(row);
                right.add(row + 1);
            }
            if (row < end) {
                order.add(pairs + alone.size());
                alone.add(row++);
            }
            counts[id] = (counts[id] + 1) / 2;
        }
        Node pairwise = combine.of(o, o.gather(rows, 0, indices(left)), o.gather(rows, 0, indices(right)));
        return alone.isEmpty()
                ? pairwise
                : o.gather(o.concat(List.of(pairwise, o.gather(rows, 0, indices(alone))), 0), 0, indices(order));
    }

    private static Indices indices(List<Integer> rows) {
        return Indices.of(rows.stream().mapToInt(row -> row).toArray());
    }
}
