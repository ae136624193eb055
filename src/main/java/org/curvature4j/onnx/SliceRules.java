package org.curvature4j.onnx;

import static org.curvature4j.onnx.OnnxRule.single;
import static org.curvature4j.samediff.Smoothness.SMOOTH;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.composition.Axes;
import org.curvature4j.internal.composition.Axes.Border;
import org.curvature4j.op.Ops;

/** Blocks, strides, borders and parts along axes, at known positions. */
final class SliceRules {
    private SliceRules() {}

    static void addTo(OnnxRules rules) {
        rules.add("Slice", SMOOTH, single(SliceRules::slice));
        rules.add("Split", SMOOTH, call -> split(call, sizes(call)));
        rules.add("Pad", SMOOTH, single(SliceRules::pad));
        rules.add("CenterCropPad", SMOOTH, single(SliceRules::center));
        rules.add("ReverseSequence", SMOOTH, "known lengths", single(SliceRules::reverse));
    }

    /** As NumPy's slices, for some axes; ends beyond an axis are its end. */
    private static Node slice(OnnxCall call) {
        long[] starts = call.required("starts", 1);
        long[] ends = call.required("ends", 2);
        long[] axes = call.longs("axes", 3);
        long[] steps = call.has(4)
                ? call.longs(4)
                : LongStream.of(starts).map(start -> 1).toArray();
        int rank = call.rank(0);
        long[] along = axes == null ? LongStream.range(0, starts.length).toArray() : axes;
        if (ends.length != starts.length || along.length != starts.length || steps.length != starts.length) {
            throw call.expected(
                    "as many ends, axes and steps as starts, " + starts.length,
                    ends.length + ", " + along.length + " and " + steps.length);
        }
        call.axes(along, rank);
        Node x = call.input(0);
        for (int i = 0; i < starts.length; i++) {
            if (steps[i] == 0) {
                throw call.expected("steps other than 0", 0);
            }
            x = Axes.strided(call.ops(), x, call.axis(along[i], rank), starts[i], ends[i], steps[i]);
        }
        return x;
    }

    static List<Node> split(OnnxCall call, long... sizes) {
        int axis = call.axis("axis", 0);
        long size = call.size(0, axis);
        if (LongStream.of(sizes).anyMatch(part -> part < 0)
                || LongStream.of(sizes).reduce(0, Math::addExact) != size) {
            throw call.expected("parts of " + size + " elements in all", Arrays.toString(sizes));
        }
        return Axes.split(call.ops(), call.input(0), axis, sizes);
    }

    /** As stated, or as many as there are outputs, or since version 18 as an attribute says: equal ones, the last smaller. */
    private static long[] sizes(OnnxCall call) {
        long[] stated = call.longs("split", 1);
        if (stated != null) {
            return stated;
        }
        long size = call.size(0, call.axis("axis", 0));
        long count = call.attributes().integer("num_outputs", call.outputCount());
        if (count < 1 || count > Math.max(size, call.outputCount())) {
            throw call.expected("from 1 to " + size + " parts", count);
        }
        long part = (size + count - 1) / count;
        if (call.opset() < 18 && part * count != size) {
            throw call.expected("an axis that " + count + " divides", size);
        }
        return LongStream.range(0, count)
                .map(i -> Math.max(0, Math.min(part, size - i * part)))
                .toArray();
    }

    private static Node pad(OnnxCall call) {
        Ops o = call.ops();
        int rank = call.rank(0);
        String written = call.opset() < 2 ? "paddings" : "pads";
        long[] widths = call.required(written, 1);
        long[] axes = call.has(3) ? call.longs(3) : LongStream.range(0, rank).toArray();
        if (widths.length != 2 * axes.length) {
            throw call.expected("two pads for each of " + axes.length + " axes", Arrays.toString(widths));
        }
        call.axes(axes, rank);
        long[] sizes = call.shape(0).toArray();
        for (int i = 0; i < axes.length; i++) {
            int axis = call.axis(axes[i], rank);
            sizes[axis] = Math.addExact(sizes[axis], Math.addExact(widths[i], widths[axes.length + i]));
        }
        call.affordable(sizes);
        Node x = call.input(0);
        Node value = call.has(2)
                ? call.isKnown(2) ? o.like(x, call.number(2)) : call.input(2)
                : o.like(x, call.attributes().number("value", 0));
        for (int i = 0; i < axes.length; i++) {
            x = pad(call, x, call.axis(axes[i], rank), widths[i], widths[axes.length + i], value);
        }
        return x;
    }

