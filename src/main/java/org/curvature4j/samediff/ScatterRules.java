package org.curvature4j.samediff;

import static org.curvature4j.samediff.Smoothness.KINKS;
import static org.curvature4j.samediff.Smoothness.SMOOTH;

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
        table.add("scatter_mul", SMOOTH, KNOWN, call -> scatter(call, Ops::mul));
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
            table.add(prefix + "_prod", SMOOTH, KNOWN, call -> segment(call, Ops::mul));
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
        Node result = start;
        boolean[] done = new boolean[positions.length];
        while (IntStream.range(0, done.length).anyMatch(i -> !done[i])) {
            boolean[] met = new boolean[(int) start.shape().dim(0)];
            List<Integer> round = new ArrayList<>();
            for (int i = 0; i < positions.length; i++) {
                if (!done[i] && !met[positions[i]]) {
                    met[positions[i]] = true;
                    done[i] = true;
                    round.add(i);
                }
            }
            int[] from = round.stream().mapToInt(i -> i).toArray();
            int[] to = round.stream().mapToInt(i -> positions[i]).toArray();
            result = combineRows(o, result, o.gather(updates, 0, Indices.of(from)), to, combine);
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

    /** Rows combined by segment; the first of each segment starts it. */
    private static List<Node> segment(OpCall call, RuleTable.Binary combine) {
        Ops o = call.ops();
        int[] ids = ids(call);
        int[] first = new int[segments(call, ids)];
        Arrays.fill(first, -1);
        List<Integer> others = new ArrayList<>();
        for (int i = 0; i < ids.length; i++) {
            if (first[ids[i]] < 0) {
                first[ids[i]] = i;
            } else {
                others.add(i);
            }
        }
        int empty = Arrays.stream(first).boxed().toList().indexOf(-1);
        if (empty >= 0) {
            throw call.expected("at least one row in each segment", "none in segment " + empty);
        }
        Node start = o.gather(call.input(0), 0, Indices.of(first));
        int[] from = others.stream().mapToInt(i -> i).toArray();
        int[] to = others.stream().mapToInt(i -> ids[i]).toArray();
        Node rest = o.gather(call.input(0), 0, Indices.of(from));
        return List.of(inRounds(o, start, rest, to, combine));
    }
}
