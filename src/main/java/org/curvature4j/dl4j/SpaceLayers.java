package org.curvature4j.dl4j;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.composition.Axes;
import org.curvature4j.internal.composition.Reductions;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SpaceToDepthLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling3DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling1D;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.Upsampling3D;

/** Layers that make images, volumes and sequences smaller or larger. */
final class SpaceLayers {
    private SpaceLayers() {}

    static LayerRule pool(SubsamplingLayer layer) {
        PoolingType type = layer.getPoolingType();
        long extra =
                switch (type) {
                    case MAX -> 0;
                    case AVG -> layer.isAvgPoolIncludePadInDivisor() ? 1 : 0;
                    case PNORM -> layer.getPnorm();
                    case SUM -> throw new IllegalArgumentException("pooling: expected MAX, AVG or PNORM, got SUM");
                };
        String op =
                switch (type) {
                    case MAX -> "maxpool2d";
                    case AVG -> "avgpool2d";
                    default -> "pnormpool2d";
                };
        long[] integers = with(
                ConvolutionLayers.windows(
                        2,
                        layer.getKernelSize(),
                        layer.getStride(),
                        layer.getPadding(),
                        layer.getDilation(),
                        layer.getConvolutionMode()),
                extra,
                isLast(layer.getCnn2dDataFormat()));
        LayerRule.Body body = call -> call.nd4j(op, List.of(call.input()), integers);
        return type == PoolingType.AVG ? LayerRule.smooth(body) : LayerRule.kinks(body);
    }

    /** Sequences as images that are one element wide: [examples, units, steps, 1], or the 1 before the last axis. */
    static LayerRule poolSequences(SubsamplingLayer layer) {
        LayerRule images = pool(layer);
        int axis = layer.getCnn2dDataFormat() == CNN2DFormat.NCHW ? 3 : 2;
        return new LayerRule(images.smoothness(), false, call -> {
            Node raised = Axes.insert(call.ops(), call.ofRank(3), axis);
            return Axes.drop(call.ops(), images.body().apply(call.with(raised)), List.of(axis));
        });
    }

    static LayerRule poolVolumes(Subsampling3DLayer layer) {
        boolean isLargest = layer.getPoolingType() == PoolingType.MAX;
        long[] integers = with(
                ConvolutionLayers.windows(
                        3,
                        layer.getKernelSize(),
                        layer.getStride(),
                        layer.getPadding(),
                        layer.getDilation(),
                        layer.getConvolutionMode()),
                0,
                layer.getDataFormat() == Convolution3D.DataFormat.NDHWC ? 1 : 0);
        // Whatever isn't the largest is a mean.
        String op = isLargest ? "maxpool3dnew" : "avgpool3dnew";
        LayerRule.Body body = call -> call.nd4j(op, List.of(call.input()), integers);
        return isLargest ? LayerRule.kinks(body) : LayerRule.smooth(body);
    }

    private static long[] with(long[] integers, long... more) {
        return LongStream.concat(LongStream.of(integers), LongStream.of(more)).toArray();
    }

    private static long isLast(CNN2DFormat format) {
        return format == CNN2DFormat.NHWC ? 1 : 0;
    }

    static LayerRule enlargeSequences(Upsampling1D layer) {
        long factor = layer.getSize()[0];
        return LayerRule.smooth(call -> {
            Node image = Axes.insert(call.ops(), call.ofRank(3), 3);
            Node tall = call.nd4j("upsampling2d", List.of(image), factor, 1, 1);
            return Axes.drop(call.ops(), tall, List.of(3));
        });
    }

    static LayerRule enlarge(Upsampling2D layer) {
        int[] size = layer.getSize();
        long isFirst = 1 - isLast(layer.getFormat());
        return LayerRule.smooth(call -> call.nd4j("upsampling2d", List.of(call.ofRank(4)), size[0], size[1], isFirst));
    }

    static LayerRule enlargeVolumes(Upsampling3D layer) {
        int[] size = layer.getSize();
        long isFirst = layer.getDataFormat() == Convolution3D.DataFormat.NDHWC ? 0 : 1;
        return LayerRule.smooth(
                call -> call.nd4j("upsampling3d", List.of(call.ofRank(5)), size[0], size[1], size[2], isFirst));
    }

    static LayerRule toDepth(SpaceToDepthLayer layer) {
        long[] integers = {layer.getBlockSize(), isLast(layer.getDataFormat())};
        return LayerRule.smooth(call -> call.nd4j("space_to_depth", List.of(call.ofRank(4)), integers));
    }

    /** Zeros before and after the elements of each axis, two numbers an axis from the first spatial one on. */
    static LayerRule pad(int[] zeros, int first) {
        return LayerRule.smooth(call -> {
            Node x = call.input();
            for (int i = 0; i < zeros.length / 2; i++) {
                x = call.ops().pad(x, first + i, zeros[2 * i], zeros[2 * i + 1], 0);
            }
            return x;
        });
    }

    /** The same, of elements that are left out. */
    static LayerRule crop(int[] numbers, int first) {
        return LayerRule.smooth(call -> {
            Node x = call.input();
            for (int i = 0; i < numbers.length / 2; i++) {
                long size = x.shape().dim(first + i);
                x = call.ops().slice(x, first + i, numbers[2 * i], size - numbers[2 * i + 1]);
            }
            return x;
        });
    }

    /** The place of the first spatial axis of images. */
    static int first(CNN2DFormat format) {
        return format == CNN2DFormat.NHWC ? 1 : 2;
    }

    /** One number for each channel: over the axes that are stated, or all after the channels'. */
    static LayerRule poolAll(GlobalPoolingLayer layer) {
        int[] stated = layer.getPoolingDimensions();
        PoolingType type = layer.getPoolingType();
        double p = layer.getPnorm();
        boolean collapses = layer.isCollapseDimensions();
        LayerRule.Body body = call -> {
            Ops o = call.ops();
            Node x = call.input();
            int rank = x.shape().rank();
            if (rank < 3 || rank > 5) {
                throw call.expected("sequences, images or volumes", x.type());
            }
            List<Integer> axes = stated == null
                    ? IntStream.range(2, rank).boxed().toList()
                    : Arrays.stream(stated).boxed().toList();
            Node pooled =
                    switch (type) {
                        case MAX -> o.max(x, axes);
                        case AVG -> Reductions.mean(o, x, axes);
                        case SUM -> o.sum(x, axes);
                        case PNORM -> norm(o, x, axes, p);
                    };
            Node rows = Axes.drop(o, pooled, axes);
            if (collapses) {
                return rows;
            }
            long[] shape = new long[rank];
            Arrays.fill(shape, 1);
            shape[0] = rows.shape().dim(0);
            shape[1] = rows.shape().dim(1);
            return o.reshape(rows, Shape.of(shape));
        };
        return type == PoolingType.AVG || type == PoolingType.SUM ? LayerRule.smooth(body) : LayerRule.kinks(body);
    }

    private static Node norm(Ops o, Node x, List<Integer> axes, double p) {
        Node powers = p % 2 == 0 ? o.pow(x, p) : o.pow(o.apply(Elementwise.ABS, x), p);
        return Reductions.root(o, o.sum(powers, axes), p);
    }
}
