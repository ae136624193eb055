package org.curvature4j.internal.composition;

import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Ops;

/**
 * Discrete Fourier transforms as products with constant cosines and sines. Complex numbers are pairs, real part first,
 * along the last axis, which has size 1 where all imaginary parts are 0.
 *
 * @param length of the signal: what is shorter is continued by zeros, what is longer cut
 * @param oneSided whether of the spectrum only the frequencies from 0 to half are there: that of a real signal
 */
public record Fourier(int length, boolean inverse, boolean oneSided) {

    /** How many frequencies, or times, the result has. */
    public int outputs() {
        return oneSided && !inverse ? length / 2 + 1 : length;
    }

    /** How many numbers the constant has that an operand with so many parts is multiplied by. */
    public long work(long parts) {
        return Math.multiplyExact((long) length * outputs(), parts * 2);
    }

    /** The transform along an axis of x [..., parts]. */
    public Node of(Ops o, Node x, int axis) {
        int last = x.shape().rank() - 1;
        int parts = (int) x.shape().dim(last);
        int bins = oneSided && inverse ? length / 2 + 1 : length;
        int used = (int) Math.min(x.shape().dim(axis), bins);
        int results = oneSided && inverse ? 1 : 2;
        double[] factors = new double[Math.multiplyExact(used * parts, outputs() * results)];
        int at = 0;
        for (int from = 0; from < used; from++) {
            for (int part = 0; part < parts; part++) {
                for (int to = 0; to < outputs(); to++) {
                    for (int result = 0; result < results; result++) {
                        factors[at++] = factor(from, part, to, result);
                    }
                }
            }
        }
        Node matrix = o.constant(TensorType.of(DType.FLOAT64, used, parts, outputs(), results), factors);
        String labels = Products.labels(last - 1);
        Node moved = Axes.move(o, o.slice(x, axis, 0, used), axis, last - 1);
        Node transformed = o.einsum(labels + "XY,XYZW->" + labels + "ZW", moved, matrix);
        return Axes.move(o, transformed, last - 1, axis);
    }

    /** What a part of one number adds to a part of another. */
    private double factor(int from, int part, int to, int result) {
        long turn = (long) from * to % length;
        double sign = inverse ? 1 : -1;
        double value = part == result ? cosine(turn) : (part == 0 ? sign : -sign) * sine(turn);
        if (!inverse) {
            return value;
        }
        boolean isPaired = oneSided && from > 0 && 2L * from < length;
        return (isPaired ? 2 * value : value) / length;
    }

    /** cos(2 pi turn / length), from an angle of an eighth of a turn at most. */
    private double cosine(long turn) {
        long half = 2 * Math.min(turn, length - turn);
        long acute = Math.min(half, length - half);
        double size = 4 * acute <= length
                ? Math.cos(Math.PI * acute / length)
                : Math.sin(Math.PI * (length - 2 * acute) / (2.0 * length));
        return 2 * half > length ? -size : size;
    }

    private double sine(long turn) {
        long half = 2 * Math.min(turn, length - turn);
        long acute = Math.min(half, length - half);
        double size = 4 * acute <= length
                ? Math.sin(Math.PI * acute / length)
                : Math.cos(Math.PI * (length - 2 * acute) / (2.0 * length));
        return 2 * turn > length ? -size : size;
    }
}
