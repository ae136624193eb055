package org.curvature4j.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.LongStream;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution3D;

/** Convolutions of all kinds: ND4J's operations, with weights in the order of the layer's kind. */
final class ConvolutionLayers {
    /** Weights [outputs, inputs, taps ...], as ND4J numbers their layouts. */
    private static final long OUTPUTS_FIRST = 1;

    private ConvolutionLayers() {}

    static LayerRule images(ConvolutionLayer layer) {
        return operation("conv2d", with(windows(layer, 2), isLast(layer), OUTPUTS_FIRST), (call, weights) -> weights);
    }

    static LayerRule volumes(Convolution3D layer) {
        boolean isLast = layer.getDataFormat() == Convolution3D.DataFormat.NDHWC;
        return operation("conv3dnew", with(windows(layer, 3), isLast, OUTPUTS_FIRST), (call, weights) -> weights);
    }

    /**
     * Of sequences. The weights' numbers are taken as [taps, inputs, outputs], row-major, whatever shape they are given as:
     * so Deeplearning4j does.
     */
    static LayerRule sequences(Convolution1DLayer layer) {
        boolean isLast = layer.getRnnDataFormat() == RNNFormat.NWC;
        return operation("conv1d", with(windows(layer, 1), isLast), (call, weights) -> {
            Shape shape = weights.shape();
            return call.ops().reshape(weights, Shape.of(shape.dim(2), shape.dim(1), shape.dim(0)));
        });
    }

    /** Weights [inputs, outputs, height, width]. */
    static LayerRule transposedImages(ConvolutionLayer layer) {
        return operation("deconv2d", with(windows(layer, 2), isLast(layer)), (call, weights) -> call.ops()
                .permute(weights, List.of(2, 3, 1, 0)));
    }

    static LayerRule transposedVolumes(Deconvolution3D layer) {
        boolean isLast = layer.getDataFormat() == Convolution3D.DataFormat.NDHWC;
        return operation("deconv3d", with(windows(layer, 3), isLast), (call, weights) -> weights);
    }

    static LayerRule depthwise(ConvolutionLayer layer) {
        return operation("depthwise_conv2d", with(windows(layer, 2), isLast(layer)), (call, weights) -> weights);
    }

    /** Filters of each channel [filters, inputs, height, width], then a product over channels. */
    static LayerRule separable(ConvolutionLayer layer) {
        long[] integers = with(windows(layer, 2), isLast(layer));
        return LayerRule.smooth(call -> {
            Node filters = call.ops().permute(call.parameter("W"), List.of(2, 3, 1, 0));
            Node between = call.ops().permute(call.parameter("pW"), List.of(2, 3, 1, 0));
            return run(call, "sconv2d", List.of(call.input(), filters, between), integers);
        });
    }

    private static LayerRule operation(String op, long[] integers, BiFunction<LayerCall, Node, Node> weights) {
        return LayerRule.smooth(
                call -> run(call, op, List.of(call.input(), weights.apply(call, call.parameter("W"))), integers));
    }

    private static Node run(LayerCall call, String op, List<Node> operands, long[] integers) {
        List<Node> all = new ArrayList<>(operands);
        Node bias = call.optional("b");
        if (bias != null) {
            all.add(call.ops().reshape(bias, Shape.of(bias.type().size())));
        }
        return call.nd4j(op, all, integers);
    }

    private static boolean isLast(ConvolutionLayer layer) {
        return layer.getCnn2dDataFormat() == CNN2DFormat.NHWC;
    }

    private static long[] windows(ConvolutionLayer layer, int spatial) {
        return windows(
                spatial,
                layer.getKernelSize(),
                layer.getStride(),
                layer.getPadding(),
                layer.getDilation(),
                layer.getConvolutionMode());
    }

    /** ND4J's arguments of windows: kernel, stride, zeros and dilation of each axis, then how they may lie outside. */
    static long[] windows(
            int spatial, int[] kernel, int[] stride, int[] padding, int[] dilation, ConvolutionMode mode) {
        LongStream.Builder integers = LongStream.builder();
        for (int[] each : List.of(kernel, stride, padding, dilation)) {
            for (int i = 0; i < spatial; i++) {
                integers.add(each[i]);
            }
        }
        return integers.add(
                        switch (mode) {
                            case Strict, Truncate -> 0;
                            case Same -> 1;
                            case Causal -> 2;
                        })
                .build()
                .toArray();
    }

    /** With the layout of the values, and of the weights where it isn't ND4J's own. */
    private static long[] with(long[] windows, boolean isLast, long... weights) {
        return LongStream.concat(
                        LongStream.concat(LongStream.of(windows), LongStream.of(isLast ? 1 : 0)),
                        LongStream.of(weights))
                .toArray();
    }
}
