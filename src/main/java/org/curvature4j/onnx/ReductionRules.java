package org.curvature4j.onnx;

import static org.curvature4j.samediff.Smoothness.KINKS;
import static org.curvature4j.samediff.Smoothness.SMOOTH;
import static org.curvature4j.samediff.Smoothness.STEP;

import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.composition.Axes;
import org.curvature4j.internal.composition.Reductions;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;
import org.curvature4j.samediff.Smoothness;

/** Reductions over axes, which older opsets give as an attribute and newer ones as an input; all where none is given. */
final class ReductionRules {
    private static final String TIES = "equal ones share the derivative";

    private ReductionRules() {}

    /** A reduction that leaves its axes at size 1. */
    private interface Reduction {
        Node apply(Ops ops, Node x, List<Integer> axes);
    }

    static void addTo(OnnxRules rules) {
        put(rules, "ReduceSum", SMOOTH, "", 0, Ops::sum);
        put(rules, "ReduceMean", SMOOTH, "", Double.NaN, Reductions::mean);
        put(rules, "ReduceMax", KINKS, TIES, Double.NEGATIVE_INFINITY, (o, x, axes) -> whole(o, x, axes, false));
        put(rules, "ReduceMin", KINKS, TIES, Double.POSITIVE_INFINITY, (o, x, axes) -> whole(o, x, axes, true));
        put(rules, "ReduceProd", SMOOTH, "", 1, Reductions::product);
        put(rules, "ReduceL1", KINKS, "", 0, (o, x, axes) -> o.sum(o.apply(Elementwise.ABS, x), axes));
        put(rules, "ReduceL2", KINKS, "where all are 0", 0, Reductions::norm);
        put(rules, "ReduceSumSquare", SMOOTH, "", 0, (o, x, axes) -> o.sum(o.square(x), axes));
        put(
                rules,
                "ReduceLogSum",
                SMOOTH,
                "",
                Double.NEGATIVE_INFINITY,
                (o, x, axes) -> o.apply(Elementwise.LOG, o.sum(x, axes)));
        put(rules, "ReduceLogSumExp", SMOOTH, "", Double.NEGATIVE_INFINITY, Reductions::logSumExp);
        rules.add("ArgMax", STEP, OnnxRule.single(call -> position(call, true)));
        rules.add("ArgMin", STEP, OnnxRule.single(call -> position(call, false)));
    }

    /**
     * @param ofNothing the result where no element is reduced
     */
    private static void put(
            OnnxRules rules, String name, Smoothness smoothness, String note, double ofNothing, Reduction reduction) {
        rules.add(name, smoothness, note, OnnxRule.single(call -> {
            Node x = call.input(0);
            long[] given = call.longs("axes", 1);
            long[] named = given == null ? new long[0] : given;
            if (named.length == 0 && call.attributes().flag("noop_with_empty_axes", false)) {
                return reduction.apply(call.ops(), x, List.of());
            }
            List<Integer> axes = named.length == 0 ? call.ops().allAxes(x) : call.axes(named, call.rank(0));
            Node reduced = Reductions.count(x, axes) == 0 && !axes.isEmpty()
                    ? call.ops()
                            .constant(
                                    x.type().withShape(collapsed(x.shape(), axes)),
                                    x.dtype() == DType.BOOL ? Math.max(0, Math.signum(ofNothing)) : ofNothing)
                    : reduction.apply(call.ops(), x, axes);
            return call.attributes().flag("keepdims", true) ? reduced : Axes.drop(call.ops(), reduced, axes);
        }));
    }

    private static Shape collapsed(Shape shape, List<Integer> axes) {
        Shape collapsed = shape;
        for (int axis : axes) {
            collapsed = collapsed.with(axis, 1);
        }
        return collapsed;
    }

    /** Booleans are compared as numbers. */
    private static Node whole(Ops o, Node x, List<Integer> axes, boolean smallest) {
        Node numbers = x.dtype() == DType.BOOL ? o.cast(x, DType.INT64) : x;
        Node largest = smallest ? o.neg(o.max(o.neg(numbers), axes)) : o.max(numbers, axes);
        return LogicRules.cast(o, largest, x.dtype());
    }

    private static Node position(OnnxCall call, boolean largest) {
        Ops o = call.ops();
        Node x = largest ? call.input(0) : o.neg(call.input(0));
        int axis = call.axis("axis", 0);
        long size = x.shape().dim(axis);
        Node position;
        if (call.attributes().flag("select_last_index", false)) {
            Node first = Reductions.position(o, Axes.reversed(o, x, axis), List.of(axis));
            position = o.sub(o.like(first, (double) size - 1), first);
        } else {
            position = Reductions.position(o, x, List.of(axis));
        }
        return call.attributes().flag("keepdims", true) ? position : Axes.drop(o, position, List.of(axis));
    }
}
