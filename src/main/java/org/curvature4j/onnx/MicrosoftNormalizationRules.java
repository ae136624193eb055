package org.curvature4j.onnx;

import static org.curvature4j.samediff.Smoothness.SMOOTH;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.composition.Axes;
import org.curvature4j.internal.composition.Broadcasting;
import org.curvature4j.internal.composition.Selections;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Ops;

/** Normalisations of sums, of embeddings, and with the channels last. */
final class MicrosoftNormalizationRules {
    private static final double EPSILON = 1e-12;

    private static final double GROUP_EPSILON = 1e-5;

    private MicrosoftNormalizationRules() {}

    static void addTo(OnnxRules rules) {
        rules.add("com.microsoft.SkipLayerNormalization", SMOOTH, call -> {
            Node sum = MicrosoftRules.sum(call, call.input(0), 1, 4);
            return withSum(NormalizationRules.layer(call, sum, 2, 3, EPSILON), sum);
        });
        // Of a mean there is none; its place stays.
        rules.add("com.microsoft.SkipSimplifiedLayerNormalization", SMOOTH, call -> {
            Node sum = MicrosoftRules.sum(call, call.input(0), 1, 3);
            List<Node> values = NormalizationRules.rootMeanSquare(call, sum, 2, EPSILON);
            return withSum(List.of(values.get(0), values.get(1), values.get(1)), sum);
        });
        rules.add("com.microsoft.EmbedLayerNormalization", SMOOTH, MicrosoftNormalizationRules::embedded);
        rules.add("com.microsoft.GroupNorm", SMOOTH, call -> List.of(group(call, call.input(0))));
        rules.add("com.microsoft.SkipGroupNorm", SMOOTH, MicrosoftNormalizationRules::skipGroup);
    }

    private static List<Node> withSum(List<Node> values, Node sum) {
        List<Node> outputs = new ArrayList<>(values);
        outputs.add(sum);
        return outputs;
    }

    /** Words and segments by number, tables for words, places and segments, factor, summand, mask, places by number. */
    private static List<Node> embedded(OnnxCall call) {
        Ops o = call.ops();
        Node words = taken(call, 2, call.input(0));
        Node places = call.has(8)
                ? taken(call, 3, call.input(8))
                : Axes.insert(o, o.slice(call.input(3), 0, 0, call.size(0, 1)), 0);
        Node sum = call.broadcast(words, places, Ops::add);
        if (call.has(1)) {
            sum = call.broadcast(sum, taken(call, 4, call.input(1)), Ops::add);
        }
        call.optional(4);
        Shape batch = Shape.of(call.size(0, 0));
        Node mask = call.optional(7);
        Node counts = o.builder().literal(new TensorType(DType.INT32, batch), 0);
        if (mask != null) {
            Node ones = o.cast(o.apply(Comparison.EQ, mask, o.like(mask, 1)), DType.INT32);
            counts = o.reshape(o.sum(ones, List.of(1)), batch);
        }
        return List.of(NormalizationRules.layer(call, sum, 5, 6, EPSILON).get(0), counts, sum);
    }

    private static Node taken(OnnxCall call, int table, Node indices) {
        return Selections.take(call.ops(), "EmbedLayerNormalization", call.input(table), 0, indices);
    }

    /** Values, factor, summand; then, where activation is 1, SiLU. */
    private static Node group(OnnxCall call, Node x) {
        Ops o = call.ops();
        OnnxAttributes attributes = call.attributes();
        boolean channelsLast = attributes.flag("channels_last", true);
        int rank = x.shape().rank();
        Node first = channelsLast ? Axes.move(o, x, rank - 1, 1) : x;
        long channels = first.shape().dim(1);
        long groups = attributes.integer("groups", 0);
        long activation = attributes.integer("activation", 0);
        if (groups < 1 || channels % groups != 0 || activation < 0 || activation > 1) {
            throw call.expected(
                    "groups that divide " + channels + " channels, and activation 0 or 1",
                    groups + " and " + activation);
        }
        Node epsilon = o.like(x, attributes.number("epsilon", GROUP_EPSILON));
        Node normal = o.reshape(NormalizationRules.normalGroups(o, first, groups, epsilon), first.shape());
        Node scaled = o.mul(normal, Broadcasting.along(o, call.input(1), 1, rank));
        Node shifted = o.add(scaled, Broadcasting.along(o, call.input(2), 1, rank));
        Node result = activation == 0 ? shifted : o.mul(shifted, o.sigmoid(shifted));
        return channelsLast ? Axes.move(o, result, 1, rank - 1) : result;
    }

    /** Of the sum of values, what skips a layer, [batch, channels] or with all axes, and a bias; the sum comes second. */
    private static List<Node> skipGroup(OnnxCall call) {
        Ops o = call.ops();
        Node skip = call.input(3);
        if (skip.shape().rank() == 2) {
            skip = o.reshape(
                    skip, Shape.of(skip.shape().dim(0), 1, 1, skip.shape().dim(1)));
        }
        Node sum = MicrosoftRules.sum(call, call.broadcast(call.input(0), skip, Ops::add), 4);
        return List.of(group(call, sum), sum);
    }
}
