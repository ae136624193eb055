package org.curvature4j.onnx;

import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** Reductions over axes, which older opsets give as an attribute and newer ones as an input; all where none is given. */
final class ReductionRules {
    private ReductionRules() {}

    private interface Reduction {
        SDVariable apply(SameDiff sd, SDVariable x, boolean keep, int... axes);
    }

    static void addTo(Map<String, OnnxRule> rules) {
        put(rules, "ReduceSum", SameDiff::sum);
        put(rules, "ReduceMean", SameDiff::mean);
        put(rules, "ReduceMax", SameDiff::max);
        put(rules, "ReduceMin", SameDiff::min);
        put(rules, "ReduceProd", SameDiff::prod);
        put(rules, "ReduceL1", SameDiff::norm1);
        put(rules, "ReduceL2", SameDiff::norm2);
        put(rules, "ReduceSumSquare", (sd, x, keep, axes) -> sd.sum(sd.math().square(x), keep, axes));
        put(rules, "ReduceLogSum", (sd, x, keep, axes) -> sd.math().log(sd.sum(x, keep, axes)));
        put(rules, "ReduceLogSumExp", ReductionRules::logSumExp);
        rules.put("ArgMax", OnnxRule.single(node -> position(node, true)));
        rules.put("ArgMin", OnnxRule.single(node -> position(node, false)));
        rules.put("CumSum", OnnxRule.single(node -> node.input(0)
                .with(node.sd()
                        .cumsum(
                                node.x(0),
                                node.flag("exclusive", false),
                                node.flag("reverse", false),
                                node.axis(node.longs(1)[0], node.rank(0))))));
    }

    private static void put(Map<String, OnnxRule> rules, String name, Reduction reduction) {
        rules.put(name, OnnxRule.single(node -> {
            long[] given = node.longs("axes", 1);
            long[] named = given == null ? new long[0] : given;
            if (named.length == 0 && node.flag("noop_with_empty_axes", false)) {
                return node.input(0).with(node.sd().identity(node.x(0)));
            }
            int rank = node.rank(0);
            int[] axes = named.length == 0 ? IntStream.range(0, rank).toArray() : node.axes(named, rank);
            boolean keep = node.flag("keepdims", true);
            return OnnxValue.of(reduction.apply(node.sd(), node.x(0), keep, axes), keep ? rank : rank - axes.length);
        }));
    }

    /** The largest value is taken out, so that nothing overflows. */
    private static SDVariable logSumExp(SameDiff sd, SDVariable x, boolean keep, int... axes) {
        SDVariable sum = sd.math().logSumExp(x, axes);
        SDVariable shape = sd.shape(sd.max(x, true, axes));
        return keep ? sd.reshape(sum, shape) : sum;
    }

    private static OnnxValue position(OnnxNode node, boolean largest) {
        int rank = node.rank(0);
        int axis = node.axis("axis", 0, rank);
        boolean keep = node.flag("keepdims", true);
        if (node.flag("select_last_index", false)) {
            throw node.expected("select_last_index 0", 1);
        }
        SameDiff sd = node.sd();
        SDVariable result = largest ? sd.argmax(node.x(0), keep, axis) : sd.argmin(node.x(0), keep, axis);
        return OnnxValue.of(result, keep ? rank : rank - 1);
    }
}