    private static Node pad(OnnxCall call, Node x, int axis, long before, long after, Node value) {
        Ops o = call.ops();
        String mode = call.attributes().text("mode", "constant");
        return switch (mode) {
            case "constant" -> constant(call, cut(call, x, axis, before, after), axis, before, after, value);
            case "reflect" -> Axes.extended(o, x, axis, before, after, Border.REFLECTED);
            case "edge" -> Axes.extended(o, x, axis, before, after, Border.REPEATED);
            case "wrap" -> Axes.extended(o, x, axis, before, after, Border.PERIODIC);
            default -> throw call.expected("mode constant, reflect, edge or wrap", mode);
        };
    }

    /** Negative widths leave elements out. */
    private static Node cut(OnnxCall call, Node x, int axis, long before, long after) {
        long from = Math.max(0, -before);
        long to = x.shape().dim(axis) - Math.max(0, -after);
        if (from > to) {
            throw call.expected("at most " + x.shape().dim(axis) + " elements to leave out", from - Math.min(0, after));
        }
        return call.ops().slice(x, axis, from, to);
    }

    private static Node constant(OnnxCall call, Node x, int axis, long before, long after, Node value) {
        Node one = call.ops().reshape(value, Shape.SCALAR);
        List<Node> parts = new ArrayList<>();
        parts.add(border(call, x, axis, before, one));
        parts.add(x);
        parts.add(border(call, x, axis, after, one));
        parts.removeIf(part -> part != x && part.shape().dim(axis) == 0);
        return call.ops().concat(parts, axis);
    }

    private static Node border(OnnxCall call, Node x, int axis, long size, Node value) {
        TensorType type = x.type().withShape(x.shape().with(axis, Math.max(0, size)));
        return value.op() instanceof Leaf.Literal known
                ? call.ops().builder().literal(type, known.values())
                : call.ops().broadcast(value, type.shape());
    }

    /** The middle, or zeros around all; the odd element is left out, or put, at the end. */
    private static Node center(OnnxCall call) {
        long[] sizes = call.longs(1);
        int rank = call.rank(0);
        long[] axes = call.attributes().has("axes")
                ? call.attributes().longs("axes")
                : LongStream.range(0, rank).toArray();
        if (axes.length != sizes.length) {
            throw call.expected("a size for each of " + axes.length + " axes", Arrays.toString(sizes));
        }
        call.axes(axes, rank);
        long[] wanted = call.shape(0).toArray();
        for (int i = 0; i < axes.length; i++) {
            wanted[call.axis(axes[i], rank)] = sizes[i];
        }
        call.affordable(wanted);
        Node x = call.input(0);
        for (int axis = 0; axis < rank; axis++) {
            long more = wanted[axis] - x.shape().dim(axis);
            x = more < 0
                    ? call.ops().slice(x, axis, -more / 2, -more / 2 + wanted[axis])
                    : call.ops().pad(x, axis, more / 2, more - more / 2, 0);
        }
        return x;
    }

    /** Reverses the first elements along one axis, a number of them for each position on another. */
    private static Node reverse(OnnxCall call) {
        int batch = call.axis("batch_axis", 1);
        int time = call.axis("time_axis", 0);
        long[] lengths = call.longs(1);
        int size = Math.toIntExact(call.size(0, time));
        boolean fits = batch != time
                && lengths.length == call.size(0, batch)
                && LongStream.of(lengths).allMatch(length -> length >= 0 && length <= size);
        if (!fits) {
            throw call.expected("lengths from 0 to " + size + ", one a sequence", Arrays.toString(lengths));
        }
        return Axes.reversedFirst(call.ops(), call.input(0), batch, time, lengths);
    }
}
