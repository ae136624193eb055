package org.curvature4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.curvature4j.DerivativeReport.Comparison;
import org.curvature4j.DerivativeReport.Kind;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.nd4j.TensorPlan;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.host.NativeArrays;
import org.curvature4j.internal.host.Resources;
import org.curvature4j.internal.random.StandardNormal;
import org.curvature4j.internal.transform.Jvp;
import org.curvature4j.internal.transform.Vjp;
import org.curvature4j.internal.transform.Vmap;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One order of a {@link DerivativeCheck}: the derivative along a direction of a graph whose inputs are the point, what is fed,
 * and the directions of the orders below, which stay what they are.
 */
final class DerivativeOrder implements AutoCloseable {
    private static final List<Integer> POINT = List.of(0);

    private final int order;
    private final List<INDArray> feeds;
    private final long seed;
    private final TensorType type;
    private final Graph graph;
    private final TensorPlan below;
    private final TensorPlan forward;
    private final TensorPlan reverse;
    private final Map<Kind, Comparison> worst = new EnumMap<>(Kind.class);

    DerivativeOrder(Graph below, int order, List<INDArray> feeds, long seed) {
        this.order = order;
        this.feeds = feeds;
        this.seed = seed;
        this.type = below.inputs().get(0).type();
        this.graph = Jvp.of(below, POINT);
        this.below = TensorPlan.shared(below);
        this.forward = TensorPlan.shared(graph);
        this.reverse = TensorPlan.shared(Vjp.of(below, POINT));
    }

    /** The derivative: the inputs of the graph below and a direction. */
    Graph graph() {
        return graph;
    }

    /** For each way of checking, the place that is furthest off. */
    Collection<Comparison> worst() {
        return worst.values();
    }

    /** At one point all but the batch. */
    void compare(int place, double[] point, double step, double tolerance, double exact) {
        List<double[]> directions = directions(place, point.length);
        double[] direction = directions.get(order - 1);
        List<double[]> before = directions.subList(0, order - 1);
        double[] value = numbers(below, point, before);
        double[] found = numbers(forward, point, directions);
        requireFinite(place, value);
        double[] near = differences(point, direction, before, step);
        double[] wide = differences(point, direction, before, 2 * step);
        double largest = largest(value);
        for (int i = 0; i < found.length; i++) {
            // Richardson's extrapolation: the error falls with the fourth power of the step.
            double expected = (4 * near[i] - wide[i]) / 3;
            // A difference over the step keeps some of the rounding of what is subtracted.
            add(Kind.FINITE_DIFFERENCES, place, i, found[i], expected, tolerance * (1 + 1e-3 * largest));
        }
        double[] cotangent = normal(found.length, place, 2 * order + 1);
        List<double[]> pulling = new ArrayList<>(before);
        pulling.add(cotangent);
        double[] pulled = numbers(reverse, point, pulling);
        double terms = largest(found) * found.length;
        add(Kind.REVERSE_MODE, place, -1, dot(pulled, direction), dot(cotangent, found), exact * (1 + terms));
        if (order > 1) {
            List<double[]> exchanged = new ArrayList<>(directions);
            Collections.swap(exchanged, order - 1, order - 2);
            double[] other = numbers(forward, point, exchanged);
            addAll(Kind.SYMMETRY, place, found, other, exact);
        }
    }

    /** All points at once, the batch on the last axis, against one after the other. */
    void compareBatch(List<double[]> points, double exact) {
        int size = points.size();
        List<Boolean> batched =
                new ArrayList<>(Collections.nCopies(graph.inputs().size(), true));
        Collections.fill(batched.subList(1, 1 + feeds.size()), false);
        List<double[]> inputs = new ArrayList<>();
        for (int input = 0; input <= order; input++) {
            double[] together = new double[size * Math.toIntExact(type.size())];
            for (int place = 0; place < size; place++) {
                double[] point = points.get(place);
                double[] one =
                        input == 0 ? point : directions(place, point.length).get(input - 1);
                for (int i = 0; i < one.length; i++) {
                    together[i * size + place] = one[i];
                }
            }
            inputs.add(together);
        }
        try (TensorPlan plan = TensorPlan.shared(Vmap.of(graph, batched, size))) {
            TensorType batch = type.withShape(type.shape().append(size));
            double[] results = numbers(plan, batch, inputs.get(0), inputs.subList(1, inputs.size()));
            for (int place = 0; place < size; place++) {
                double[] point = points.get(place);
                double[] one = numbers(forward, point, directions(place, point.length));
                double[] found = new double[one.length];
                for (int i = 0; i < found.length; i++) {
                    found[i] = results[i * size + place];
                }
                addAll(Kind.BATCH, place, found, one, exact);
            }
        }
    }

