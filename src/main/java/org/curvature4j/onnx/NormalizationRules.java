package org.curvature4j.onnx;

import static org.curvature4j.samediff.Smoothness.SMOOTH;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.composition.Broadcasting;
import org.curvature4j.internal.composition.Reductions;
import org.curvature4j.op.Ops;

/** Normalisations with statistics that are given or the value's own; all in float64, whatever stash_type says. */
final class NormalizationRules {
    private static final double EPSILON = 1e-5;
    /** What the standard adds to the deviation. */
    private static final double DEVIATION_EPSILON = 1e-9;

    private NormalizationRules() {}

    static void addTo(OnnxRules rules) {
        rules.add(
                "BatchNormalization",
                SMOOTH,
                "in training with the batch's own statistics, by which examples depend on each other",
                NormalizationRules::batch);
        rules.add("InstanceNormalization", SMOOTH, OnnxRule.single(NormalizationRules::instance));
        rules.add("LayerNormalization", SMOOTH, call -> layer(call, call.input(0), 1, 2, EPSILON));
        rules.add("GroupNormalization", SMOOTH, OnnxRule.single(NormalizationRules::group));
        rules.add("RMSNormalization", SMOOTH, call -> rootMeanSquare(call, call.input(0), 1, EPSILON));
        rules.add(
                "SimplifiedLayerNormalization",
                SMOOTH,
                "as RMSNormalization",
                call -> rootMeanSquare(call, call.input(0), 1, EPSILON));
        rules.add(
                "MeanVarianceNormalization",
                SMOOTH,
                "the derivatives are no numbers where the deviation is 0",
                OnnxRule.single(NormalizationRules::meanVariance));
        SoftmaxRules.addTo(rules);
    }

    private static Node epsilon(OnnxCall call, Node x) {
        return epsilon(call, x, EPSILON);
    }

    private static Node epsilon(OnnxCall call, Node x, double otherwise) {
        return call.ops().like(x, call.attributes().number("epsilon", otherwise));
    }

    /** Inputs: values, factor, summand, mean and variance of each channel. */
    private static List<Node> batch(OnnxCall call) {
        Ops o = call.ops();
        Node x = call.input(0);
        OnnxAttributes attributes = call.attributes();
        // Before operator set 9 there may be statistics of each element instead of each channel.
        boolean byElement = call.opset() < 9 && !attributes.flag("spatial", true);
        Node mean = call.input(3);
        Node variance = call.input(4);
        List<Node> outputs = new ArrayList<>();
        if (isTraining(call)) {
            List<Integer> axes = IntStream.range(0, call.rank(0))
                    .filter(axis -> axis != 1 && !(byElement && axis > 1))
                    .boxed()
                    .toList();
            Node batchMean = Reductions.mean(o, x, axes);
            Node batchVariance = Reductions.variance(o, x, axes, false);
            outputs.add(standard(call, o.sub(x, batchMean), batchVariance));
            double momentum = attributes.number("momentum", 0.9);
            Node ownMean = o.reshape(batchMean, mean.shape());
            Node ownVariance = o.reshape(batchVariance, variance.shape());
            outputs.add(o.add(o.mul(mean, momentum), o.mul(ownMean, 1 - momentum)));
            outputs.add(o.add(o.mul(variance, momentum), o.mul(ownVariance, 1 - momentum)));
            outputs.add(ownMean);
            outputs.add(ownVariance);
        } else {
            outputs.add(standard(call, o.sub(x, perChannel(call, mean)), perChannel(call, variance)));
        }
        return outputs;
    }

    /** Deviations by their standard deviation, times the second input plus the third. */
    private static Node standard(OnnxCall call, Node deviation, Node variance) {
        Ops o = call.ops();
        Node factor = o.div(perChannel(call, call.input(1)), o.sqrt(o.add(variance, epsilon(call, variance))));
        return o.add(o.mul(deviation, factor), perChannel(call, call.input(2)));
    }

    /** Older files say it by the outputs that they want. */
    private static boolean isTraining(OnnxCall call) {
        if (call.opset() >= 14) {
            return call.attributes().flag("training_mode", false);
        }
        boolean wantsStatistics = IntStream.range(1, call.outputCount()).anyMatch(call::wants);
        if (call.opset() < 7 && !wantsStatistics && !call.attributes().flag("is_test", false)) {
            throw call.expected("is_test 1, or outputs for the statistics of training", "neither");
        }
        return wantsStatistics;
    }

