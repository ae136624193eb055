package org.curvature4j.internal.composition;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
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
            sum = sum == null ? weighted : o.add(sum, weighted);
        }
        return sum == null ? o.builder().literal(x.type().withShape(x.shape().with(axis, mixtures.size())), 0) : sum;
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

    /** Rows of the weights of the elements below and above a place. */
    public record Pair(Node lower, Node upper) {}

    /**
     * Rows of weights over the elements of an axis, for computed places on it: a last axis of the given size. Where a
     * place asks for elements outside, nothing stands for them. At whole places the derivative is that to the right.
     */
    public static Node linearRows(Ops o, Node places, int size) {
        Pair pair = linearPair(o, places, size);
        return o.add(pair.lower, pair.upper);
    }

    /** The two parts of {@link #linearRows}. */
    public static Pair linearPair(Ops o, Node places, int size) {
        Node lower = o.apply(Elementwise.FLOOR, places);
        Node fraction = o.sub(places, lower);
        Node low = column(o, lower);
        Node zero = o.like(places, 0);
        Node below = column(o, o.sub(o.like(places, 1), fraction));
        return new Pair(
                o.select(at(o, low, size), below, zero),
                o.select(at(o, o.onePlus(low), size), column(o, fraction), zero));
    }

    /** As {@link #linearRows}, for whole places. */
    public static Node wholeRows(Ops o, Node places, int size) {
        return o.cast(at(o, column(o, places), size), places.dtype());
    }

    /** As {@link #linearRows}, by cubic convolution: Keys 1981, equation 4, with the coefficient a. */
    public static Node cubicRows(Ops o, Node places, int size, double a, Reach reach) {
        Node lower = o.apply(Elementwise.FLOOR, places);
        Node fraction = o.sub(places, lower);
        Node rest = o.sub(o.like(places, 1), fraction);
        List<Node> weights = List.of(
                outer(o, o.onePlus(fraction), a),
                inner(o, fraction, a),
                inner(o, rest, a),
                outer(o, o.onePlus(rest), a));
        Node rows = null;
        for (int tap = 0; tap < weights.size(); tap++) {
            Node index = reach.of(o, o.stopGradient(o.add(lower, o.like(lower, tap - 1.0))));
            Node row = o.select(at(o, column(o, index), size), column(o, weights.get(tap)), o.like(places, 0));
            rows = rows == null ? row : o.add(rows, row);
        }
        return Objects.requireNonNull(rows);
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

    private static Node column(Ops o, Node x) {
        return o.reshape(x, x.shape().append(1));
    }

    /** Where an element's number is the index; held constant, so that it isn't taken for a kink. */
    private static Node at(Ops o, Node index, int size) {
        double[] numbers = IntStream.range(0, size).asDoubleStream().toArray();
        Shape row = Shape.ones(index.shape().rank()).with(index.shape().rank() - 1, size);
        Node all = o.constant(new TensorType(index.dtype(), row), numbers);
        return o.stopGradient(o.apply(Comparison.EQ, all, index));
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
     * Samples of values [batch, channels, spatial ...] at places of each example.
     *
     * @param rows weights of each spatial axis' elements, [batch, places, size]
     * @return [batch, channels, places]
     */
    public static Node sampled(Ops o, Node x, List<Node> rows) {
        String spatial = "defghijklm".substring(0, rows.size());
        Node result = o.einsum(
                "bc" + spatial + ",bp" + last(spatial) + "->bc" + rest(spatial) + "p", x, rows.get(rows.size() - 1));
        for (int axis = rows.size() - 2; axis >= 0; axis--) {
            spatial = rest(spatial);
            result = o.einsum(
                    "bc" + spatial + "p,bp" + last(spatial) + "->bc" + rest(spatial) + "p", result, rows.get(axis));
        }
        return result;
    }

    private static String last(String labels) {
        return labels.substring(labels.length() - 1);
    }

    private static String rest(String labels) {
        return labels.substring(0, labels.length() - 1);
    }
}