    private double[] differences(double[] point, double[] direction, List<double[]> before, double step) {
        double[] after = numbers(below, shifted(point, direction, step), before);
        double[] ahead = numbers(below, shifted(point, direction, -step), before);
        for (int i = 0; i < after.length; i++) {
            after[i] = (after[i] - ahead[i]) / (2 * step);
        }
        return after;
    }

    private static double[] shifted(double[] point, double[] direction, double step) {
        double[] shifted = point.clone();
        for (int i = 0; i < shifted.length; i++) {
            shifted[i] += step * direction[i];
        }
        return shifted;
    }

    private void requireFinite(int place, double[] value) {
        for (int i = 0; i < value.length; i++) {
            if (!Double.isFinite(value[i])) {
                throw new IllegalArgumentException("point " + place + ": expected finite numbers, got " + value[i]
                        + " in result " + i + " of "
                        + (order == 1 ? "the function" : "the derivative of order " + (order - 1))
                        + " (give points inside the domain)");
            }
        }
    }

    private void addAll(Kind kind, int place, double[] found, double[] expected, double exact) {
        for (int i = 0; i < found.length; i++) {
            add(kind, place, i, found[i], expected[i], exact * (1 + largest(expected)));
        }
    }

    /** @param scale the difference that is allowed in a number of less than one */
    private void add(Kind kind, int place, int result, double found, double expected, double scale) {
        double allowed = scale * (1 + (kind == Kind.FINITE_DIFFERENCES ? Math.abs(expected) : 0));
        Comparison next = new Comparison(order, kind, place, result, found, expected, allowed);
        worst.merge(kind, next, (known, other) -> other.excess() > known.excess() ? other : known);
    }

    private static double largest(double[] numbers) {
        return Arrays.stream(numbers).map(Math::abs).max().orElse(0);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** The directions of all orders up to this one, the same at every order. */
    private List<double[]> directions(int place, int length) {
        List<double[]> directions = new ArrayList<>();
        for (int i = 1; i <= order; i++) {
            directions.add(normal(length, place, 2 * i));
        }
        return directions;
    }

    private double[] normal(int length, int place, int stream) {
        double[] numbers = new double[length];
        long other = StandardNormal.otherSeed(StandardNormal.otherSeed(seed, stream), place);
        StandardNormal.fill(other, 0, numbers, 0, length);
        return numbers;
    }

    private double[] numbers(TensorPlan plan, double[] point, List<double[]> after) {
        return numbers(plan, type, point, after);
    }

    private double[] numbers(TensorPlan plan, TensorType type, double[] point, List<double[]> after) {
        List<INDArray> arguments = new ArrayList<>();
        arguments.add(array(point, type));
        arguments.addAll(feeds);
        for (double[] numbers : after) {
            arguments.add(array(numbers, plan.inputs().get(arguments.size())));
        }
        try (INDArray result = plan.call(arguments).get(0)) {
            return HostArray.numbers("derivative", result);
        }
    }

    private static INDArray array(double[] numbers, TensorType type) {
        return HostArray.copyOf(
                numbers, NativeArrays.dataType(type.dtype()), type.shape().toArray());
    }

    private static INDArray array(double[] numbers, INDArray like) {
        return HostArray.copyOf(numbers, like.dataType(), like.shape());
    }

    @Override
    public void close() {
        Resources.of(below, forward, reverse).close();
    }
}
