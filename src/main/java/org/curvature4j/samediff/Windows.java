package org.curvature4j.samediff;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.text.Arguments;
import org.curvature4j.op.Indices;
import org.curvature4j.op.Ops;

/**
 * Sliding windows over the spatial axes of a tensor [batch, channels, spatial ...], as one selection: each window's
 * positions in the flattened spatial axes, one outside standing for padding.
 *
 * @param axes one an axis
 */
record Windows(List<Axis> axes) {
    Windows {
        axes = List.copyOf(axes);
    }

    /** How windows may lie outside the tensor. */
    enum Padding {
        /** As many zeros on both sides as stated. */
        EXPLICIT,
        /** So that the result has a position for each stride; an odd zero goes to the end. */
        SAME,
        /** All zeros before, so that a window ends at its position. */
        CAUSAL
    }

    /**
     * Windows along one axis.
     *
     * @param before zeros before the first element
     */
    record Axis(int size, int kernel, int stride, int dilation, int before, int outputs) {
        static Axis of(long size, long kernel, long stride, long dilation, long zeros, Padding padding) {
            long extent = (kernel - 1) * dilation + 1;
            long outputs;
            long before;
            if (padding == Padding.SAME) {
                outputs = (size + stride - 1) / stride;
                before = Math.max(0, (outputs - 1) * stride + extent - size) / 2;
            } else if (padding == Padding.CAUSAL) {
                outputs = (size - 1) / stride + 1;
                before = extent - 1;
            } else {
                outputs = (size + 2 * zeros - extent) / stride + 1;
                before = zeros;
            }
            boolean tooSmall = padding == Padding.EXPLICIT && size + 2 * zeros < extent;
            Arguments.refuseIf(
                    kernel < 1 || stride < 1 || dilation < 1 || tooSmall,
                    "windows",
                    "a kernel, stride and dilation of at least 1 that fit " + size + " elements with " + zeros
                            + " zeros on each side",
                    "kernel " + kernel + ", stride " + stride + ", dilation " + dilation);
            return new Axis((int) size, (int) kernel, (int) stride, (int) dilation, (int) before, (int) outputs);
        }

        /** The element that a kernel's tap meets at an output position, negative or too large in the padding. */
        int position(int tap, int output) {
            return output * stride + tap * dilation - before;
        }
    }

    int taps() {
        return axes.stream().mapToInt(Axis::kernel).reduce(1, Math::multiplyExact);
    }

    int positions() {
        return axes.stream().mapToInt(Axis::outputs).reduce(1, Math::multiplyExact);
    }

    private int elements() {
        return axes.stream().mapToInt(Axis::size).reduce(1, Math::multiplyExact);
    }

    Shape outputs(long batch, long channels) {
        return along(Shape.of(batch, channels), Axis::outputs);
    }

    /** A shape with one more axis for each of these. */
    Shape along(Shape first, ToLongFunction<Axis> size) {
        Shape shape = first;
        for (Axis axis : axes) {
            shape = shape.append(size.applyAsLong(axis));
        }
        return shape;
    }

    /** For each tap and output position the flattened element, or the number of elements in the padding. */
    int[] indices() {
        int[] indices = new int[taps() * positions()];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = index(i / positions(), i % positions());
        }
        return indices;
    }

    private int index(int tap, int output) {
        int index = 0;
        int scale = 1;
        int restTap = tap;
        int restOutput = output;
        for (int i = axes.size() - 1; i >= 0; i--) {
            Axis axis = axes.get(i);
            int position = axis.position(restTap % axis.kernel(), restOutput % axis.outputs());
            if (position < 0 || position >= axis.size()) {
                return elements();
            }
            index += position * scale;
            scale *= axis.size();
            restTap /= axis.kernel();
            restOutput /= axis.outputs();
        }
        return index;
    }

    /** The windows of x [batch, channels, spatial ...] as [batch, channels, taps, positions]. */
    Node of(Ops o, Node x, double padding) {
        long batch = x.shape().dim(0);
        long channels = x.shape().dim(1);
        Node flat = o.reshape(x, Shape.of(batch, channels, elements()));
        int[] indices = indices();
        boolean padded = IntStream.of(indices).anyMatch(index -> index == elements());
        if (padded) {
            Node outside = o.builder().literal(flat.type().withShape(Shape.of(batch, channels, 1)), padding);
            flat = o.concat(List.of(flat, outside), 2);
        }
        Node windows = o.gather(flat, 2, Indices.of(indices));
        return o.reshape(windows, Shape.of(batch, channels, taps(), positions()));
    }

    /** How many elements, not counting padding, each window holds, by output position. */
    double[] counts() {
        double[] counts = new double[positions()];
        int[] indices = indices();
        for (int i = 0; i < indices.length; i++) {
            counts[i % positions()] += indices[i] == elements() ? 0 : 1;
        }
        return counts;
    }

    /** The transpose of {@link #of}: [batch, channels, taps, positions] summed back to [batch, channels, spatial ...]. */
    Node transpose(Ops o, Node windows) {
        long batch = windows.shape().dim(0);
        long channels = windows.shape().dim(1);
        Node flat = o.reshape(windows, Shape.of(batch, channels, (long) taps() * positions()));
        Node summed =
                o.apply(new org.curvature4j.op.Indexing.ScatterAdd(2, Indices.of(indices()), elements() + 1L), flat);
        return o.reshape(o.slice(summed, 2, 0, elements()), along(Shape.of(batch, channels), Axis::size));
    }

    /**
     * The windows that arguments describe: kernels, strides, zeros and dilations in this order, one of each an axis.
     *
     * @param x values with channels on axis 1
     */
    static Windows read(OpCall call, Node x, Padding padding) {
        int spatial = x.shape().rank() - 2;
        List<Axis> axes = new ArrayList<>();
        for (int i = 0; i < spatial; i++) {
            axes.add(Axis.of(
                    x.shape().dim(2 + i),
                    call.integer(i),
                    call.integer(spatial + i),
                    call.integer(3 * spatial + i, 1),
                    call.integer(2 * spatial + i, 0),
                    padding));
        }
        return new Windows(axes);
    }
}
