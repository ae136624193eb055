package org.curvature4j.samediff;

import static org.curvature4j.samediff.Smoothness.KINKS;
import static org.curvature4j.samediff.Smoothness.SMOOTH;

import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.composition.Pools;
import org.curvature4j.internal.composition.Reductions;
import org.curvature4j.internal.composition.Windows;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Indices;
import org.curvature4j.op.Ops;

/**
 * Pooling, enlarging, and exchanging space for channels. Integer arguments of a pool: kernel, stride, zeros and dilation
 * of each axis, padding, whether an average counts the padding, layout of the values.
 */
final class PoolingRules {
    private PoolingRules() {}

    private interface Pool {
        Node apply(OpCall call, Windows windows, Node x);
    }

    static void addTo(RuleTable table) {
        table.add("maxpool2d", KINKS, Extrema.NOTE, call -> pool(call, 2, PoolingRules::largest));
        table.add("maxpool3dnew", KINKS, Extrema.NOTE, call -> pool(call, 3, PoolingRules::largest));
        table.add("avgpool2d", SMOOTH, call -> pool(call, 2, PoolingRules::average));
        table.add("avgpool3dnew", SMOOTH, call -> pool(call, 3, PoolingRules::average));
        table.add("pnormpool2d", KINKS, "derivative 0 at 0", call -> pool(call, 2, PoolingRules::norm));
        table.add("upsampling2d", SMOOTH, PoolingRules::enlarge);
        table.add("upsampling3d", SMOOTH, PoolingRules::enlargeVolume);
        table.add("space_to_depth", SMOOTH, PoolingRules::spaceToDepth);
        table.add("depth_to_space", SMOOTH, PoolingRules::depthToSpace);
    }

    private static List<Node> pool(OpCall call, int spatial, Pool pool) {
        Ops o = call.ops();
        boolean channelsLast = call.integer(4 * spatial + 2, 0) != 0;
        Node x = ConvolutionRules.channelsFirst(o, call.input(0), channelsLast);
        if (x.shape().rank() != spatial + 2) {
            throw call.expected("values of rank " + (spatial + 2), x.type());
        }
        Windows windows = ConvolutionRules.windows(call, x, ConvolutionRules.padding(call, 4 * spatial));
        return List.of(ConvolutionRules.channelsLast(o, pool.apply(call, windows, x), channelsLast));
    }

    private static Node largest(OpCall call, Windows windows, Node x) {
        return Pools.largest(call.ops(), windows, x);
    }

    private static Node average(OpCall call, Windows windows, Node x) {
        Ops o = call.ops();
        int spatial = windows.axes().size();
        boolean countsPadding = call.integer(4 * spatial + 1, 0) != 0;
        Node sum = Pools.sum(o, windows, x);
        if (countsPadding) {
            return o.div(sum, o.like(sum, windows.taps()));
        }
        return o.div(sum, o.constant(new TensorType(x.dtype(), windows.outputs(1, 1)), windows.counts()));
    }

    /** The p-th root of the sum of p-th powers of absolute values; p stands where an average says what it counts. */
    private static Node norm(OpCall call, Windows windows, Node x) {
        Ops o = call.ops();
        double p = call.integer(4 * windows.axes().size() + 1);
        if (p < 1) {
            throw call.expected("a norm's p of 1 or more", (long) p);
        }
        Node powers = p % 2 == 0 ? o.pow(x, p) : o.pow(o.apply(Elementwise.ABS, x), p);
        Node sum = Pools.sum(o, windows, powers);
        if (p <= 2) {
            return Reductions.root(o, sum, p);
        }
        // The root has no derivative at 0, where all elements, and with p > 2 the derivatives of their powers, are 0.
        Node isZero = o.apply(Comparison.EQ, sum, o.like(sum, 0));
        return o.select(isZero, sum, Reductions.root(o, o.select(isZero, o.like(sum, 1), sum), p));
    }

    /** Each element repeated: factors along height and width (or one for both), then whether channels are on axis 1. */
    private static List<Node> enlarge(OpCall call) {
        Ops o = call.ops();
        Node x = call.input(0);
        boolean one = call.attributes().integers().length == 1;
        boolean channelsFirst = call.integer(2, 1) != 0;
        int height = channelsFirst ? 2 : 1;
        Node tall = repeat(o, x, height, call.integer(0));
        return List.of(repeat(o, tall, height + 1, call.integer(one ? 0 : 1)));
    }

    /** As above, along depth, height and width. */
    private static List<Node> enlargeVolume(OpCall call) {
        int depth = call.integer(3, 1) != 0 ? 2 : 1;
        Node x = call.input(0);
        for (int i = 0; i < 3; i++) {
            x = repeat(call.ops(), x, depth + i, call.integer(i));
        }
        return List.of(x);
    }

    private static Node repeat(Ops o, Node x, int axis, long factor) {
        int[] indices = IntStream.range(0, (int) (x.shape().dim(axis) * factor))
                .map(i -> (int) (i / factor))
                .toArray();
        return o.gather(x, axis, Indices.of(indices));
    }

    /** Blocks of space become channels, the block's position before the channel's; channels last inside. */
    private static List<Node> spaceToDepth(OpCall call) {
        Ops o = call.ops();
        long block = call.integer(0);
        boolean channelsLast = call.integer(1, 0) != 0;
        Node x = ConvolutionRules.channelsFirst(o, call.input(0), channelsLast);
        long[] d = x.shape().toArray();
        Node split = o.reshape(x, Shape.of(d[0], d[1], d[2] / block, block, d[3] / block, block));
        Node moved = o.permute(split, List.of(0, 3, 5, 1, 2, 4));
        Node joined = o.reshape(moved, Shape.of(d[0], d[1] * block * block, d[2] / block, d[3] / block));
        return List.of(ConvolutionRules.channelsLast(o, joined, channelsLast));
    }

    private static List<Node> depthToSpace(OpCall call) {
        Ops o = call.ops();
        long block = call.integer(0);
        boolean channelsLast = call.integer(1, 0) != 0;
        Node x = ConvolutionRules.channelsFirst(o, call.input(0), channelsLast);
        long[] d = x.shape().toArray();
        long channels = d[1] / (block * block);
        Node split = o.reshape(x, Shape.of(d[0], block, block, channels, d[2], d[3]));
        Node moved = o.permute(split, List.of(0, 3, 4, 1, 5, 2));
        Node joined = o.reshape(moved, Shape.of(d[0], channels, d[2] * block, d[3] * block));
        return List.of(ConvolutionRules.channelsLast(o, joined, channelsLast));
    }
}
