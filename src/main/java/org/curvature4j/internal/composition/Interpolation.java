package org.curvature4j.internal.composition;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Indices;
import org.curvature4j.op.Ops;

/** Values between elements, as weighted sums of some of them. */
public final class Interpolation {
    private Interpolation() {}

    /** Which elements of an axis a new one is made of, and their weights, as many of both. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Mixture(int[] elements, double[] weights) {}

    /** An axis whose elements are mixtures of what it has. */
    public static Node along(Ops o, Node x, int axis, List<Mixture> mixtures) {
        int parts = mixtures.stream()
                .mapToInt(mixture -> mixture.elements.length)
                .max()
                .orElse(0);
        Node sum = null;
        for (int part = 0; part < parts; part++) {
            int number = part;
            double[] weights = mixtures.stream()
                    .mapToDouble(mixture -> number < mixture.weights.length ? mixture.weights[number] : 0)
                    .toArray();
            int[] elements = mixtures.stream()
                    .mapToInt(mixture -> mixture.elements.length == 0
                            ? 0
                            : mixture.elements[Math.min(number, mixture.elements.length - 1)])
                    .toArray();
            Node taken = taken(o, x, axis, elements);
            Shape row = Shape.ones(x.shape().rank()).with(axis, weights.length);
            Node weighted = IntStream.range(0, weights.length).allMatch(i -> weights[i] == 1)
                    ? taken
                    : o.mul(taken, o.constant(new TensorType(x.dtype(), row), weights));
            Node met = withoutZeros(o, weighted, row, weights);
            sum = sum == null ? met : o.add(sum, met);
        }
        return sum == null ? o.builder().literal(x.type().withShape(x.shape().with(axis, mixtures.size())), 0) : sum;
    }

    /** What has weight 0 is no part of a mixture, though it may be infinite. */
    private static Node withoutZeros(Ops o, Node weighted, Shape row, double... weights) {
        double[] isPart = DoubleStream.of(weights).map(w -> w == 0 ? 0 : 1).toArray();
        return DoubleStream.of(isPart).allMatch(part -> part == 1)
                ? weighted
                : o.select(o.constant(new TensorType(DType.BOOL, row), isPart), weighted, o.like(weighted, 0));
    }

    private static Node taken(Ops o, Node x, int axis, int... elements) {
        boolean all = elements.length == x.shape().dim(axis)
                && IntStream.range(0, elements.length).allMatch(i -> elements[i] == i);
        return all ? x : o.gather(x, axis, Indices.of(elements));
    }

    /** How an element is reached that an interpolation asks for and that may lie outside; what is reached, may too. */
    @FunctionalInterface
    public interface Reach {
        Node of(Ops o, Node index);
    }

    /**
     * One of the elements that each place is a mixture of: which one it is along an axis, a whole number and held constant, and
     * its weight. Where there is none of that number, nothing stands for it.
     */
    public record Tap(Node element, Node weight) {}

    /** The elements before and after computed places. At whole places the derivative is that to the right. */
    public static List<Tap> linear(Ops o, Node places) {
        Node lower = o.apply(Elementwise.FLOOR, places);
        Node fraction = o.sub(places, lower);
        Node below = o.stopGradient(lower);
        return List.of(new Tap(below, o.sub(o.like(places, 1), fraction)), new Tap(o.onePlus(below), fraction));
    }

    /** The elements at whole places. */
    public static List<Tap> whole(Ops o, Node places) {
        return List.of(new Tap(o.stopGradient(places), o.like(places, 1)));
    }

    /** As {@link #linear}, by cubic convolution: Keys 1981, equation 4, with the coefficient a. */
    public static List<Tap> cubic(Ops o, Node places, double a, Reach reach) {
        Node lower = o.apply(Elementwise.FLOOR, places);
        Node fraction = o.sub(places, lower);
        Node rest = o.sub(o.like(places, 1), fraction);
        List<Node> weights = List.of(
                outer(o, o.onePlus(fraction), a),
                inner(o, fraction, a),
                inner(o, rest, a),
                outer(o, o.onePlus(rest), a));
        return IntStream.range(0, weights.size())
                .mapToObj(tap -> {
                    Node index = o.stopGradient(o.add(lower, o.like(lower, tap - 1.0)));
                    return new Tap(reach.of(o, index), weights.get(tap));
                })
                .toList();
    }

