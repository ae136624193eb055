package org.curvature4j.onnx;

import static org.curvature4j.samediff.Smoothness.SMOOTH;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.composition.Convolutions;
import org.curvature4j.internal.composition.Windows;
import org.curvature4j.op.Ops;

/** Transposes of convolutions and of windows laid out: what windows hold is added where they are. */
final class TransposedRules {
    private TransposedRules() {}

    static void addTo(OnnxRules rules) {
        rules.add("ConvTranspose", SMOOTH, OnnxRule.single(TransposedRules::transposed));
        rules.add("Col2Im", SMOOTH, OnnxRule.single(TransposedRules::columnsToImage));
    }

    /** Weights [inputs, outputs of a group, kernel ...]; the windows are those of the convolution that this transposes. */
    private static Node transposed(OnnxCall call) {
        Ops o = call.ops();
        long[] kernel = OnnxWindows.kernel(call);
        Shape shape = call.shape(1);
        long groups = call.attributes().integer("group", 1);
        if (groups < 1 || shape.dim(0) != call.size(0, 1) || shape.dim(0) % groups != 0) {
            throw call.expected(
                    "weights [inputs, outputs of a group, ...] for " + call.size(0, 1) + " channels in groups",
                    call.input(1).type() + " in " + groups);
        }
        long taps = LongStream.of(kernel).reduce(1, Math::multiplyExact);
        Node split = o.reshape(call.input(1), Shape.of(groups, shape.dim(0) / groups, shape.dim(1), taps));
        Node weights = o.permute(split, List.of(0, 3, 1, 2));
        Windows windows = enlarged(call, kernel);
        call.affordable(windows.along(Shape.of(call.size(0, 0), groups * shape.dim(1)), Windows.Axis::size)
                .toArray());
        return WindowRules.biased(call, Convolutions.transpose(o, windows, call.input(0), weights), 2);
    }

    /** The windows over a result that has as many positions as the first input. */
    private static Windows enlarged(OnnxCall call, long... kernel) {
        OnnxAttributes attributes = call.attributes();
        int axes = kernel.length;
        long[] strides = OnnxWindows.sizes(call, "strides", axes, 1, 1);
        long[] dilations = OnnxWindows.sizes(call, "dilations", axes, 1, 1);
        long[] more = OnnxWindows.sizes(call, "output_padding", axes, 0, 0);
        long[] pads = OnnxWindows.sizes(call, "pads", 2 * axes, 0, 0);
        String mode = attributes.text("auto_pad", "NOTSET");
        boolean same = mode.startsWith("SAME_");
        long[] stated = attributes.longs("output_shape");
        if (stated.length > axes) {
            // Some files state the batch and the channels too.
            stated = Arrays.copyOfRange(stated, stated.length - axes, stated.length);
        }
        Windows.Axis[] found = new Windows.Axis[axes];
        for (int i = 0; i < axes; i++) {
            long inputs = call.size(0, 2 + i);
            long whole = Math.addExact(
                    Math.addExact(Math.multiplyExact(strides[i], inputs - 1), more[i]),
                    Math.addExact(Math.multiplyExact(kernel[i] - 1, dilations[i]), 1));
            long before;
            long size;
            if (stated.length > 0 || same) {
                size = stated.length > 0 ? stated[i] : Math.multiplyExact(inputs, strides[i]);
                long zeros = Math.max(0, whole - size);
                before = mode.equals("SAME_UPPER") ? zeros / 2 : zeros - zeros / 2;
            } else {
                boolean none = mode.equals("VALID");
                before = none ? 0 : pads[i];
                size = whole - before - (none ? 0 : pads[axes + i]);
            }
            if (size < 1 || inputs < 1) {
                throw call.expected("a result with elements along each axis", size);
            }
            found[i] = new Windows.Axis(
                    Math.toIntExact(size),
                    Math.toIntExact(kernel[i]),
                    Math.toIntExact(strides[i]),
                    Math.toIntExact(dilations[i]),
                    Math.toIntExact(before),
                    Math.toIntExact(inputs));
        }
        return new Windows(List.of(found));
    }

    /** Blocks [batch, channels and taps, blocks] added where they come from. */
    private static Node columnsToImage(OnnxCall call) {
        long[] image = call.longs(1);
        long[] block = call.longs(2);
        int axes = image.length;
        long[] strides = OnnxWindows.sizes(call, "strides", axes, 1, 1);
        long[] dilations = OnnxWindows.sizes(call, "dilations", axes, 1, 1);
        long[] pads = OnnxWindows.sizes(call, "pads", 2 * axes, 0, 0);
        Windows.Axis[] found = new Windows.Axis[axes];
        for (int i = 0; i < axes; i++) {
            long extent = Math.addExact(Math.multiplyExact(block[i] - 1, dilations[i]), 1);
            long room = Math.addExact(image[i], pads[i] + pads[axes + i]) - extent;
            if (block[i] < 1 || image[i] < 1 || room < 0) {
                throw call.expected(
                        "blocks that fit the image",
                        "blocks " + Arrays.toString(block) + " in an image " + Arrays.toString(image));
            }
            found[i] = new Windows.Axis(
                    Math.toIntExact(image[i]),
                    Math.toIntExact(block[i]),
                    Math.toIntExact(strides[i]),
                    Math.toIntExact(dilations[i]),
                    Math.toIntExact(pads[i]),
                    Math.toIntExact(room / strides[i] + 1));
        }
        Windows windows = new Windows(List.of(found));
        Shape shape = call.shape(0);
        int taps = windows.taps();
        if (shape.rank() != 3 || shape.dim(1) % taps != 0 || shape.dim(2) != windows.positions()) {
            throw call.expected(
                    "blocks [batch, channels and " + taps + " elements, " + windows.positions() + "]",
                    call.input(0).type());
        }
        long channels = shape.dim(1) / taps;
        call.affordable(windows.along(Shape.of(shape.dim(0), channels), Windows.Axis::size)
                .toArray());
        Node split = call.ops().reshape(call.input(0), Shape.of(shape.dim(0), channels, taps, windows.positions()));
        return windows.transpose(call.ops(), split);
    }
}
