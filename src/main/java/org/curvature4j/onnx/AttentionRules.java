package org.curvature4j.onnx;

import static org.curvature4j.samediff.Smoothness.SMOOTH;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.composition.Broadcasting;
import org.curvature4j.internal.composition.Reductions;
import org.curvature4j.internal.composition.Selections;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;
import org.jspecify.annotations.Nullable;

/** Scaled dot-product attention: Vaswani et al. 2017, section 3.2.1. */
final class AttentionRules {
    private static final double NOTHING = Double.NEGATIVE_INFINITY;

    private AttentionRules() {}

    static void addTo(OnnxRules rules) {
        rules.add("Attention", SMOOTH, "weights 0 where every key is masked", AttentionRules::attention);
        rules.add("ai.onnx.preview.FlexAttention", SMOOTH, OnnxRule.single(AttentionRules::flexible));
        PositionRules.addTo(rules);
        LinearAttentionRules.addTo(rules);
    }

    /** An operand as [batch, heads, times, features]. */
    static Node heads(OnnxCall call, Node x, String heads) {
        return heads(call, x, heads, call.attributes().integer(heads, 0));
    }

    static Node heads(OnnxCall call, Node x, String heads, long count) {
        Shape shape = x.shape();
        if (shape.rank() == 4) {
            return x;
        }
        if (shape.rank() != 3 || count < 1 || shape.dim(2) % count != 0) {
            throw call.expected(
                    "rank 4, or rank 3 with a number of " + heads + " that divides the last axis",
                    x.type() + " and " + count);
        }
        Node split = call.ops().reshape(x, Shape.of(shape.dim(0), shape.dim(1), count, shape.dim(2) / count));
        return call.ops().permute(split, List.of(0, 2, 1, 3));
    }

    /** [batch, heads, times, features] as [batch, times, heads and features]. */
    static Node merge(Ops o, Node x) {
        Shape shape = x.shape();
        Node moved = o.permute(x, List.of(0, 2, 1, 3));
        return o.reshape(moved, Shape.of(shape.dim(0), shape.dim(2), shape.dim(1) * shape.dim(3)));
    }

    /** Products of queries and keys, whose heads may each serve several of the queries'. */
    private static Node scores(OnnxCall call, Node queries, Node keys) {
        return scores(call, queries, keys, call.attributes().number("scale", scale(queries)));
    }

    /** What scores are multiplied by unless a file states another number. */
    static double scale(Node queries) {
        return 1 / Math.sqrt((double) queries.shape().dim(3));
    }

    static Node scores(OnnxCall call, Node queries, Node keys, double scale) {
        Ops o = call.ops();
        Node product = o.einsum("bgrqf,bgkf->bgrqk", grouped(call, o.mul(queries, scale), keys), keys);
        return o.reshape(product, queries.shape().with(3, keys.shape().dim(2)));
    }

    static Node weighted(OnnxCall call, Node weights, Node values) {
        Ops o = call.ops();
        Node sum = o.einsum("bgrqk,bgkf->bgrqf", grouped(call, weights, values), values);
        return o.reshape(sum, weights.shape().with(3, values.shape().dim(3)));
    }

    /** The heads of x apart by those of another tensor. */
    static Node grouped(OnnxCall call, Node x, Node other) {
        long groups = other.shape().dim(1);
        Shape shape = x.shape();
        if (groups < 1 || shape.dim(1) % groups != 0) {
            throw call.expected("a number of heads that " + groups + " divides", shape.dim(1));
        }
        return call.ops().reshape(x, Shape.of(shape.dim(0), groups, shape.dim(1) / groups, shape.dim(2), shape.dim(3)));
    }

    private static List<Node> attention(OnnxCall call) {
        Ops o = call.ops();
        Node queries = heads(call, call.input(0), "q_num_heads");
        Node keys = heads(call, call.input(1), "kv_num_heads");
        Node values = heads(call, call.input(2), "kv_num_heads");
        long past = 0;
        if (call.has(4) != call.has(5)) {
            throw call.expected("past keys and past values, or neither", "one of them");
        } else if (call.has(4)) {
            past = call.size(4, 2);
            keys = o.concat(List.of(call.input(4), keys), 2);
            values = o.concat(List.of(call.input(5), values), 2);
        }
        Node raw = scores(call, queries, keys);
        Node capped = capped(call, raw);
        Node masked = masked(call, capped, past);
        Node weights = Reductions.softmaxOrNone(o, masked, 3);
        Node result = weighted(call, weights, values);
        long mode = call.attributes().integer("qk_matmul_output_mode", 0);
        if (mode < 0 || mode > 3) {
            throw call.expected("qk_matmul_output_mode from 0 to 3", mode);
        }
        return List.of(
                call.rank(0) == 4 ? result : merge(o, result),
                keys,
                values,
                List.of(raw, capped, masked, weights).get((int) mode));
    }

