package org.curvature4j.samediff;

import static org.curvature4j.samediff.Smoothness.SMOOTH;

import java.util.List;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.composition.Axes;
import org.curvature4j.internal.composition.Reductions;
import org.curvature4j.op.Ops;

/**
 * Dot product attention: Vaswani et al. 2017, Attention is all you need, sections 3.2.1 and 3.2.2. Time is the last axis:
 * queries [batch, features, times], keys [batch, features, steps], values [batch, outputs, steps].
 */
final class AttentionRules {
    /** What a masked score is lowered by: far below every other, yet finite. */
    private static final double MASKED = 1e9;

    private AttentionRules() {}

    static void addTo(RuleTable table) {
        table.add("dot_product_attention", SMOOTH, AttentionRules::single);
        table.add("multi_head_dot_product_attention", SMOOTH, AttentionRules::multiHead);
    }

    /** The weighted values, and the weights [batch, heads, steps, times]. */
    private record Attention(Node values, Node weights) {}

    /** Operands with an axis of heads after the batch's. The mask [batch, steps] is 1 where a step counts. */
    private static Attention attend(OpCall call, Node queries, Node keys, Node values, int mask) {
        Ops o = call.ops();
        Node scores = o.einsum("bhfk,bhft->bhkt", keys, queries);
        if (call.integer(0, 0) != 0) {
            scores = o.mul(scores, 1 / Math.sqrt((double) queries.shape().dim(2)));
        }
        if (call.inputCount() > mask) {
            Node steps = o.cast(call.input(mask), scores.dtype());
            Node column = o.reshape(
                    steps,
                    Shape.of(
                            steps.shape().dim(0),
                            1,
                            steps.type().size() / steps.shape().dim(0),
                            1));
            scores = o.add(scores, o.mul(o.sub(column, o.like(column, 1)), MASKED));
        }
        Node weights = Reductions.softmax(o, scores, 2);
        return new Attention(o.einsum("bhvk,bhkt->bhvt", values, weights), weights);
    }

    private static List<Node> single(OpCall call) {
        Ops o = call.ops();
        boolean hasHeads = call.input(0).shape().rank() == 4;
        Attention attention =
                attend(call, heads(o, call.input(0)), heads(o, call.input(1)), heads(o, call.input(2)), 3);
        return List.of(merge(call, attention.values(), hasHeads), merge(call, attention.weights(), hasHeads));
    }

    private static Node heads(Ops o, Node x) {
        return x.shape().rank() == 4 ? x : Axes.insert(o, x, 1);
    }

    private static Node merge(OpCall call, Node x, boolean hasHeads) {
        return hasHeads ? x : call.dropAxes(x, List.of(1), false);
    }

    /** Projections [heads, projected, features] of the three operands, then [heads * outputs, result]. */
    private static List<Node> multiHead(OpCall call) {
        Ops o = call.ops();
        Attention attention = attend(
                call,
                project(o, call.input(0), call.input(3)),
                project(o, call.input(1), call.input(4)),
                project(o, call.input(2), call.input(5)),
                7);
        Node values = attention.values();
        Node output = call.input(6);
        Shape apart = Shape.of(
                values.shape().dim(1), values.shape().dim(2), output.shape().dim(1));
        Node result = o.einsum("bhvt,hvr->brt", values, o.reshape(output, apart));
        return List.of(result, attention.weights());
    }

    private static Node project(Ops o, Node x, Node weights) {
        return o.einsum("bft,hpf->bhpt", x, weights);
    }
}
