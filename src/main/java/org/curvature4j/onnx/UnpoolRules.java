package org.curvature4j.onnx;

import static org.curvature4j.samediff.Smoothness.SMOOTH;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.composition.Scatters;
import org.curvature4j.op.IndexCheck;
import org.curvature4j.op.Indices;
import org.curvature4j.op.Ops;

/** Undoing a pool. */
final class UnpoolRules {
    private UnpoolRules() {}

    static void addTo(OnnxRules rules) {
        rules.add(
                "MaxUnpool",
                SMOOTH,
                "computed indices of a channel point into it",
                OnnxRule.single(UnpoolRules::unpool));
    }

    /** Values put where indices say, the last of several for one place; zeros elsewhere. */
    private static Node unpool(OnnxCall call) {
        Ops o = call.ops();
        Shape shape = call.shape(0);
        int axes = OnnxWindows.axes(call);
        if (!call.shape(1).equals(shape)) {
            throw call.expected("indices of shape " + shape, call.input(1).type());
        }
        long[] kernel = OnnxWindows.sizes(call, "kernel_shape", axes, 1, 1);
        long[] strides = OnnxWindows.sizes(call, "strides", axes, 1, 1);
        long[] pads = OnnxWindows.sizes(call, "pads", 2 * axes, 0, 0);
        long[] inferred = shape.toArray();
        for (int i = 0; i < axes; i++) {
            inferred[2 + i] =
                    Math.multiplyExact(inferred[2 + i] - 1, strides[i]) - pads[i] - pads[axes + i] + kernel[i];
        }
        Shape whole = call.affordable(inferred);
        Node put = o.reshape(call.isKnown(1) ? known(call, whole) : computed(call, whole), whole);
        if (call.has(2)) {
            long[] stated = call.longs(2);
            call.affordable(stated);
            for (int axis = 0; axis < inferred.length; axis++) {
                if (stated.length != inferred.length || stated[axis] < inferred[axis]) {
                    throw call.expected("an output_shape of at least " + whole, Arrays.toString(stated));
                }
                put = o.pad(put, axis, 0, stated[axis] - inferred[axis], 0);
            }
        }
        return put;
    }

    private static Node known(OnnxCall call, Shape whole) {
        Ops o = call.ops();
        int[] sources = new int[Math.toIntExact(whole.size())];
        int count = Math.toIntExact(call.shape(0).size());
        Arrays.fill(sources, count);
        double[] indices = call.numbers(1);
        for (int i = 0; i < indices.length; i++) {
            sources[(int) indices[i]] = i;
        }
        Node flat = o.reshape(call.input(0), Shape.of(count));
        return o.gather(o.pad(flat, 0, 0, 1, 0), 0, Indices.of(sources));
    }

    private static Node computed(OnnxCall call, Shape whole) {
        Ops o = call.ops();
        Shape shape = call.shape(0);
        long channels = Math.multiplyExact(shape.dim(0), shape.dim(1));
        long from = shape.size() / Math.max(1, channels);
        long to = whole.size() / Math.max(1, channels);
        Node indices = o.reshape(call.input(1), Shape.of(channels, from));
        double[] starts = IntStream.range(0, Math.toIntExact(channels))
                .mapToDouble(i -> (double) i * to)
                .toArray();
        Node own = o.sub(indices, o.constant(TensorType.of(indices.dtype(), channels, 1), starts));
        Node checked = o.apply(new IndexCheck("MaxUnpool", to, IndexCheck.Negative.REFUSED), own);
        Node updates = o.reshape(call.input(0), Shape.of(channels, from, 1));
        Node none = o.builder().literal(updates.type().withShape(Shape.of(channels, to, 1)), 0);
        return Scatters.computed(o, none, updates, checked, Scatters.Reduction.REPLACE);
    }
}
