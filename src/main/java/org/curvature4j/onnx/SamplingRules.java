package org.curvature4j.onnx;

import static org.curvature4j.samediff.Smoothness.KINKS;
import static org.curvature4j.samediff.Smoothness.SMOOTH;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.composition.Convolutions;
import org.curvature4j.internal.composition.Interpolation;
import org.curvature4j.internal.composition.Interpolation.Tap;
import org.curvature4j.internal.composition.Windows;
import org.curvature4j.op.Ops;

/** Values at computed places of a tensor. */
final class SamplingRules {
    /** PyTorch's, which the standard prescribes for GridSample. */
    private static final double CUBIC = -0.75;

    private static final String WHOLE = "at whole places the derivative by them is that to the right, as in PyTorch";

    private SamplingRules() {}

    static void addTo(OnnxRules rules) {
        rules.add("GridSample", KINKS, WHOLE, OnnxRule.single(SamplingRules::gridSample));
        rules.add("AffineGrid", SMOOTH, "sizes known when loading", OnnxRule.single(SamplingRules::affineGrid));
        rules.add("DeformConv", KINKS, WHOLE, OnnxRule.single(SamplingRules::deformed));
    }

    private static Node gridSample(OnnxCall call) {
        Ops o = call.ops();
        Node x = call.input(0);
        int axes = OnnxWindows.axes(call);
        Shape grid = call.shape(1);
        if (grid.rank() != axes + 2
                || grid.dim(axes + 1) != axes
                || grid.dim(0) != x.shape().dim(0)) {
            throw call.expected(
                    "a grid [batch, places ..., " + axes + "] for " + x.type(),
                    call.input(1).type());
        }
        long batch = grid.dim(0);
        long places = LongStream.of(grid.toArray()).skip(1).limit(axes).reduce(1, Math::multiplyExact);
        Node flat = o.reshape(call.input(1), Shape.of(batch, places, axes));
        List<List<Tap>> taps = new ArrayList<>();
        for (int axis = 0; axis < axes; axis++) {
            // A place's last coordinate is along the first spatial axis.
            Node coordinate = o.reshape(o.slice(flat, 2, axes - 1L - axis, axes - axis), Shape.of(batch, places));
            taps.add(taps(call, coordinate, Math.toIntExact(x.shape().dim(2 + axis))));
        }
        Shape result = Shape.of(LongStream.concat(
                        LongStream.of(batch, x.shape().dim(1)),
                        LongStream.of(grid.toArray()).skip(1).limit(axes))
                .toArray());
        return o.reshape(Interpolation.sampled(o, x, taps), result);
    }

    /** What meets an axis' elements at places from -1 to 1. */
    private static List<Tap> taps(OnnxCall call, Node coordinate, int size) {
        Ops o = call.ops();
        boolean corners = call.attributes().flag("align_corners", false);
        String mode = call.attributes().text("mode", "linear");
        String padding = call.attributes().text("padding_mode", "zeros");
        double low = corners ? 0 : -0.5;
        double high = corners ? size - 1 : size - 0.5;
        Node place = o.add(o.mul(o.onePlus(coordinate), (high - low) / 2), o.like(coordinate, low));
        boolean nearest = mode.equals("nearest");
        if (nearest) {
            place = ElementwiseRules.nearest(o, place);
        }
        boolean cubic = mode.endsWith("cubic");
        Interpolation.Reach reach;
        switch (padding) {
            case "zeros" -> reach = (a, index) -> index;
            case "border" -> {
                reach = (a, index) -> Interpolation.clamped(a, index, size);
                // Cubic interpolation reaches for the border's elements only, as in PyTorch and ONNX Runtime.
                place = cubic ? place : Interpolation.clamped(o, place, size);
            }
            case "reflection" -> {
                reach = (a, index) -> Interpolation.reflected(a, index, low, high);
                Node mirrored = Interpolation.reflected(o, place, low, high);
                place = cubic ? mirrored : Interpolation.clamped(o, mirrored, size);
            }
            default -> throw call.expected("padding_mode zeros, border or reflection", padding);
        }
        if (nearest) {
            return Interpolation.whole(o, place);
        } else if (cubic) {
            return Interpolation.cubic(o, place, CUBIC, reach);
        } else if (mode.endsWith("linear")) {
            return Interpolation.linear(o, place);
        }
        throw call.expected("mode linear, nearest or cubic", mode);
    }

