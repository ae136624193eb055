package org.curvature4j.samediff;

import static org.curvature4j.samediff.Smoothness.KINKS;
import static org.curvature4j.samediff.Smoothness.SMOOTH;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.IndexCheck;
import org.curvature4j.op.Indexing;
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
                "scatter_update",
                SMOOTH,
                KNOWN + "; the last of equal indices stays",
                call -> scatter(call, (o, x, y) -> y));
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
        return call.ops().apply(new Indexing.ScatterAdd(0, Indices.of(positions), shape.dim(0)), updates);
    }

    private static List<Node> scatter(OpCall call, RuleTable.Binary combine) {
        int[] positions = positions(call);
        Node updates = rows(call.ops(), call.input(2), call.input(0).shape(), positions.length);
        return List.of(inRounds(call.ops(), call.input(0), updates, positions, combine));
    }

    /** Combines row i of the updates into row {@code positions[i]}: in each round, one update of every row at most. */
    private static Node inRounds(Ops o, Node start, Node updates, int[] positions, RuleTable.Binary combine) {
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
            int[] to = round.stream().mapToInt(i -> positions[i]).toArray();
            result = combineRows(o, result, o.gather(updates, 0, indices(round)), to, combine);
        }
        return result;
    }

    private static Node combineRows(Ops o, Node all, Node some, int[] to, RuleTable.Binary combine) {
        Shape shape = all.shape();
        Node old = o.gather(all, 0, Indices.of(to));
        Node placed = o.apply(new Indexing.ScatterAdd(0, Indices.of(to), shape.dim(0)), combine.apply(o, old, some));
        double[] touched = new double[(int) shape.dim(0)];
        Arrays.stream(to).forEach(row -> touched[row] = 1);
        Node isTouched = Literals.of(
                o, new TensorType(DType.BOOL, Shape.ones(shape.rank()).with(0, touched.length)), touched);
        return o.select(isTouched, placed, all);
    }

    private static List<Node> scatterExtreme(OpCall call, Elementwise extreme) {
        Ops o = call.ops();
        int[] positions = positions(call);
        Node start = call.input(0);
        Node updates = rows(o, call.input(2), start.shape(), positions.length);
        int count = (int) start.shape().dim(0);
        int[] ids = IntStream.concat(IntStream.range(0, count), Arrays.stream(positions))
                .toArray();
        Node value = scatter(call, (a, x, y) -> a.apply(extreme, x, y)).get(0);
        return List.of(shared(o, value, o.concat(List.of(start, updates), 0), ids));
    }

    private static List<Node> segmentExtreme(OpCall call, Elementwise extreme) {
        Node value = segment(call, (a, x, y) -> a.apply(extreme, x, y)).get(0);
        return List.of(shared(call.ops(), value, call.input(0), positions(call)));
    }

    /** Extremes of rows by segment, with the derivative of the mean of those rows that attain them. */
    private static Node shared(Ops o, Node value, Node rows, int[] ids) {
        Node extremes = o.stopGradient(value);
        Node attained = o.apply(Comparison.EQ, o.stopGradient(rows), o.gather(extremes, 0, Indices.of(ids)));
        Node weights = o.cast(attained, rows.dtype());
        Indexing.ScatterAdd add =
                new Indexing.ScatterAdd(0, Indices.of(ids), value.shape().dim(0));
        Node mean = o.div(o.apply(add, o.select(attained, rows, o.like(rows, 0))), o.apply(add, weights));
        return o.withPartials(extremes, List.of(mean), List.of(o.ones(value.type())));
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
        return call.ops().apply(new Indexing.ScatterAdd(0, Indices.of(ids), segments(call, ids)), call.input(0));
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
        return o.div(sum, Literals.of(o, new TensorType(sum.dtype(), column), divisors));
    }

    /** Rows combined by segment, neighbours first: a tree, so that of many rows none is as many operations deep. */
    private static List<Node> segment(OpCall call, RuleTable.Binary combine) {
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
    private static Node halved(Ops o, Node rows, int[] counts, RuleTable.Binary combine) {
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
        Node pairwise = combine.apply(o, o.gather(rows, 0, indices(left)), o.gather(rows, 0, indices(right)));
        return alone.isEmpty()
                ? pairwise
                : o.gather(o.concat(List.of(pairwise, o.gather(rows, 0, indices(alone))), 0), 0, indices(order));
    }

    private static Indices indices(List<Integer> rows) {
        return Indices.of(rows.stream().mapToInt(row -> row).toArray());
    }
}
