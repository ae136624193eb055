package org.curvature4j.onnx;

import static org.curvature4j.samediff.Smoothness.SMOOTH;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.composition.Axes;
import org.curvature4j.internal.composition.Reductions;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Ops;
import org.jspecify.annotations.Nullable;

/** ONNX Runtime's own attention operators, with projections, masks and caches as its optimiser fuses them. */
final class MicrosoftAttentionRules {
    /** What a mask adds to scores unless a file states another number. */
    private static final double FILTER = -10000;

    private MicrosoftAttentionRules() {}

    static void addTo(OnnxRules rules) {
        rules.add("com.microsoft.Attention", SMOOTH, "masks add mask_filter_value", MicrosoftAttentionRules::attention);
        rules.add(
                "com.microsoft.MultiHeadAttention",
                SMOOTH,
                "masks add mask_filter_value",
                MicrosoftAttentionRules::multiHead);
        GroupQueryRules.addTo(rules);
    }

    /** Input, weights and biases of queries, keys and values side by side, mask, past, what is added to scores. */
    private static List<Node> attention(OnnxCall call) {
        Ops o = call.ops();
        OnnxAttributes attributes = call.attributes();
        if (call.rank(0) != 3 || call.rank(1) != 2 || attributes.flag("do_rotary", false) || call.has(6)) {
            throw call.expected(
                    "an input [batch, times, features], weights of 2 axes, no do_rotary and no shared buffer for the past",
                    call.input(0).type() + ", " + call.input(1).type());
        }
        Node projected = o.einsum("bsi,id->bsd", call.input(0), call.input(1));
        Node bias = call.optional(2);
        Node all = bias == null ? projected : call.broadcast(projected, bias, Ops::add);
        long third = call.size(1, 1) / 3;
        long[] sizes = attributes.longs("qkv_hidden_sizes", third, third, third);
        if (sizes.length != 3 || sizes[0] + sizes[1] + sizes[2] != call.size(1, 1)) {
            throw call.expected("three qkv_hidden_sizes that are all " + call.size(1, 1) + " columns", sizes.length);
        }
        List<Node> parts = new ArrayList<>();
        Axes.split(o, all, 2, sizes).forEach(part -> parts.add(AttentionRules.heads(call, part, "num_heads")));
        Node past = call.optional(4);
        for (int i = 1; i <= 2 && past != null; i++) {
            parts.set(i, o.concat(List.of(Axes.at(o, past, 0, i - 1), parts.get(i)), 2));
        }
        List<Node> results = attended(call, parts, 3, call.optional(5));
        return call.wants(1) ? List.of(results.get(0), Axes.stack(o, parts.subList(1, 3), 0)) : results.subList(0, 1);
    }

    /** Queries, keys, values, biases, mask, what is added to scores, past keys and values. */
    private static List<Node> multiHead(OnnxCall call) {
        Ops o = call.ops();
        if (call.has(8) || call.has(9)) {
            throw call.expected("no shared buffer for the past", "one");
        }
        List<Node> parts = new ArrayList<>(packed(call));
        Node bias = call.optional(3);
        long start = 0;
        for (int i = 0; i < 3; i++) {
            Node part = parts.get(i);
            boolean isProjected = part.shape().rank() == 3;
            if (isProjected && bias != null) {
                Node own = o.slice(bias, 0, start, start + part.shape().dim(2));
                part = call.broadcast(part, own, Ops::add);
            }
            start += isProjected
                    ? part.shape().dim(2)
                    : part.shape().dim(1) * part.shape().dim(3);
            parts.set(i, AttentionRules.heads(call, part, "num_heads"));
        }
        for (int i = 1; i <= 2 && call.has(5 + i); i++) {
            parts.set(i, o.concat(List.of(call.input(5 + i), parts.get(i)), 2));
        }
        List<Node> results = attended(call, parts, 4, call.optional(5));
        return List.of(results.get(0), parts.get(1), parts.get(2), results.get(1));
    }

