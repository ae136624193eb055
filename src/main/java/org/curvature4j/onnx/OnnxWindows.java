package org.curvature4j.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.composition.Windows;

/**
 * The windows that a node's attributes describe.
 *
 * @param windows over the spatial axes, the first input's from the third on
 * @param after zeros behind the elements of each axis, as far as they are stated or follow from auto_pad
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record OnnxWindows(Windows windows, int[] after) {

    /** Windows of the given sizes over the first input. */
    static OnnxWindows of(OnnxCall call, long... kernel) {
        int axes = axes(call);
        if (kernel.length != axes) {
            throw call.expected(axes + " sizes of a window", Arrays.toString(kernel));
        }
        long[] strides = sizes(call, "strides", axes, 1, 1);
        long[] dilations = sizes(call, "dilations", axes, 1, 1);
        long[] pads = sizes(call, "pads", 2 * axes, 0, 0);
        String mode = call.attributes().text("auto_pad", "NOTSET");
        List<Windows.Axis> found = new ArrayList<>();
        int[] after = new int[axes];
        for (int i = 0; i < axes; i++) {
            long size = call.size(0, 2 + i);
            long extent = extent(call, kernel[i], dilations[i]);
            long outputs;
            long before;
            long behind;
            switch (mode) {
                case "SAME_UPPER", "SAME_LOWER" -> {
                    outputs = ceiling(size, strides[i]);
                    long zeros = Math.max(0, Math.addExact((outputs - 1) * strides[i], extent) - size);
                    before = mode.equals("SAME_UPPER") ? zeros / 2 : zeros - zeros / 2;
                    behind = zeros - before;
                }
                case "VALID" -> {
                    before = 0;
                    behind = 0;
                    outputs = Math.floorDiv(size - extent, strides[i]) + 1;
                }
                case "NOTSET", "" -> {
                    before = pads[i];
                    behind = pads[axes + i];
                    outputs = outputs(call, Math.addExact(Math.addExact(size, before), behind) - extent, strides[i]);
                    boolean startsBehind = (outputs - 1) * strides[i] >= size + before;
                    outputs -= call.attributes().flag("ceil_mode", false) && startsBehind ? 1 : 0;
                }
                default -> throw call.expected("auto_pad NOTSET, SAME_UPPER, SAME_LOWER or VALID", mode);
            }
            if (outputs < 1 && size > 0) {
                throw call.expected(
                        "windows that fit their axis", "a window over " + extent + " elements on an axis of " + size);
            }
            found.add(new Windows.Axis(
                    Math.toIntExact(size),
                    Math.toIntExact(kernel[i]),
                    Math.toIntExact(strides[i]),
                    Math.toIntExact(dilations[i]),
                    Math.toIntExact(before),
                    Math.toIntExact(Math.max(0, outputs))));
            after[i] = Math.toIntExact(behind);
        }
        Windows windows = new Windows(found);
        call.affordable(windows.outputs(call.size(0, 0), call.size(0, 1)).toArray());
        return new OnnxWindows(windows, after);
    }

    private static long outputs(OnnxCall call, long room, long stride) {
        boolean up = call.attributes().flag("ceil_mode", false);
        return (up ? ceiling(room, stride) : Math.floorDiv(room, stride)) + 1;
    }

    private static long ceiling(long size, long step) {
        return -Math.floorDiv(-size, step);
    }

    private static long extent(OnnxCall call, long kernel, long dilation) {
        if (kernel < 1) {
            throw call.expected("windows of at least 1 element", kernel);
        }
        return Math.addExact(Math.multiplyExact(kernel - 1, dilation), 1);
    }

    /** How many spatial axes the first input has. */
    static int axes(OnnxCall call) {
        if (call.rank(0) < 3) {
            throw call.expected(
                    "values with axes behind the batch's and the channels'",
                    call.input(0).type());
        }
        return call.rank(0) - 2;
    }

    /** The spatial axes' positions. */
    static List<Integer> positions(OnnxCall call) {
        return IntStream.range(2, 2 + axes(call)).boxed().toList();
    }

    /** An attribute with a number an axis, or for both ends of each. */
    static long[] sizes(OnnxCall call, String name, int count, long otherwise, long least) {
        long[] none = new long[count];
        Arrays.fill(none, otherwise);
        long[] sizes = call.attributes().longs(name, none);
        if (sizes.length != count || Arrays.stream(sizes).anyMatch(size -> size < least)) {
            throw call.expected(count + " " + name + " of at least " + least, Arrays.toString(sizes));
        }
        return sizes;
    }

    /** The kernel of weights whose first two axes are channels; an attribute may repeat it. */
    static long[] kernel(OnnxCall call) {
        Shape weights = call.shape(1);
        if (weights.rank() != call.rank(0)) {
            throw call.expected("weights of rank " + call.rank(0), call.input(1).type());
        }
        long[] kernel = Arrays.copyOfRange(weights.toArray(), 2, weights.rank());
        long[] stated = call.attributes().longs("kernel_shape", kernel);
        if (!Arrays.equals(kernel, stated)) {
            throw call.expected("kernel_shape " + Arrays.toString(kernel) + " as the weights", Arrays.toString(stated));
        }
        return kernel;
    }
}
