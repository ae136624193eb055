package org.curvature4j.samediff;

import static org.curvature4j.samediff.Smoothness.KINKS;
import static org.curvature4j.samediff.Smoothness.SMOOTH;
import static org.curvature4j.samediff.Smoothness.STEP;

import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.internal.composition.Reductions;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.EntropyTerm;
import org.curvature4j.op.Ops;

/** Sums, means, norms, extremes and entropies over some or all axes. */
final class ReductionRules {
    private static final String OF_ONE = "of one element, bias corrected, not a number; ND4J's is 0";
    private static final String ROOT = "derivative 0 where the result is 0, second derivative NaN";

    private ReductionRules() {}

    /** A reduction that leaves its axes at size 1. */
    interface Reduction {
        Node apply(Ops ops, Node x, List<Integer> axes);
    }

    /** The rule that runs a reduction over the axes that the operation states, and drops them unless it keeps them. */
    static ImportRule over(Reduction reduction) {
        return call -> {
            List<Integer> axes = call.reductionAxes(1);
            Node reduced = reduction.apply(call.ops(), call.input(0), axes);
            return List.of(call.dropAxes(reduced, axes, call.attributes().keepDims()));
        };
    }

    static void addTo(RuleTable table) {
        table.add("reduce_sum", SMOOTH, over(Ops::sum));
        table.add("reduce_mean", SMOOTH, over(Reductions::mean));
        table.add("reduce_prod", SMOOTH, "derivatives exact at zeros", over(Reductions::product));
        table.add("reduce_sqnorm", SMOOTH, over((o, x, axes) -> o.sum(o.square(x), axes)));
        table.add(
                "var",
                SMOOTH,
                "ND4J's files forget biasCorrected = false: a loaded graph divides by n - 1, here and there; " + OF_ONE,
                variance(false));
        table.add("std", KINKS, ROOT + "; " + OF_ONE, variance(true));
        table.add("reduce_norm2", KINKS, ROOT, over(Reductions::norm));
        addAbsolute(table);
        addExtremes(table);
        addEntropies(table);
        addCounts(table);
        table.add("reduce_logsumexp", SMOOTH, ReductionRules::logSumExp);
        table.add("moments", SMOOTH, ReductionRules::moments);
        table.add("normalize_moments", SMOOTH, ReductionRules::normalizeMoments);
    }

    private static void addAbsolute(RuleTable table) {
        ImportRule sum = over((o, x, axes) -> o.sum(o.apply(Elementwise.ABS, x), axes));
        table.add("reduce_norm1", KINKS, sum);
        table.add("asum", KINKS, sum);
        table.add("amean", KINKS, over((o, x, axes) -> Reductions.mean(o, o.apply(Elementwise.ABS, x), axes)));
    }

    private static void addExtremes(RuleTable table) {
        table.add("reduce_max", KINKS, Extrema.NOTE, over(Extrema::max));
        table.add("reduce_min", KINKS, Extrema.NOTE, over(Extrema::min));
        table.add("reduce_normmax", KINKS, Extrema.NOTE, over(Extrema::maxAbs));
        table.add("amax", KINKS, Extrema.NOTE, over(Extrema::maxAbs));
        table.add("amin", KINKS, Extrema.NOTE, over(Extrema::minAbs));
        table.add("argmax", STEP, "also what sd.math.iamax builds", call -> position(call, (o, x) -> x));
        table.add("argmin", STEP, "also what sd.math.iamin builds", call -> position(call, Ops::neg));
        table.add("argamax", STEP, call -> position(call, (o, x) -> o.apply(Elementwise.ABS, x)));
        table.add("argamin", STEP, call -> position(call, (o, x) -> o.neg(o.apply(Elementwise.ABS, x))));
    }

    private static void addEntropies(RuleTable table) {
        String note = "x log x is 0 at 0, its limit; ND4J's is not a number";
        table.add("entropy", SMOOTH, note, over(ReductionRules::entropy));
        table.add("logentropy", SMOOTH, note, over((o, x, axes) -> o.apply(Elementwise.LOG, entropy(o, x, axes))));
        table.add("shannonentropy", SMOOTH, note, over((o, x, axes) -> o.mul(entropy(o, x, axes), 1 / Math.log(2))));
    }

