package org.curvature4j.samediff;

import static org.curvature4j.samediff.Smoothness.SMOOTH;

import java.util.List;
import org.curvature4j.graph.Node;
import org.curvature4j.internal.composition.Cumulation;
import org.curvature4j.internal.composition.Reductions;
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
        table.add("cumprod", SMOOTH, "derivatives exact at zeros", call -> along(call, Cumulation::product));
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
}