    /** A vector along axis 1 of the first input, or a tensor along the axes from 1 on. */
    private static Node perChannel(OnnxCall call, Node statistics) {
        int rank = call.rank(0);
        if (rank < 2) {
            return statistics;
        }
        Shape shape = statistics.shape();
        return shape.rank() <= 1
                ? Broadcasting.along(call.ops(), statistics, 1, rank)
                : Broadcasting.raise(call.ops(), statistics, rank);
    }

    private static Node instance(OnnxCall call) {
        List<Integer> axes = OnnxWindows.positions(call);
        Node x = call.input(0);
        Node deviation = call.ops().sub(x, Reductions.mean(call.ops(), x, axes));
        return standard(call, deviation, Reductions.variance(call.ops(), x, axes, false));
    }

    /** The axes from one on. */
    private static List<Integer> trailing(OnnxCall call, Node x) {
        int rank = x.shape().rank();
        return IntStream.range(call.axis(call.attributes().integer("axis", -1), rank), rank)
                .boxed()
                .toList();
    }

    /** Outputs: values, mean, reciprocal of the standard deviation. */
    static List<Node> layer(OnnxCall call, Node x, int gain, int bias, double epsilon) {
        Ops o = call.ops();
        List<Integer> axes = trailing(call, x);
        Node mean = Reductions.mean(o, x, axes);
        Node variance = Reductions.variance(o, x, axes, false);
        Node inverse = o.reciprocal(o.sqrt(o.add(variance, epsilon(call, x, epsilon))));
        Node scaled = call.broadcast(o.mul(o.sub(x, mean), inverse), call.input(gain), Ops::mul);
        Node shift = call.optional(bias);
        return List.of(shift == null ? scaled : call.broadcast(scaled, shift, Ops::add), mean, inverse);
    }

    private static Node group(OnnxCall call) {
        Ops o = call.ops();
        Node x = call.input(0);
        long groups = call.attributes().integer("num_groups", 0);
        long channels = call.size(0, 1);
        if (groups < 1 || channels % groups != 0) {
            throw call.expected("num_groups that divides " + channels + " channels", groups);
        }
        Node split = normalGroups(o, x, groups, epsilon(call, x));
        // First there was a factor for each group, since operator set 21 there is one for each channel.
        if (call.opset() < 21) {
            Node scaled = o.mul(
                    split, Broadcasting.along(o, call.input(1), 1, split.shape().rank()));
            return o.reshape(
                    o.add(
                            scaled,
                            Broadcasting.along(
                                    o, call.input(2), 1, split.shape().rank())),
                    x.shape());
        }
        Node joined = o.reshape(split, x.shape());
        return o.add(o.mul(joined, perChannel(call, call.input(1))), perChannel(call, call.input(2)));
    }

    /** Deviations by their standard deviation in each group of channels, [batch, groups, channels of a group, ...]. */
    static Node normalGroups(Ops o, Node x, long groups, Node epsilon) {
        long[] rest = LongStream.of(x.shape().toArray()).skip(2).toArray();
        Shape apart = Shape.of(LongStream.concat(
                        LongStream.of(x.shape().dim(0), groups, x.shape().dim(1) / groups), LongStream.of(rest))
                .toArray());
        Node split = o.reshape(x, apart);
        List<Integer> axes = IntStream.range(2, apart.rank()).boxed().toList();
        Node deviation = o.sub(split, Reductions.mean(o, split, axes));
        return o.div(deviation, o.sqrt(o.add(Reductions.variance(o, split, axes, false), epsilon)));
    }

    /** Outputs: values, reciprocal of the root mean square. */
    static List<Node> rootMeanSquare(OnnxCall call, Node x, int gain, double epsilon) {
        Ops o = call.ops();
        Node mean = Reductions.mean(o, o.square(x), trailing(call, x));
        Node inverse = o.reciprocal(o.sqrt(o.add(mean, epsilon(call, x, epsilon))));
        return List.of(call.broadcast(o.mul(x, inverse), call.input(gain), Ops::mul), inverse);
    }

    private static Node meanVariance(OnnxCall call) {
        Ops o = call.ops();
        Node x = call.input(0);
        List<Integer> axes = call.axes(call.attributes().longs("axes", 0, 2, 3), call.rank(0));
        Node deviation = o.sub(x, Reductions.mean(o, x, axes));
        Node root = o.sqrt(Reductions.variance(o, x, axes, false));
        return o.div(deviation, o.add(root, o.like(root, DEVIATION_EPSILON)));
    }
}
