package org.curvature4j.internal.composition;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Indices;
import org.curvature4j.op.Ops;

/** Sums and largest elements of windows over the spatial axes of values [batch, channels, spatial ...]. */
public final class Pools {
    private Pools() {}

    /** The sum of each window, one axis after the other. */
    public static Node sum(Ops o, Windows windows, Node x) {
        Node sum = x;
        for (int i = 0; i < windows.axes().size(); i++) {
            sum = sumAlong(o, sum, 2 + i, windows.axes().get(i));
        }
        return sum;
    }

    /** The sum of each window along an axis, which gets a position a window. */
    public static Node sumAlong(Ops o, Node x, int axis, Windows.Axis window) {
        double numbers = (double) x.type().size() * window.kernel();
        if (window.isTiling() || window.outputs() == 1 || numbers <= Windows.MANY) {
            Node apart = apart(o, x, axis, window, 0);
            return o.reshape(o.sum(apart, List.of(axis + 1)), x.shape().with(axis, window.outputs()));
        }
        Taps.checkCount(window.kernel());
        Node padded = Taps.padded(o, x, axis, window, 0);
        Node sum = Taps.take(o, padded, axis, window, 0);
        for (int tap = 1; tap < window.kernel(); tap++) {
            sum = o.add(sum, Taps.take(o, padded, axis, window, tap));
        }
        return sum;
    }

    /** The axis replaced by two: windows, and the elements of each. */
    private static Node apart(Ops o, Node x, int axis, Windows.Axis window, double padding) {
        long[] from = x.shape().toArray();
        long[] to = new long[from.length + 1];
        System.arraycopy(from, 0, to, 0, axis);
        System.arraycopy(from, axis + 1, to, axis + 2, from.length - axis - 1);
        to[axis] = window.outputs();
        if (window.isTiling()) {
            to[axis + 1] = window.kernel();
            return o.reshape(o.slice(x, axis, 0, (long) window.outputs() * window.kernel()), Shape.of(to));
        }
        if (window.outputs() == 1) {
            // Of a single window only what lies inside: there may be much more padding than anything else.
            int[] inside = IntStream.range(0, window.kernel())
                    .map(tap -> window.position(tap, 0))
                    .filter(position -> position >= 0 && position < window.size())
                    .toArray();
            if (inside.length > 0) {
                to[axis + 1] = inside.length;
                boolean all = inside.length == window.size();
                return o.reshape(all ? x : o.gather(x, axis, Indices.of(inside)), Shape.of(to));
            }
        }
        to[axis + 1] = window.kernel();
        int[] indices = IntStream.range(0, Math.multiplyExact(window.outputs(), window.kernel()))
                .map(i -> window.position(i % window.kernel(), i / window.kernel()) + window.before())
                .toArray();
        Node padded = Taps.padded(o, x, axis, window, padding);
        return o.reshape(o.gather(padded, axis, Indices.of(indices)), Shape.of(to));
    }

    /**
     * The largest element of each window. Padding is never it, and equal largest elements share the derivative evenly,
     * however the windows overlap.
     */
    public static Node largest(Ops o, Windows windows, Node x) {
        double lowest = lowest(x.dtype());
        double numbers = (double) x.type().size();
        for (Windows.Axis window : windows.axes()) {
            numbers *= overlaps(window) ? (double) window.kernel() * window.outputs() / window.size() : 1;
        }
        // Windows of an axis are laid out from the last axis on, so that the numbers of the axes before don't change.
        List<Node> parts = List.of(x);
        List<Integer> inner = new ArrayList<>();
        for (int i = windows.axes().size() - 1; i >= 0; i--) {
            Windows.Axis window = windows.axes().get(i);
            boolean byTap = overlaps(window) && numbers > Windows.MANY;
            Taps.checkCount(byTap ? (long) parts.size() * window.kernel() : parts.size());
            List<Node> finer = new ArrayList<>();
            for (Node part : parts) {
                if (byTap) {
                    Node padded = Taps.padded(o, part, 2 + i, window, lowest);
                    for (int tap = 0; tap < window.kernel(); tap++) {
                        finer.add(Taps.take(o, padded, 2 + i, window, tap));
                    }
                } else {
                    finer.add(apart(o, part, 2 + i, window, lowest));
                }
            }
            if (!byTap) {
                inner.replaceAll(axis -> axis + 1);
                inner.add(3 + i);
            }
            parts = finer;
        }
        Node largest = parts.size() == 1 ? o.max(parts.get(0), inner) : shared(o, parts, inner);
        return o.reshape(largest, windows.outputs(x.shape().dim(0), x.shape().dim(1)));
    }

    private static boolean overlaps(Windows.Axis window) {
        return !window.isTiling() && window.outputs() > 1;
    }

    static double lowest(DType dtype) {
        return dtype.isFloat() ? Double.NEGATIVE_INFINITY : Long.MIN_VALUE;
    }

    /** The largest among tensors and along axes of each, with the derivative of the mean of those that attain it. */
    private static Node shared(Ops o, List<Node> parts, List<Integer> axes) {
        Node largest = o.stopGradient(parts.stream()
                .map(part -> o.max(part, axes))
                .reduce((x, z) -> o.apply(Elementwise.MAX, x, z))
                .orElseThrow());
        if (!largest.dtype().isFloat()) {
            return largest;
        }
        Node sum = null;
        Node count = null;
        for (Node part : parts) {
            // Held constant, so that only ties of largest elements are told as kinks.
            Node attains = o.stopGradient(o.apply(Comparison.EQ, part, largest));
            Node summand = o.sum(o.select(attains, part, o.like(part, 0)), axes);
            Node counted = o.sum(o.cast(attains, part.dtype()), axes);
            sum = sum == null ? summand : o.add(sum, summand);
            count = count == null ? counted : o.add(count, counted);
        }
        Node total = Objects.requireNonNull(sum);
        Node attained = o.stopGradient(Objects.requireNonNull(count));
        Node two = o.like(total, 2);
        Node isAlone = o.apply(Comparison.LT, o.apply(Elementwise.MIN, attained, two), two);
        Node mean = o.select(isAlone, total, o.div(total, attained));
        return o.withPartials(largest, List.of(mean), List.of(o.ones(mean.type())));
    }
}
