package org.curvature4j.internal.composition;

import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.text.Arguments;
import org.curvature4j.op.Indexing;
import org.curvature4j.op.Indices;
import org.curvature4j.op.Ops;

/**
 * Sliding windows over the spatial axes of a tensor [batch, channels, spatial ...], as one selection: each window's
 * positions in the flattened spatial axes, one outside standing for padding.
 *
 * @param axes one an axis
 */
public record Windows(List<Axis> axes) {
    public Windows {
        axes = List.copyOf(axes);
    }

    /** How windows may lie outside the tensor. */
    public enum Padding {
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
    public record Axis(int size, int kernel, int stride, int dilation, int before, int outputs) {
        public static Axis of(long size, long kernel, long stride, long dilation, long zeros, Padding padding) {
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

        /** How many elements a window spans, from its first tap to its last. */
        int extent() {
            return Math.addExact(Math.multiplyExact(kernel - 1, dilation), 1);
        }

        /** The number of elements with all that windows meet before and after them. */
        int paddedSize() {
            return Math.max(
                    Math.addExact(before, size), Math.addExact(Math.multiplyExact(outputs - 1, stride), extent()));
        }

        /** Whether windows lie side by side without a gap or padding, so that they are a mere reshape. */
        boolean isTiling() {
            return dilation == 1
                    && before == 0
                    && kernel == stride
                    && Math.multiplyExact((long) outputs, kernel) <= size;
        }

        /** How many of a window's taps meet positions from one, included, to another, excluded. */
        int held(int output, int from, int to) {
            int start = position(0, output);
            long first = Math.max(0, -Math.floorDiv((long) start - from, dilation));
            long end = Math.min(kernel, -Math.floorDiv((long) start - to, dilation));
            return (int) Math.max(0, end - first);
        }

        /** The element that a kernel's tap meets at an output position, negative or too large in the padding. */
        public int position(int tap, int output) {
            return output * stride + tap * dilation - before;
        }
    }

    /** More numbers than these in all windows together are not laid out at once, but met tap by tap. */
    static final long MANY = 1 << 18;

    /** Whether the windows of all examples and channels together are small enough to be laid out. */
    boolean areFew(long batch, long channels) {
        double numbers = (double) batch * channels;
        for (Axis axis : axes) {
            numbers *= (double) axis.kernel() * axis.outputs();
        }
        return numbers <= MANY;
    }

    public int taps() {
        return axes.stream().mapToInt(Axis::kernel).reduce(1, Math::multiplyExact);
    }

    public int positions() {
        return axes.stream().mapToInt(Axis::outputs).reduce(1, Math::multiplyExact);
    }

    private int elements() {
        return axes.stream().mapToInt(Axis::size).reduce(1, Math::multiplyExact);
    }

    public Shape outputs(long batch, long channels) {
        return along(Shape.of(batch, channels), Axis::outputs);
    }

    /** A shape with one more axis for each of these. */
    public Shape along(Shape first, ToLongFunction<Axis> size) {
        Shape shape = first;
        for (Axis axis : axes) {
            shape = shape.append(size.applyAsLong(axis));
        }
        return shape;
    }

    /** For each tap and output position the flattened element, or the number of elements in the padding. */
    public int[] indices() {
        int[] indices = new int[Math.multiplyExact(taps(), positions())];
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
    public Node of(Ops o, Node x, double padding) {
        long batch = x.shape().dim(0);
        long channels = x.shape().dim(1);
        Node flat = o.reshape(x, Shape.of(batch, channels, elements()));
        int[] indices = indices();
        boolean padded = IntStream.of(indices).anyMatch(index -> index == elements());
        if (padded) {
            Node outside = o.builder().literal(flat.type().withShape(Shape.of(batch, channels, 1)), padding);
            flat = o.concat(List.of(flat, outside), 2);
        }
        boolean same = indices.length == elements()
                && IntStream.range(0, indices.length).allMatch(i -> indices[i] == i);
        Node windows = same ? flat : o.gather(flat, 2, Indices.of(indices));
        return o.reshape(windows, Shape.of(batch, channels, taps(), positions()));
    }

    /** How many elements, not counting padding, each window holds, by output position. */
    public double[] counts() {
        int[] none = new int[axes.size()];
        return counts(none, none);
    }

    /** As {@link #counts()}, with so many zeros before and after the elements of each axis counted as well. */
    public double[] counts(int[] before, int[] after) {
        double[] counts = {1};
        for (int i = 0; i < axes.size(); i++) {
            Axis axis = axes.get(i);
            double[] next = new double[Math.multiplyExact(counts.length, axis.outputs())];
            for (int output = 0; output < axis.outputs(); output++) {
                int held = axis.held(output, -before[i], axis.size() + after[i]);
                for (int k = 0; k < counts.length; k++) {
                    next[k * axis.outputs() + output] = counts[k] * held;
                }
            }
            counts = next;
        }
        return counts;
    }

    /** The transpose of {@link #of}: [batch, channels, taps, positions] summed back to [batch, channels, spatial ...]. */
    public Node transpose(Ops o, Node windows) {
        long batch = windows.shape().dim(0);
        long channels = windows.shape().dim(1);
        Node flat = o.reshape(windows, Shape.of(batch, channels, (long) taps() * positions()));
        Node summed = o.apply(new Indexing.ScatterAdd(2, Indices.of(indices()), elements() + 1L), flat);
        return o.reshape(o.slice(summed, 2, 0, elements()), along(Shape.of(batch, channels), Axis::size));
    }
}
