package org.curvature4j.onnx;

import static org.curvature4j.samediff.Smoothness.SMOOTH;

import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.composition.Selections;
import org.curvature4j.op.Ops;
import org.jspecify.annotations.Nullable;

/** Rotary position embedding: Su et al. 2021, RoFormer, section 3.4.2. */
final class PositionRules {
    private PositionRules() {}

    static void addTo(OnnxRules rules) {
        rules.add(
                "RotaryEmbedding",
                SMOOTH,
                OnnxRule.single(call -> rotated(
                        call,
                        AttentionRules.heads(call, call.input(0), "num_heads"),
                        call.input(1),
                        call.input(2),
                        call.optional(3))));
        rules.add("com.microsoft.RotaryEmbedding", SMOOTH, OnnxRule.single(PositionRules::positionsFirst));
    }

    /** ONNX Runtime's own form: the positions come before the tables, and one number is that of the first time. */
    private static Node positionsFirst(OnnxCall call) {
        Ops o = call.ops();
        if (call.attributes().flag("is_packed_batching", false)
                || call.attributes().number("scale", 1) != 1) {
            throw call.expected("no packed batches, and scale 1", "another form");
        }
        Node positions = call.input(1);
        if (positions.type().size() == 1) {
            long times = call.size(0, call.rank(0) - 2);
            Node row = o.reshape(Selections.counting(o, positions.dtype(), times), Shape.of(1, times));
            Node all = o.add(row, o.reshape(positions, Shape.of(1, 1)));
            positions = o.broadcast(all, Shape.of(call.size(0, 0), times));
        }
        // The number of heads is stated where not all features of one are turned.
        boolean all = call.attributes().integer("rotary_embedding_dim", 0) == 0;
        long heads = all && call.rank(0) == 3
                ? call.size(0, 2) / Math.max(1, 2 * call.size(2, 1))
                : call.attributes().integer("num_heads", 0);
        Node x = AttentionRules.heads(call, call.input(0), "num_heads", heads);
        return rotated(call, x, call.input(2), call.input(3), positions);
    }

    /** Pairs of features turned by angles whose cosines and sines are in tables. */
    private static Node rotated(OnnxCall call, Node x, Node cosines, Node sines, @Nullable Node positions) {
        long stated = call.attributes().integer("rotary_embedding_dim", 0);
        Node result = turned(
                call,
                x,
                cosines,
                sines,
                positions,
                stated == 0 ? x.shape().dim(3) : stated,
                call.attributes().flag("interleaved", false));
        return call.rank(0) == 4 ? result : AttentionRules.merge(call.ops(), result);
    }

    /**
     * The first features of x [batch, heads, times, features] turned, pair by pair.
     *
     * @param interleaved whether a pair's features are neighbours; else they are half of them apart
     */
    static Node turned(
            OnnxCall call,
            Node x,
            Node cosines,
            Node sines,
            @Nullable Node positions,
            long turned,
            boolean interleaved) {
        Ops o = call.ops();
        long size = x.shape().dim(3);
        if (turned % 2 != 0 || turned < 0 || turned > size) {
            throw call.expected("an even number of at most " + size + " features to turn", turned);
        }
        Node cosine = table(call, x, cosines, positions, turned / 2);
        Node sine = table(call, x, sines, positions, turned / 2);
        Shape shape = x.shape().with(3, turned);
        Shape pairs = interleaved
                ? shape.with(3, turned / 2).append(2)
                : shape.with(3, 2).append(turned / 2);
        int axis = interleaved ? 4 : 3;
        Node apart = o.reshape(o.slice(x, 3, 0, turned), pairs);
        Shape half = shape.with(3, turned / 2);
        Node first = o.reshape(o.slice(apart, axis, 0, 1), half);
        Node second = o.reshape(o.slice(apart, axis, 1, 2), half);
        Shape single = pairs.with(axis, 1);
        Node real = o.reshape(o.sub(o.mul(cosine, first), o.mul(sine, second)), single);
        Node imaginary = o.reshape(o.add(o.mul(sine, first), o.mul(cosine, second)), single);
        Node joined = o.reshape(o.concat(List.of(real, imaginary), axis), shape);
        return turned == size ? joined : o.concat(List.of(joined, o.slice(x, 3, turned, size)), 3);
    }

    /** [batch, 1, times, pairs] from a table [positions, pairs], or one that has the axes of batch and times already. */
    private static Node table(OnnxCall call, Node x, Node table, @Nullable Node positions, long pairs) {
        Node rows = positions == null
                ? table
                : Selections.take(
                        call.ops(), "RotaryEmbedding", table, 0, call.ops().cast(positions, DType.INT64));
        Shape wanted = Shape.of(x.shape().dim(0), x.shape().dim(2), pairs);
        if (!rows.shape().equals(wanted)) {
            throw call.expected("cosines and sines " + wanted, rows.type());
        }
        return call.ops().reshape(rows, Shape.of(wanted.dim(0), 1, wanted.dim(1), pairs));
    }
}
