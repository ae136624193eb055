package org.curvature4j.samediff;

import static org.curvature4j.samediff.Smoothness.SMOOTH;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.composition.Convolutions;
import org.curvature4j.internal.composition.Windows;
import org.curvature4j.op.Ops;

/**
 * Convolutions, as a selection of windows and a contraction with the weights. Integer arguments: kernel, stride, zeros
 * and dilation of each axis, then padding, layout of the values and layout of the weights.
 */
final class ConvolutionRules {
    private ConvolutionRules() {}

    static void addTo(RuleTable table) {
        table.add("conv1d", SMOOTH, call -> convolve(call, 1));
        table.add("conv2d", SMOOTH, call -> convolve(call, 2));
        table.add("conv3dnew", SMOOTH, call -> convolve(call, 3));
        table.add("depthwise_conv2d", SMOOTH, ConvolutionRules::depthwise);
        table.add("sconv2d", SMOOTH, ConvolutionRules::separable);
        table.add("deconv2d", SMOOTH, call -> deconvolve(call, 2));
        table.add("deconv3d", SMOOTH, call -> deconvolve(call, 3));
        table.add("im2col", SMOOTH, ConvolutionRules::imageToColumns);
    }

    /** Values with channels on axis 1, whichever layout the operation has. */
    static Node channelsFirst(Ops o, Node x, boolean channelsLast) {
        int rank = x.shape().rank();
        if (!channelsLast) {
            return x;
        }
        List<Integer> axes = new ArrayList<>(List.of(0, rank - 1));
        IntStream.range(1, rank - 1).forEach(axes::add);
        return o.permute(x, axes);
    }

    static Node channelsLast(Ops o, Node x, boolean channelsLast) {
        int rank = x.shape().rank();
        if (!channelsLast) {
            return x;
        }
        List<Integer> axes = new ArrayList<>(List.of(0));
        IntStream.range(2, rank).forEach(axes::add);
        axes.add(1);
        return o.permute(x, axes);
    }

    private static List<Node> convolve(OpCall call, int spatial) {
        Ops o = call.ops();
        requireRank(call, spatial);
        boolean channelsLast = call.integer(4 * spatial + 1, 0) != 0;
        Node x = channelsFirst(o, call.input(0), channelsLast);
        long layout = call.integer(4 * spatial + 2, 0);
        Windows windows = windows(call, x, padding(call, 4 * spatial), axis -> kernel(call, axis, layout));
        Node weights = weights(call, call.input(1), spatial, layout);
        return List.of(finish(call, Convolutions.of(o, windows, x, oneGroup(o, weights)), channelsLast, 2));
    }

    /**
     * The windows that arguments describe: kernels, strides, zeros and dilations in this order, one of each an axis.
     *
     * @param x values with channels on axis 1
     */
    static Windows windows(OpCall call, Node x, Windows.Padding padding) {
        return windows(call, x, padding, call::integer);
    }

    /** The size of a kernel; as in ND4J that of the weights where the argument isn't positive, as after an import from TensorFlow. */
    private static long kernel(OpCall call, int axis, long layout) {
        long stated = call.integer(axis);
        Shape weights = call.input(1).shape();
        int place = axis + (layout == 0 ? 0 : layout == 1 ? 2 : 1);
        return stated > 0 || place >= weights.rank() ? stated : weights.dim(place);
    }

    private static Windows windows(OpCall call, Node x, Windows.Padding padding, IntToLongFunction kernels) {
        int spatial = x.shape().rank() - 2;
        List<Windows.Axis> axes = new ArrayList<>();
        for (int i = 0; i < spatial; i++) {
            axes.add(Windows.Axis.of(
                    x.shape().dim(2 + i),
                    kernels.applyAsLong(i),
                    call.integer(spatial + i),
                    call.integer(3 * spatial + i, 1),
                    call.integer(2 * spatial + i, 0),
                    padding));
        }
        return new Windows(axes);
    }

    private static void requireRank(OpCall call, int spatial) {
        if (call.input(0).shape().rank() != spatial + 2) {
            throw call.expected(
                    "values of rank " + (spatial + 2) + " (batch, channels, " + spatial + " more)",
                    call.input(0).type());
        }
    }

    static Windows.Padding padding(OpCall call, int index) {
        int mode = (int) call.integer(index, 0);
        return switch (mode) {
            case 0 -> Windows.Padding.EXPLICIT;
            case 1 -> Windows.Padding.SAME;
            case 2 -> Windows.Padding.CAUSAL;
            default -> throw call.expected("a padding mode from 0 to 2", mode);
        };
    }

    /**
     * Weights as [taps, input channels, output channels].
     *
     * @param layout 0: taps first, 1: output, input, taps; 2: output, taps, input
     */
    private static Node weights(OpCall call, Node weights, int spatial, long layout) {
        List<Integer> taps = new ArrayList<>();
        int offset = layout == 0 ? 0 : layout == 1 ? 2 : 1;
        IntStream.range(offset, offset + spatial).forEach(taps::add);
        int input = layout == 0 ? spatial : layout == 1 ? 1 : spatial + 1;
        int output = layout == 0 ? spatial + 1 : 0;
        if (layout < 0 || layout > 2 || weights.shape().rank() != spatial + 2) {
            throw call.expected("weights of rank " + (spatial + 2) + " in layout 0, 1 or 2", weights.type());
        }
        List<Integer> order = new ArrayList<>(taps);
        order.add(input);
        order.add(output);
        Node ordered = call.ops().permute(weights, order);
        long inputs = ordered.shape().dim(spatial);
        long outputs = ordered.shape().dim(spatial + 1);
        long size = IntStream.range(0, spatial).mapToLong(ordered.shape()::dim).reduce(1, (a, b) -> a * b);
        return call.ops().reshape(ordered, Shape.of(size, inputs, outputs));
    }

