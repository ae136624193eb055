package org.curvature4j.samediff;

import static org.curvature4j.samediff.RuleTable.scalar;
import static org.curvature4j.samediff.Smoothness.KINKS;
import static org.curvature4j.samediff.Smoothness.SMOOTH;
import static org.curvature4j.samediff.Smoothness.STEP;

import org.curvature4j.graph.Node;
import org.curvature4j.internal.composition.Remainders;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;

/** A tensor and a number that the graph holds as an attribute: {@code x.add(1.5)} rather than {@code x.add(y)}. */
final class ScalarRules {
    private ScalarRules() {}

    static void addTo(RuleTable table) {
        table.add("add_scalar", SMOOTH, scalar((o, x, c) -> o.add(x, o.like(x, c))));
        table.add("sub_scalar", SMOOTH, scalar((o, x, c) -> o.sub(x, o.like(x, c))));
        table.add("rsub_scalar", SMOOTH, scalar((o, x, c) -> o.sub(o.like(x, c), x)));
        table.add("mul_scalar", SMOOTH, scalar(Ops::mul));
        table.add("div_scalar", SMOOTH, scalar((o, x, c) -> o.div(x, o.like(x, c))));
        table.add("rdiv_scalar", SMOOTH, scalar((o, x, c) -> o.div(o.like(x, c), x)));
        table.add("pow", SMOOTH, scalar(Ops::pow));
        table.add("log_x", SMOOTH, scalar((o, x, c) -> o.mul(o.apply(Elementwise.LOG, x), 1 / Math.log(c))));
        table.add("max_scalar", KINKS, Extrema.NOTE, scalar((o, x, c) -> o.apply(Elementwise.MAX, x, o.like(x, c))));
        table.add("scalar_min", KINKS, Extrema.NOTE, scalar((o, x, c) -> o.apply(Elementwise.MIN, x, o.like(x, c))));
        table.add(
                "fmod_scalar",
                STEP,
                "the remainder has the sign of x",
                scalar((o, x, c) -> Remainders.truncated(o, x, o.like(x, c))));
        table.add("set_scalar", STEP, scalar((o, x, c) -> o.builder()
                .literal(x.type(), x.dtype().round(c))));
        table.add("step", STEP, scalar((o, x, c) -> o.cast(test(o, Comparison.GT, x, c), x.dtype())));
        addComparisons(table);
    }

    private static void addComparisons(RuleTable table) {
        table.add("lessthan_scalar", STEP, scalar((o, x, c) -> test(o, Comparison.LT, x, c)));
        table.add("lessthanorequal_scalar", STEP, scalar((o, x, c) -> test(o, Comparison.LE, x, c)));
        table.add("greaterthan_scalar", STEP, scalar((o, x, c) -> test(o, Comparison.GT, x, c)));
        table.add("greaterthanorequal_scalar", STEP, scalar((o, x, c) -> test(o, Comparison.GE, x, c)));
        table.add("equals_scalar", STEP, scalar((o, x, c) -> test(o, Comparison.EQ, x, c)));
        table.add("notequals_scalar", STEP, scalar((o, x, c) -> test(o, Comparison.NE, x, c)));
    }

    private static Node test(Ops o, Comparison comparison, Node x, double number) {
        return o.apply(comparison, x, o.like(x, number));
    }
}