    /** Queries, keys and values, which may come in one tensor [batch, times, heads, 3, features], keys and values in one of 2. */
    private static List<Node> packed(OnnxCall call) {
        Ops o = call.ops();
        if (call.rank(0) == 5) {
            return unpacked(o, call.input(0), 3);
        } else if (call.has(1) && call.rank(1) == 5) {
            List<Node> both = unpacked(o, call.input(1), 2);
            return List.of(call.input(0), both.get(0), both.get(1));
        }
        return List.of(call.input(0), call.input(1), call.input(2));
    }

    private static List<Node> unpacked(Ops o, Node all, int count) {
        List<Node> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Node part = Axes.at(o, all, 3, i);
            Shape shape = part.shape();
            parts.add(o.reshape(part, Shape.of(shape.dim(0), shape.dim(1), shape.dim(2) * shape.dim(3))));
        }
        return parts;
    }

    /** Products of queries and keys; a scale of 0 is none. */
    static Node scores(OnnxCall call, Node queries, Node keys) {
        double stated = call.attributes().number("scale", 0);
        return AttentionRules.scores(call, queries, keys, stated == 0 ? AttentionRules.scale(queries) : stated);
    }

    /**
     * Values weighted [batch, times, features], and the scores.
     *
     * @param parts queries, keys and values, [batch, heads, times, features]
     * @param mask the number of the input that says which keys count
     */
    private static List<Node> attended(OnnxCall call, List<Node> parts, int mask, @Nullable Node added) {
        Ops o = call.ops();
        Node scores = scores(call, parts.get(0), parts.get(1));
        Shape shape = scores.shape();
        Node counts = call.has(mask) ? counts(call, call.input(mask), shape) : null;
        if (counts != null) {
            double filter = call.attributes().number("mask_filter_value", FILTER);
            scores = o.add(scores, o.select(counts, o.like(scores, 0), o.like(scores, filter)));
        }
        scores = added == null ? scores : call.broadcast(scores, added, Ops::add);
        if (call.attributes().flag("unidirectional", false)) {
            Node keys = AttentionRules.counting(o, shape.dim(3), 3);
            Node places = AttentionRules.counting(o, shape.dim(2), 2);
            Node last = o.add(places, o.like(places, (double) (shape.dim(3) - shape.dim(2))));
            scores = o.select(o.apply(Comparison.LE, keys, last), scores, o.like(scores, Double.NEGATIVE_INFINITY));
        }
        Node weights = Reductions.softmax(o, scores, 3);
        return List.of(AttentionRules.merge(o, AttentionRules.weighted(call, weights, parts.get(2))), scores);
    }

    /** Which keys count: a number of first ones for each example, and where they begin, or a number above 0 for each key. */
    private static Node counts(OnnxCall call, Node mask, Shape scores) {
        Ops o = call.ops();
        long batch = scores.dim(0);
        Shape shape = mask.shape();
        if (shape.rank() == 1 && (shape.dim(0) == batch || shape.dim(0) == 2 * batch)) {
            Node keys = o.cast(AttentionRules.counting(o, scores.dim(3), 3), DType.INT64);
            Node bounds = o.cast(mask, DType.INT64);
            Node counts = o.apply(Comparison.LT, keys, column(o, bounds, 0, batch));
            return shape.dim(0) == batch
                    ? counts
                    : o.apply(Comparison.AND, counts, o.apply(Comparison.GE, keys, column(o, bounds, batch, batch)));
        }
        boolean byKey = shape.equals(Shape.of(batch, scores.dim(3)));
        if (!byKey && !shape.equals(Shape.of(batch, scores.dim(2), scores.dim(3)))) {
            throw call.expected(
                    "a mask [batch], [2 batch], [batch, keys] or [batch, queries, keys] for scores " + scores,
                    mask.type());
        }
        Node each = o.reshape(mask, Shape.of(batch, 1, byKey ? 1 : scores.dim(2), scores.dim(3)));
        return o.apply(Comparison.GT, each, o.like(each, 0));
    }

    private static Node column(Ops o, Node bounds, long from, long count) {
        return o.reshape(o.slice(bounds, 0, from, from + count), Shape.of(count, 1, 1, 1));
    }
}