    /** Affine images of the places of a regular grid, [batch, places ..., coordinates]. */
    private static Node affineGrid(OnnxCall call) {
        Ops o = call.ops();
        long[] sizes = call.longs(1);
        int axes = sizes.length - 2;
        Shape matrices = call.shape(0);
        if (axes < 1 || matrices.rank() != 3 || matrices.dim(1) != axes || matrices.dim(2) != axes + 1) {
            throw call.expected(
                    "matrices [batch, axes, axes + 1] and sizes of as many axes",
                    call.input(0).type() + " and " + Arrays.toString(sizes));
        }
        boolean corners = call.attributes().flag("align_corners", false);
        long places = LongStream.of(sizes).skip(2).reduce(1, Math::multiplyExact);
        call.affordable(matrices.dim(0), places, axes + 1L);
        double[] points = new double[Math.toIntExact(places * (axes + 1))];
        for (int place = 0; place < places; place++) {
            long rest = place;
            points[place * (axes + 1) + axes] = 1;
            for (int axis = axes - 1; axis >= 0; axis--) {
                long size = sizes[2 + axis];
                long i = rest % size;
                rest /= size;
                // The last spatial axis is the first coordinate.
                points[place * (axes + 1) + axes - 1 - axis] =
                        corners ? (size == 1 ? 0 : 2.0 * i / (size - 1) - 1) : (2.0 * i + 1) / size - 1;
            }
        }
        Node grid = o.constant(TensorType.of(DType.FLOAT64, places, axes + 1L), points);
        Node images = o.einsum(
                "bij,pj->bpi", call.input(0), o.cast(grid, call.input(0).dtype()));
        long[] shape = new long[axes + 2];
        shape[0] = matrices.dim(0);
        System.arraycopy(sizes, 2, shape, 1, axes);
        shape[axes + 1] = axes;
        return o.reshape(images, Shape.of(shape));
    }

    /** A convolution whose taps meet places off the grid, each moved by an offset of its own. */
    private static Node deformed(OnnxCall call) {
        Ops o = call.ops();
        Windows windows = OnnxWindows.of(call, OnnxWindows.kernel(call)).windows();
        long groups = WindowRules.groups(call);
        long batch = call.size(0, 0);
        long channels = call.size(0, 1);
        long sets = call.attributes().integer("offset_group", 1);
        int axes = windows.axes().size();
        long places = Math.multiplyExact((long) windows.taps(), windows.positions());
        if (sets < 1 || channels % sets != 0) {
            throw call.expected("an offset_group that divides " + channels, sets);
        }
        Node offsets = o.reshape(call.input(2), Shape.of(batch, sets, windows.taps(), axes, windows.positions()));
        List<List<Tap>> taps = new ArrayList<>();
        for (int axis = 0; axis < axes; axis++) {
            Node offset = o.reshape(o.slice(offsets, 3, axis, axis + 1L), Shape.of(batch * sets, places));
            Node regular = o.constant(TensorType.of(offset.dtype(), 1, places), regular(windows, axis));
            taps.add(Interpolation.linear(o, o.add(offset, regular)));
        }
        Shape apart = windows.along(Shape.of(batch * sets, channels / sets), Windows.Axis::size);
        Node sampled = Interpolation.sampled(o, o.reshape(call.input(0), apart), taps);
        if (call.has(4)) {
            sampled = o.mul(sampled, o.reshape(call.input(4), Shape.of(batch * sets, 1, places)));
        }
        Node laidOut = o.reshape(sampled, Shape.of(batch, channels, windows.taps(), windows.positions()));
        Node result = Convolutions.ofLaidOut(o, laidOut, WindowRules.weights(call, call.input(1), groups));
        return WindowRules.biased(
                call, o.reshape(result, windows.outputs(batch, result.shape().dim(1))), 3);
    }

    /** Where the taps of all windows are along an axis, before they are moved. */
    private static double[] regular(Windows windows, int axis) {
        int positions = windows.positions();
        int innerTaps = inner(windows, axis, Windows.Axis::kernel);
        int innerPositions = inner(windows, axis, Windows.Axis::outputs);
        Windows.Axis window = windows.axes().get(axis);
        return IntStream.range(0, Math.multiplyExact(windows.taps(), positions))
                .mapToDouble(i -> {
                    int tap = i / positions / innerTaps % window.kernel();
                    int output = i % positions / innerPositions % window.outputs();
                    return window.position(tap, output);
                })
                .toArray();
    }

    private static int inner(Windows windows, int axis, ToIntFunction<Windows.Axis> size) {
        return windows.axes().stream().skip(axis + 1L).mapToInt(size).reduce(1, Math::multiplyExact);
    }
}