    /** Held smoothly between bounds, if there are any. */
    static Node capped(OnnxCall call, Node scores) {
        Ops o = call.ops();
        double cap = call.attributes().number("softcap", 0);
        return cap > 0 ? o.mul(o.apply(Elementwise.TANH, o.mul(scores, 1 / cap)), cap) : scores;
    }

    /** Scores with what a mask adds, minus infinity where a query mustn't see a key. */
    private static Node masked(OnnxCall call, Node scores, long past) {
        Ops o = call.ops();
        List<Node> conditions = new ArrayList<>();
        Node result = scores;
        Node mask = call.optional(3);
        if (mask != null) {
            boolean isBoolean = mask.dtype() == DType.BOOL;
            long missing = scores.shape().dim(3) - mask.shape().dim(mask.shape().rank() - 1);
            if (missing < 0) {
                throw call.expected("a mask for at most " + scores.shape().dim(3) + " keys", mask.type());
            }
            Node whole = o.pad(mask, mask.shape().rank() - 1, 0, missing, isBoolean ? 0 : NOTHING);
            Node aligned = Broadcasting.raise(o, whole, 4);
            if (isBoolean) {
                conditions.add(aligned);
            } else {
                // Added where it is finite only: scores may be infinite as well.
                Node isNothing = o.apply(Comparison.EQ, aligned, o.like(aligned, NOTHING));
                result = o.add(scores, o.select(isNothing, o.like(aligned, 0), aligned));
                conditions.add(o.apply(Comparison.XOR, isNothing, o.scalar(DType.BOOL, 1)));
            }
        }
        Node valid = call.optional(6);
        conditions.addAll(windows(call, scores.shape(), past, valid));
        Node condition = conditions.stream()
                .reduce((x, z) -> o.apply(Comparison.AND, x, z))
                .orElse(null);
        return condition == null ? result : o.select(o.stopGradient(condition), result, o.like(result, NOTHING));
    }

    /** Which keys a query may see by where both are; a query's place is counted from the first key on. */
    private static List<Node> windows(OnnxCall call, Shape scores, long past, @Nullable Node valid) {
        Ops o = call.ops();
        List<Node> conditions = new ArrayList<>();
        Node keys = counting(o, scores.dim(3), 3);
        Node places = counting(o, scores.dim(2), 2);
        if (valid != null) {
            Node counts = o.reshape(valid, Shape.of(scores.dim(0), 1, 1, 1));
            places = o.add(places, o.sub(counts, o.like(counts, (double) scores.dim(2))));
            conditions.add(o.apply(Comparison.LT, keys, counts));
        } else {
            places = o.add(places, o.like(places, (double) past));
        }
        if (call.attributes().flag("is_causal", false)) {
            conditions.add(o.apply(Comparison.LE, keys, places));
        }
        long left = call.attributes().integer("left_window_size", -1);
        long right = call.attributes().integer("right_window_size", -1);
        if (left < -1 || right < -1) {
            throw call.expected("window sizes of at least -1", left + " and " + right);
        }
        if (left >= 0) {
            conditions.add(o.apply(Comparison.GE, keys, o.sub(places, o.like(places, (double) left))));
        }
        if (right >= 0) {
            conditions.add(o.apply(Comparison.LE, keys, o.add(places, o.like(places, (double) right))));
        }
        return conditions;
    }

    /** 0, 1, 2 ... along one of four axes. */
    static Node counting(Ops o, long count, int axis) {
        return Broadcasting.along(o, Selections.counting(o, DType.INT64, count), axis, 4);
    }

    /** Attention whose scores and weights graphs inside the node may change. */
    private static Node flexible(OnnxCall call) {
        Node keys = call.input(1);
        if (call.rank(0) != 4 || call.rank(1) != 4 || call.rank(2) != 4) {
            throw call.expected("operands of rank 4", call.input(0).type() + ", " + keys.type());
        }
        Node scores = modified(call, "score_mod", scores(call, call.input(0), keys));
        Node weights = modified(call, "prob_mod", Reductions.softmax(call.ops(), scores, 3));
        return weighted(call, weights, call.input(2));
    }

    private static Node modified(OnnxCall call, String graph, Node x) {
        return call.attributes().has(graph) ? call.body(graph, List.of(x)).get(0) : x;
    }
}
