package org.curvature4j.onnx;

import static org.curvature4j.samediff.Smoothness.SMOOTH;

import java.util.List;
import java.util.stream.LongStream;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.composition.Broadcasting;
import org.curvature4j.internal.composition.Convolutions;
import org.curvature4j.internal.composition.Windows;
import org.curvature4j.op.Ops;

/** Convolutions over any number of axes, channels first. */
final class WindowRules {
    private WindowRules() {}

    static void addTo(OnnxRules rules) {
        rules.add("Conv", SMOOTH, OnnxRule.single(WindowRules::convolve));
        rules.add("CausalConvWithState", SMOOTH, WindowRules::causal);
        TransposedRules.addTo(rules);
        PoolRules.addTo(rules);
        ResizeRules.addTo(rules);
        SamplingRules.addTo(rules);
        RegionRules.addTo(rules);
    }

    static Node convolve(OnnxCall call) {
        Windows windows = OnnxWindows.of(call, OnnxWindows.kernel(call)).windows();
        Node weights = weights(call, call.input(1), groups(call));
        return biased(call, Convolutions.of(call.ops(), windows, call.input(0), weights), 2);
    }

    /** The number of groups, which must divide the channels on both sides. */
    static long groups(OnnxCall call) {
        long groups = call.attributes().integer("group", 1);
        Shape weights = call.shape(1);
        boolean fits = groups > 0
                && weights.dim(0) % groups == 0
                && Math.multiplyExact(weights.dim(1), groups) == call.size(0, 1);
        if (!fits) {
            throw call.expected(
                    "weights [outputs, inputs of a group, ...] for " + call.size(0, 1) + " channels in groups",
                    call.input(1).type() + " in " + groups);
        }
        return groups;
    }

    /** Weights [outputs, inputs of a group, kernel ...] as convolutions have them. */
    static Node weights(OnnxCall call, Node weights, long groups) {
        Ops o = call.ops();
        Shape shape = weights.shape();
        long taps = LongStream.of(shape.toArray()).skip(2).reduce(1, Math::multiplyExact);
        Node split = o.reshape(weights, Shape.of(groups, shape.dim(0) / groups, shape.dim(1), taps));
        return o.permute(split, List.of(0, 3, 2, 1));
    }

    /** A result with an optional input added, a number for each of its channels. */
    static Node biased(OnnxCall call, Node result, int input) {
        Node bias = call.optional(input);
        if (bias == null) {
            return result;
        }
        return call.ops()
                .add(
                        result,
                        Broadcasting.along(call.ops(), bias, 1, result.shape().rank()));
    }

    /** Each channel with a kernel of its own over the values so far, the first of which a state may bring. */
    private static List<Node> causal(OnnxCall call) {
        Ops o = call.ops();
        if (call.rank(0) != 3 || call.rank(1) != 3 || call.size(1, 0) != call.size(0, 1) || call.size(1, 1) != 1) {
            throw call.expected(
                    "values [batch, channels, length] and weights [channels, 1, taps]",
                    call.input(0).type() + " and " + call.input(1).type());
        }
        long taps = call.size(1, 2);
        long length = call.size(0, 2);
        Node state = call.optional(3);
        Node x = state == null ? o.pad(call.input(0), 2, taps - 1, 0, 0) : o.concat(List.of(state, call.input(0)), 2);
        Windows.Axis axis = new Windows.Axis(
                Math.toIntExact(x.shape().dim(2)), Math.toIntExact(taps), 1, 1, 0, Math.toIntExact(length));
        Node weights = weights(call, call.input(1), call.size(0, 1));
        Node result = biased(call, Convolutions.of(o, new Windows(List.of(axis)), x, weights), 2);
        String activation = call.attributes().text("activation", "none");
        Node activated =
                switch (activation) {
                    case "none" -> result;
                    case "silu", "swish" -> o.mul(result, o.sigmoid(result));
                    default -> throw call.expected("activation none, silu or swish", activation);
                };
        return List.of(activated, o.slice(x, 2, length, length + taps - 1));
    }
}
