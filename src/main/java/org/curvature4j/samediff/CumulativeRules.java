package org.curvature4j.samediff;

import static org.curvature4j.samediff.Smoothness.SMOOTH;

import java.util.List;
import org.curvature4j.graph.Node;
import org.curvature4j.op.CumulativeSum;
import org.curvature4j.op.Ops;

/** Running sums and products. Arguments: exclusive, reverse, then axes; several axes are run through as one row. */
final class CumulativeRules {
    private CumulativeRules() {}

    static void addTo(RuleTable table) {
        table.add(
                "cumsum",
                SMOOTH,
                call -> along(
                        call,
                        (o, x, axis, exclusive, reverse) -> o.apply(new CumulativeSum(axis, exclusive, reverse), x)));
        table.add("cumprod", SMOOTH, "derivatives exact at zeros", call -> along(call, CumulativeRules::product));
    }

    private interface Running {
        Node apply(Ops ops, Node x, int axis, boolean exclusive, boolean reverse);
    }

    private static List<Node> along(OpCall call, Running running) {
        Ops o = call.ops();
        Node x = call.input(0);
        boolean exclusive = call.integer(0, 0) != 0;
        boolean reverse = call.integer(1, 0) != 0;
        long[] written = call.inputCount() > 1 ? call.constantIntegers(1, "axes") : call.integersFrom(2);
        List<Integer> axes = call.axes(written, x.shape().rank());
        if (axes.size() == 1) {
            return List.of(running.apply(o, x, axes.get(0), exclusive, reverse));
        }
        Reductions.Flattened row = Reductions.Flattened.of(o, x, axes);
        Node result = running.apply(o, row.node(), row.axis(), exclusive, reverse);
        return List.of(row.restore(o, result, x.shape()));
    }

    /** In about log n rounds, each multiplying by what stands a power of two earlier: Hillis and Steele 1986. */
    private static Node product(Ops o, Node x, int axis, boolean exclusive, boolean reverse) {
        Node forward = reverse ? SliceRules.flip(o, x, axis) : x;
        long size = x.shape().dim(axis);
        Node result = exclusive ? shifted(o, forward, axis, size) : forward;
        for (long step = 1; step < size; step *= 2) {
            // What has nothing that stands so far before it stays as it is: times 1 it would be lost where it is
            // infinite.
            Node earlier = o.slice(result, axis, 0, size - step);
            Node multiplied = Reductions.times(o, o.slice(result, axis, step, size), earlier);
            result = o.concat(List.of(o.slice(result, axis, 0, step), multiplied), axis);
        }
        return reverse ? SliceRules.flip(o, result, axis) : result;
    }

    /** Moved one towards the end, a one coming in. */
    private static Node shifted(Ops o, Node x, int axis, long size) {
        Node ones = o.builder().literal(x.type().withShape(x.shape().with(axis, 1)), 1);
        return o.concat(List.of(ones, o.slice(x, axis, 0, size - 1)), axis);
    }
}
