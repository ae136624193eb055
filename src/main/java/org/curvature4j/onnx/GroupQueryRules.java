package org.curvature4j.onnx;

import static org.curvature4j.samediff.Smoothness.SMOOTH;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.composition.Axes;
import org.curvature4j.internal.composition.Broadcasting;
import org.curvature4j.internal.composition.Reductions;
import org.curvature4j.internal.composition.Selections;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Ops;
import org.jspecify.annotations.Nullable;

/** Attention whose keys and values each serve a group of queries: Ainslie et al. 2023, GQA, as ONNX Runtime has it. */
final class GroupQueryRules {
    private GroupQueryRules() {}

    static void addTo(OnnxRules rules) {
        rules.add(
                "com.microsoft.GroupQueryAttention",
                SMOOTH,
                "a past that is full: known lengths then",
                GroupQueryRules::attention);
    }

    private static List<Node> attention(OnnxCall call) {
        Ops o = call.ops();
        OnnxAttributes attributes = call.attributes();
        List<Node> parts = parts(call);
        long past = call.has(3) ? call.size(3, 2) : 0;
        Node lengths = lengths(call, past + parts.get(0).shape().dim(2));
        call.has(6);
        if (attributes.flag("do_rotary", false)) {
            Node places = places(call, parts.get(0).shape(), past);
            for (int i = 0; i < 2; i++) {
                parts.set(
                        i,
                        PositionRules.turned(
                                call,
                                parts.get(i),
                                call.input(7),
                                call.input(8),
                                places,
                                2 * call.size(7, 1),
                                attributes.flag("rotary_interleaved", false)));
            }
        }
        for (int i = 1; i <= 2 && past > 0; i++) {
            parts.set(i, o.concat(List.of(call.input(2 + i), parts.get(i)), 2));
        }
        Node scores = AttentionRules.capped(call, MicrosoftAttentionRules.scores(call, parts.get(0), parts.get(1)));
        Node added = call.optional(10);
        scores = added == null ? scores : call.broadcast(scores, added, Ops::add);
        Node weights = weights(call, masked(call, scores, lengths));
        return List.of(
                AttentionRules.merge(o, AttentionRules.weighted(call, weights, parts.get(2))),
                parts.get(1),
                parts.get(2));
    }

    /** Queries, keys and values, which may lie side by side in the first input: [batch, heads, times, features]. */
    private static List<Node> parts(OnnxCall call) {
        Ops o = call.ops();
        long heads = call.attributes().integer("num_heads", 0);
        long groups = call.attributes().integer("kv_num_heads", 0);
        List<Node> parts = new ArrayList<>();
        if (call.has(1)) {
            parts.addAll(List.of(call.input(0), call.input(1), call.input(2)));
        } else {
            long size = call.size(0, 2) / Math.max(1, heads + 2 * groups);
            parts.addAll(Axes.split(o, call.input(0), 2, heads * size, groups * size, groups * size));
        }
        for (int i = 0; i < 3; i++) {
            parts.set(i, AttentionRules.heads(call, parts.get(i), i == 0 ? "num_heads" : "kv_num_heads"));
        }
        return parts;
    }

    /** How many keys of each example count, less one; of a past all must. */
    private static Node lengths(OnnxCall call, long all) {
        if (call.has(3) != call.has(4)) {
            throw call.expected("past keys and past values, or neither", "one of them");
        } else if (call.has(3) && call.size(3, 2) > 0) {
            long[] known = call.longs(5);
            if (Arrays.stream(known).anyMatch(last -> last != all - 1)) {
                throw call.expected(
                        "seqlens_k of " + (all - 1) + ", where the past is full of what counts",
                        Arrays.toString(known));
            }
        }
        return call.ops().cast(call.input(5), DType.INT64);
    }

    /** Where the queries are, [batch, times]. */
    private static Node places(OnnxCall call, Shape queries, long past) {
        Ops o = call.ops();
        Node stated = call.optional(9);
        if (stated != null) {
            return stated;
        }
        Node row = Selections.counting(o, DType.INT64, past + queries.dim(2));
        Node own = o.reshape(o.slice(row, 0, past, past + queries.dim(2)), Shape.of(1, queries.dim(2)));
        return call.folded(o.broadcast(own, Shape.of(queries.dim(0), queries.dim(2))));
    }

    /** A query sees the keys up to its own, so many of them at most as a window has; ONNX Runtime 1.23 has one more. */
    private static Node masked(OnnxCall call, Node scores, Node lengths) {
        Ops o = call.ops();
        Shape shape = scores.shape();
        Node keys = AttentionRules.counting(o, shape.dim(3), 3);
        Node places = AttentionRules.counting(o, shape.dim(2), 2);
        Node last = o.add(places, o.like(places, (double) (shape.dim(3) - shape.dim(2))));
        Node seen = o.apply(
                Comparison.AND,
                o.apply(Comparison.LE, keys, last),
                o.apply(Comparison.LE, keys, o.reshape(lengths, Shape.of(shape.dim(0), 1, 1, 1))));
        long window = call.attributes().integer("local_window_size", -1);
        if (window == 0 || window < -1) {
            throw call.expected("a local_window_size of at least 1, or -1 for all keys", window);
        } else if (window > 0) {
            Node before = o.sub(last, o.like(last, (double) window));
            seen = o.apply(Comparison.AND, seen, o.apply(Comparison.GT, keys, before));
        }
        return o.select(seen, scores, o.like(scores, Double.NEGATIVE_INFINITY));
    }

    /** Softmax, to which a sink may be added: a score for each head, or 0, whose value is nothing. */
    private static Node weights(OnnxCall call, Node scores) {
        Ops o = call.ops();
        Node sinks = sinks(call, scores);
        if (sinks == null) {
            return Reductions.softmax(o, scores, 3);
        }
        Shape column = scores.shape().with(3, 1);
        Node all = o.concat(List.of(scores, o.broadcast(Broadcasting.raise(o, sinks, 4), column)), 3);
        return o.slice(Reductions.softmax(o, all, 3), 3, 0, scores.shape().dim(3));
    }

    private static @Nullable Node sinks(OnnxCall call, Node scores) {
        Node stated = call.optional(11);
        if (stated != null) {
            return Broadcasting.along(call.ops(), stated, 1, 4);
        }
        return call.attributes().flag("smooth_softmax", false) ? call.ops().like(scores, 0) : null;
    }
}
