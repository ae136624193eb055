package org.curvature4j.onnx;

import static org.curvature4j.samediff.Smoothness.SMOOTH;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.composition.Axes;
import org.curvature4j.internal.composition.Steps;
import org.curvature4j.op.Ops;
import org.jspecify.annotations.Nullable;

/**
 * Attention without softmax, as a state that each time changes: Katharopoulos et al. 2020, Transformers are RNNs, equations
 * 16 to 20; with decay and the delta rule Yang et al. 2024, Gated delta networks, equation 10.
 */
final class LinearAttentionRules {
    private LinearAttentionRules() {}

    static void addTo(OnnxRules rules) {
        rules.add("LinearAttention", SMOOTH, LinearAttentionRules::attend);
    }

    private static List<Node> attend(OnnxCall call) {
        Ops o = call.ops();
        String rule = call.attributes().text("update_rule", "gated_delta");
        boolean gated = rule.startsWith("gated");
        boolean delta = rule.endsWith("delta");
        if (!List.of("linear", "gated", "delta", "gated_delta").contains(rule)
                || call.has(4) != gated
                || call.has(5) != delta) {
            throw call.expected(
                    "update_rule linear, gated, delta or gated_delta, with decay where gated and beta where delta",
                    rule);
        }
        Node queries = AttentionRules.heads(call, call.input(0), "q_num_heads");
        Node keys = AttentionRules.heads(call, call.input(1), "kv_num_heads");
        Node values = AttentionRules.heads(call, call.input(2), "kv_num_heads");
        Node decay = gated ? decay(call, keys.shape()) : null;
        Node beta = delta ? rate(call, keys.shape().dim(1)) : null;
        long batch = keys.shape().dim(0);
        long heads = keys.shape().dim(1);
        long times = keys.shape().dim(2);
        Shape shape = Shape.of(batch, heads, keys.shape().dim(3), values.shape().dim(3));
        Node past = call.optional(3);
        Node state = past == null ? o.builder().literal(new TensorType(keys.dtype(), shape), 0) : past;
        double stated = call.attributes().number("scale", 0);
        double scale = stated == 0 ? 1 / Math.sqrt((double) queries.shape().dim(3)) : stated;
        List<Node> scanned = new ArrayList<>(List.of(
                first(o, AttentionRules.grouped(call, queries, keys), 3), first(o, keys, 2), first(o, values, 2)));
        if (decay != null) {
            scanned.add(first(o, decay, 2));
        }
        if (beta != null) {
            scanned.add(first(o, beta, 2));
        }
        List<Node> results =
                Steps.run(o, times, false, List.of(state), scanned, List.of(), (b, states, slices, none) -> {
                    Node next = next(
                            b,
                            states.get(0),
                            slices.get(1),
                            slices.get(2),
                            gated ? slices.get(3) : null,
                            delta ? slices.get(slices.size() - 1) : null);
                    return List.of(next, b.einsum("bgrf,bgfv->bgrv", slices.get(0), next));
                });
        Node all = o.reshape(
                Axes.move(o, results.get(1), 0, 3),
                queries.shape().with(3, values.shape().dim(3)));
        return List.of(AttentionRules.merge(o, o.mul(all, scale)), results.get(0));
    }

    /** With the times, which are an axis of it, first. */
    private static Node first(Ops o, Node x, int times) {
        return Axes.move(o, x, times, 0);
    }

    private static Node next(Ops o, Node state, Node key, Node value, @Nullable Node decay, @Nullable Node beta) {
        Node kept = decay == null
                ? state
                : o.mul(state, o.reshape(o.exp(decay), decay.shape().append(1)));
        Node written = value;
        if (beta != null) {
            written = o.mul(o.sub(value, o.einsum("bhfv,bhf->bhv", kept, key)), beta);
        }
        return o.add(kept, o.einsum("bhf,bhv->bhfv", key, written));
    }

    /** [batch, heads, times, 1 or features]. */
    private static Node decay(OnnxCall call, Shape keys) {
        Node decay = call.input(4);
        boolean byHead = decay.shape().rank() == 3 && decay.shape().dim(2) == keys.dim(1);
        return byHead ? column(call.ops(), decay) : AttentionRules.heads(call, decay, "kv_num_heads");
    }

    private static Node rate(OnnxCall call, long heads) {
        Node beta = call.input(5);
        if (beta.shape().rank() != 3
                || (beta.shape().dim(2) != 1 && beta.shape().dim(2) != heads)) {
            throw call.expected("beta [batch, times, 1 or " + heads + "]", beta.type());
        }
        return column(call.ops(), beta);
    }

    private static Node column(Ops o, Node x) {
        return o.reshape(
                o.permute(x, List.of(0, 2, 1)),
                Shape.of(x.shape().dim(0), x.shape().dim(2), x.shape().dim(1), 1));
    }
}