    /** Keys' kernel at a distance from 0 to 1. */
    private static Node inner(Ops o, Node t, double a) {
        Node slope = o.sub(o.mul(t, a + 2), o.like(t, a + 3));
        return o.onePlus(o.mul(slope, o.square(t)));
    }

    /** Keys' kernel at a distance from 1 to 2. */
    private static Node outer(Ops o, Node t, double a) {
        // a (t - 1)(t - 2)^2, which is the polynomial with its zeros written out.
        Node beyond = o.sub(t, o.like(t, 2));
        return o.mul(o.mul(o.sub(t, o.like(t, 1)), o.square(beyond)), a);
    }

    /** Keys' kernel as a function of the distance. */
    public static double cubic(double distance, double a) {
        double t = Math.abs(distance);
        if (t <= 1) {
            return ((a + 2) * t - (a + 3)) * t * t + 1;
        }
        return t < 2 ? a * (t - 1) * (t - 2) * (t - 2) : 0;
    }

    /** Held within the elements of an axis, with derivative 0 at both ends and beyond, as in PyTorch. */
    public static Node clamped(Ops o, Node place, int size) {
        Node zero = o.like(place, 0);
        Node last = o.like(place, size - 1.0);
        Node raised = o.select(o.apply(Comparison.LE, place, zero), zero, place);
        return o.select(o.apply(Comparison.GE, place, last), last, raised);
    }

    /** Mirrored at two borders until it is between them. */
    public static Node reflected(Ops o, Node place, double low, double high) {
        double span = high - low;
        if (span <= 0) {
            return o.mul(place, 0);
        }
        Node distance = o.apply(Elementwise.ABS, o.sub(place, o.like(place, low)));
        Node turns = o.apply(Elementwise.FLOOR, o.mul(distance, 1 / span));
        Node extra = o.sub(distance, o.mul(turns, span));
        Node half = o.mul(turns, 0.5);
        Node isEven = o.stopGradient(o.apply(Comparison.EQ, half, o.apply(Elementwise.FLOOR, half)));
        return o.select(isEven, o.add(extra, o.like(place, low)), o.sub(o.like(place, high), extra));
    }

    /**
     * Samples of values [batch, channels, spatial ...] at places of each example: the sum of {@link #parts}.
     *
     * @return [batch, channels, places]
     */
    public static Node sampled(Ops o, Node x, List<List<Tap>> axes) {
        return parts(o, x, axes).stream().reduce(o::add).orElseThrow();
    }

    /**
     * What each choice of a tap along each axis adds to samples, [batch, channels, places].
     *
     * @param axes the taps of each spatial axis, [batch, places ...], which broadcast against each other
     */
    public static List<Node> parts(Ops o, Node x, List<List<Tap>> axes) {
        Shape shape = x.shape();
        List<Tap> joined = List.of(new Tap(o.scalar(DType.FLOAT64, 0), o.like(x, 1)));
        for (int axis = 0; axis < axes.size(); axis++) {
            List<Tap> more = new ArrayList<>();
            for (Tap before : joined) {
                for (Tap tap : axes.get(axis)) {
                    more.add(joined(o, before, tap, shape.dim(2 + axis)));
                }
            }
            joined = more;
        }
        Node flat = o.reshape(x, Shape.of(shape.dim(0), shape.dim(1), shape.sizeFrom(2)));
        return joined.stream()
                .map(tap -> {
                    Shape column = Shape.of(shape.dim(0), 1, tap.element.shape().sizeFrom(1));
                    Node places = o.cast(o.reshape(tap.element, column), DType.INT64);
                    Node weights = o.broadcast(tap.weight, tap.element.shape());
                    return o.mul(o.gather(flat, 2, places), o.reshape(weights, column));
                })
                .toList();
    }

    /** An element among those of several axes, counted row-major in float64; -1 with weight 0 where an axis hasn't it. */
    private static Tap joined(Ops o, Tap before, Tap tap, long size) {
        Node element = o.cast(tap.element, DType.FLOAT64);
        Node low = o.like(element, 0);
        Node isOutside = o.apply(
                Comparison.OR,
                o.apply(Comparison.LT, element, low),
                o.apply(Comparison.GT, element, o.like(element, size - 1.0)));
        Node none = o.apply(Comparison.OR, isOutside, o.apply(Comparison.LT, before.element, low));
        Node place = o.add(o.mul(before.element, (double) size), element);
        Node weight = o.mul(before.weight, tap.weight);
        return new Tap(o.select(none, o.like(place, -1), place), o.select(none, o.like(weight, 0), weight));
    }
}