    /** Weights [taps, input channels, output channels] of all channels. */
    private static Node oneGroup(Ops o, Node weights) {
        Shape shape = weights.shape();
        return o.reshape(weights, Shape.of(1, shape.dim(0), shape.dim(1), shape.dim(2)));
    }

    /** Adds the bias that stands at an operand, if any, and gives the result its layout. */
    private static Node finish(OpCall call, Node result, boolean channelsLast, int bias) {
        Ops o = call.ops();
        Node biased = call.inputCount() > bias
                ? ContractionRules.addBias(
                        o,
                        result,
                        o.reshape(call.input(bias), Shape.of(result.shape().dim(1))),
                        true)
                : result;
        return channelsLast(o, biased, channelsLast);
    }

    /** Each channel with filters of its own: output channel c m + i is filter i of channel c. */
    private static Node filterChannels(OpCall call, Node x, Windows windows, long layout) {
        Ops o = call.ops();
        Node weights = o.permute(weights(call, call.input(1), 2, layout), List.of(1, 0, 2));
        Shape shape = weights.shape();
        Node apart = o.reshape(weights, Shape.of(shape.dim(0), shape.dim(1), 1, shape.dim(2)));
        return Convolutions.of(o, windows, x, apart);
    }

    private static List<Node> depthwise(OpCall call) {
        requireRank(call, 2);
        boolean channelsLast = call.integer(9, 0) != 0;
        Node x = channelsFirst(call.ops(), call.input(0), channelsLast);
        long layout = call.integer(10, 0);
        Windows windows = windows(call, x, padding(call, 8), axis -> kernel(call, axis, layout));
        return List.of(finish(call, filterChannels(call, x, windows, layout), channelsLast, 2));
    }

    /** Operands: values, weights of each channel, weights between channels [1, 1, in, out], bias. */
    private static List<Node> separable(OpCall call) {
        requireRank(call, 2);
        Ops o = call.ops();
        boolean channelsLast = call.integer(9, 0) != 0;
        Node x = channelsFirst(o, call.input(0), channelsLast);
        long layout = call.integer(10, 0);
        Windows windows = windows(call, x, padding(call, 8), axis -> kernel(call, axis, layout));
        Node filtered = filterChannels(call, x, windows, layout);
        boolean mixes = call.inputCount() > 2 && call.input(2).shape().rank() == 4;
        if (!mixes) {
            return List.of(finish(call, filtered, channelsLast, 2));
        }
        Node between = weights(call, call.input(2), 2, layout);
        Node matrix = o.reshape(
                between, Shape.of(between.shape().dim(1), between.shape().dim(2)));
        Node mixed = o.einsum("nchw,cf->nfhw", filtered, matrix);
        return List.of(finish(call, mixed, channelsLast, 3));
    }

    /** The transpose of a convolution: the values are what it would have given. Weights [kernel ..., output, input]. */
    private static List<Node> deconvolve(OpCall call, int spatial) {
        requireRank(call, spatial);
        Ops o = call.ops();
        boolean channelsLast = call.integer(4 * spatial + 1, 0) != 0;
        Node x = channelsFirst(o, call.input(0), channelsLast);
        Windows.Padding padding = padding(call, 4 * spatial);
        List<Windows.Axis> axes = new ArrayList<>();
        for (int i = 0; i < spatial; i++) {
            axes.add(enlarged(call, x.shape().dim(2 + i), i, spatial, padding));
        }
        Windows windows = new Windows(axes);
        Node weights =
                o.permute(weights(call, call.input(1), spatial, call.integer(4 * spatial + 2, 0)), List.of(0, 2, 1));
        Node result = Convolutions.transpose(o, windows, x, oneGroup(o, weights));
        return List.of(finish(call, result, channelsLast, 2));
    }

    private static Windows.Axis enlarged(OpCall call, long outputs, int axis, int spatial, Windows.Padding padding) {
        long kernel = call.integer(axis);
        long stride = call.integer(spatial + axis);
        long zeros = call.integer(2 * spatial + axis);
        long dilation = call.integer(3 * spatial + axis);
        long extent = (kernel - 1) * dilation + 1;
        if (padding == Windows.Padding.CAUSAL) {
            throw call.expected("explicit or SAME padding", "CAUSAL");
        }
        long size = padding == Windows.Padding.SAME ? outputs * stride : (outputs - 1) * stride + extent - 2 * zeros;
        return Windows.Axis.of(size, kernel, stride, dilation, zeros, padding);
    }

    /** [batch, channels, kernel ..., output ...]. */
    private static List<Node> imageToColumns(OpCall call) {
        Node x = call.input(0);
        Windows windows = windows(call, x, padding(call, 8));
        Shape kernels = windows.along(Shape.of(x.shape().dim(0), x.shape().dim(1)), Windows.Axis::kernel);
        Shape shape = windows.along(kernels, Windows.Axis::outputs);
        return List.of(call.ops().reshape(windows.of(call.ops(), x, call.number(0, 0)), shape));
    }
}
