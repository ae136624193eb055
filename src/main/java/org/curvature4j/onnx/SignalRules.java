package org.curvature4j.onnx;

import static org.curvature4j.onnx.OnnxRule.single;
import static org.curvature4j.samediff.Smoothness.SMOOTH;

import java.util.stream.IntStream;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.composition.Fourier;
import org.curvature4j.op.Indices;
import org.curvature4j.op.Ops;

/** Fourier transforms, which are linear, and the constants that come with them. */
final class SignalRules {
    private SignalRules() {}

    static void addTo(OnnxRules rules) {
        String product = "as a product with cosines and sines";
        rules.add("DFT", SMOOTH, product, single(SignalRules::transform));
        rules.add("STFT", SMOOTH, product, single(SignalRules::frames));
        rules.add("HannWindow", SMOOTH, single(call -> window(call, 0.5, 0.5, 0)));
        rules.add("HammingWindow", SMOOTH, single(call -> window(call, 25.0 / 46, 21.0 / 46, 0)));
        rules.add("BlackmanWindow", SMOOTH, single(call -> window(call, 0.42, 0.5, 0.08)));
        rules.add("MelWeightMatrix", SMOOTH, single(SignalRules::mel));
    }

    /** The axis was an attribute before version 20. */
    private static Node transform(OnnxCall call) {
        int rank = call.rank(0);
        long written =
                call.opset() < 20 ? call.attributes().integer("axis", 1) : call.has(2) ? (long) call.number(2) : -2;
        int axis = call.axis(written, rank);
        boolean inverse = call.attributes().flag("inverse", false);
        boolean oneSided = call.attributes().flag("onesided", false);
        long own = inverse && oneSided ? 2 * (call.size(0, axis) - 1) : call.size(0, axis);
        long length = call.has(1) ? (long) call.number(1) : own;
        if (axis == rank - 1) {
            throw call.expected("an axis before the last, which holds real and imaginary parts", written);
        }
        return transformed(call, call.input(0), axis, new Fourier(Math.toIntExact(length), inverse, oneSided));
    }

    private static Node transformed(OnnxCall call, Node x, int axis, Fourier transform) {
        long parts = x.shape().dim(x.shape().rank() - 1);
        if (parts < 1 || parts > 2 || transform.length() < 1) {
            throw call.expected(
                    "a last axis of 1 or 2, for real and imaginary parts, and a length of at least 1",
                    x.type() + " and length " + transform.length());
        } else if (transform.oneSided() && !transform.inverse() && parts == 2) {
            throw call.expected("real numbers where one side of the spectrum is wanted", "complex ones");
        }
        call.affordable(transform.work(parts));
        return transform.of(call.ops(), x, axis);
    }

    /** Transforms of pieces of signals [batch, length, parts], each weighted by a window. */
    private static Node frames(OnnxCall call) {
        Ops o = call.ops();
        int step = Math.toIntExact((long) call.number(1));
        long wanted = call.has(3) ? (long) call.number(3) : call.has(2) ? call.size(2, 0) : call.size(0, 1);
        int length = Math.toIntExact(wanted);
        if (call.rank(0) != 3 || step < 1 || length < 1 || length > call.size(0, 1)) {
            throw call.expected(
                    "signals [batch, length, parts] with steps of at least 1 and frames that fit",
                    call.shape(0) + " with steps of " + step + " and frames of " + length);
        }
        int count = (int) ((call.size(0, 1) - length) / step + 1);
        int[] places = IntStream.range(
                        0, Math.toIntExact(call.affordable(count, length).size()))
                .map(i -> i / length * step + i % length)
                .toArray();
        Shape shape = Shape.of(call.size(0, 0), count, length, call.size(0, 2));
        Node pieces = o.reshape(o.gather(call.input(0), 1, Indices.of(places)), shape);
        Node weighted = call.has(2)
                ? o.mul(
                        pieces,
                        o.reshape(call.input(2), Shape.of(1, 1, call.shape(2).size(), 1)))
                : pieces;
        return transformed(
                call, weighted, 2, new Fourier(length, false, call.attributes().flag("onesided", true)));
    }

    /** mean - first cos(2 pi n / N) + second cos(4 pi n / N), N being one less in a symmetric window. */
    private static Node window(OnnxCall call, double mean, double first, double second) {
        long size = (long) call.number(0);
        long period = call.attributes().flag("periodic", true) ? size : size - 1;
        if (size < 0 || (size == 1 && period == 0)) {
            throw call.expected("a size of at least 0, and of 2 in a symmetric window", size);
        }
        double[] values = new double[Math.toIntExact(call.affordable(size).size())];
        for (int i = 0; i < values.length; i++) {
            double turn = 2 * Math.PI * i / period;
            values[i] = mean - first * Math.cos(turn) + second * Math.cos(2 * turn);
        }
        return constant(call, values, size);
    }

    private static Node constant(OnnxCall call, double[] values, long... shape) {
        int type = (int) call.attributes().integer("output_datatype", 1);
        return call.ops()
                .constant(TensorType.of(OnnxType.of(type, "output_datatype").dtype(), shape), values);
    }

    /** Triangles over the frequencies of a spectrum, equally wide on the mel scale, 2595 log10(1 + f / 700). */
    private static Node mel(OnnxCall call) {
        int bands = Math.toIntExact((long) call.number(0));
        long length = (long) call.number(1);
        double low = 2595 * Math.log10(1 + call.number(3) / 700);
        double high = 2595 * Math.log10(1 + call.number(4) / 700);
        int frequencies = Math.toIntExact(length / 2 + 1);
        double[] weights = new double[(int) call.affordable(frequencies, bands).size()];
        int[] edges = IntStream.range(0, bands + 2)
                .map(i -> {
                    double frequency = 700 * (Math.pow(10, ((high - low) / (bands + 2) * i + low) / 2595) - 1);
                    return (int) Math.floor((length + 1) * frequency / call.number(2));
                })
                .toArray();
        for (int band = 0; band < bands; band++) {
            int rise = edges[band + 1] - edges[band];
            int fall = edges[band + 2] - edges[band + 1];
            for (int i = edges[band]; i <= edges[band + 1]; i++) {
                weights[i * bands + band] = rise == 0 ? 1 : (double) (i - edges[band]) / rise;
            }
            for (int i = edges[band + 1]; i < edges[band + 2]; i++) {
                weights[i * bands + band] = (double) (edges[band + 2] - i) / fall;
            }
        }
        return constant(call, weights, frequencies, bands);
    }
}