    private static void addCounts(RuleTable table) {
        table.add("countNonZero", STEP, over((o, x, axes) -> count(o, x, axes, Comparison.NE)));
        table.add("countZero", STEP, over((o, x, axes) -> count(o, x, axes, Comparison.EQ)));
        table.add("zero_fraction", STEP, call -> {
            Ops o = call.ops();
            Node x = call.input(0);
            Node zeros = o.cast(o.apply(Comparison.EQ, x, o.like(x, 0)), DType.FLOAT32);
            List<Integer> axes = o.allAxes(x);
            return List.of(call.dropAxes(Reductions.mean(o, zeros, axes), axes, false));
        });
        table.add("any", STEP, over((o, x, axes) -> holds(o, x, axes, Comparison.GT, 0)));
        table.add("all", STEP, over((o, x, axes) -> holds(o, x, axes, Comparison.EQ, Reductions.count(x, axes))));
    }

    private static Node count(Ops o, Node x, List<Integer> axes, Comparison test) {
        return o.sum(o.cast(o.apply(test, x, o.like(x, 0)), DType.INT64), axes);
    }

    /** Whether the number of true elements compares with a bound. */
    private static Node holds(Ops o, Node x, List<Integer> axes, Comparison test, long bound) {
        Node truths = x.dtype() == DType.BOOL ? x : o.apply(Comparison.NE, x, o.like(x, 0));
        Node count = o.sum(o.cast(truths, DType.INT64), axes);
        return o.apply(test, count, o.like(count, (double) bound));
    }

    private static ImportRule variance(boolean root) {
        return call -> {
            List<Integer> axes = call.reductionAxes(1);
            boolean corrected = call.attributes().biasCorrected();
            Node variance = Reductions.variance(call.ops(), call.input(0), axes, corrected);
            Node result = root ? Reductions.root(call.ops(), variance) : variance;
            return List.of(call.dropAxes(result, axes, call.attributes().keepDims()));
        };
    }

    /** The sum of -x log x. */
    private static Node entropy(Ops o, Node x, List<Integer> axes) {
        return o.neg(o.sum(o.apply(new EntropyTerm(0), x), axes));
    }

    /** Of an operation that has them as integer arguments, unless an operand states them. */
    private static List<Integer> axes(OpCall call) {
        return call.inputCount() > 1
                ? call.reductionAxes(1)
                : call.axes(call.attributes().integers(), call.input(0).shape().rank());
    }

    private static List<Node> logSumExp(OpCall call) {
        Node x = call.input(0);
        List<Integer> axes = axes(call);
        return List.of(call.dropAxes(Reductions.logSumExp(call.ops(), x, axes), axes, call.number(0, 0) != 0));
    }

    private static List<Node> position(OpCall call, RuleTable.Unary score) {
        Node x = call.input(0);
        List<Integer> axes = axes(call);
        Node position = Reductions.position(call.ops(), score.apply(call.ops(), x), axes);
        return List.of(call.ops().cast(call.dropAxes(position, axes, call.flag(0, false)), call.type(DType.INT64)));
    }

    private static List<Node> moments(OpCall call) {
        Node x = call.input(0);
        List<Integer> axes = axes(call);
        boolean keep = call.flag(0, false);
        return List.of(
                call.dropAxes(Reductions.mean(call.ops(), x, axes), axes, keep),
                call.dropAxes(Reductions.variance(call.ops(), x, axes, false), axes, keep));
    }

    /** Mean and variance from a count, sums of (x - shift) and of (x - shift)^2. */
    private static List<Node> normalizeMoments(OpCall call) {
        Ops o = call.ops();
        Node count = call.input(0);
        double shift = call.number(0, 0);
        Node mean = o.div(call.input(1), count);
        Node variance = o.sub(o.div(call.input(2), count), o.square(mean));
        return List.of(o.add(mean, o.like(mean, shift)), variance);
    }
}
