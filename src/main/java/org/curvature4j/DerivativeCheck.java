package org.curvature4j;

import static org.curvature4j.internal.text.Arguments.refuseIf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.random.StandardNormal;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A check of a function's derivatives, for operations of your own and whatever is made of them. At each order, along random
 * directions, the derivative is held to finite differences of the one below (central, with Richardson's extrapolation);
 * reverse mode is held to forward mode, a derivative of second order or more to itself with two directions exchanged, and a
 * batch to a loop. A derivative that is wrong at one order is often right at others: a stated first derivative that is itself
 * held constant shows at the second.
 *
 * <pre>{@code DerivativeCheck.of(function).toOrder(3).require();}</pre>
 *
 * <p>Not for points on a kink or outside the domain: choose others by {@link #at}. Not safe for several threads.
 */
public final class DerivativeCheck {
    private static final int DRAWN = 3;

    private final TensorFunction function;
    private final boolean narrow;
    private int order = 2;
    private long seed = 1;
    private double step;
    private double tolerance;
    private @Nullable INDArray points;

    private DerivativeCheck(TensorFunction function, Graph graph) {
        this.function = function;
        this.narrow = graph.nodes().stream().anyMatch(node -> node.dtype() == DType.FLOAT32);
        this.step = narrow ? 2e-2 : 1e-4;
        this.tolerance = narrow ? 1e-3 : 1e-9;
    }

    /** A check of a function of the point alone: all its other inputs are fed. To second order, if no other is set. */
    public static DerivativeCheck of(TensorFunction function) {
        refuseIf(
                !function.dataNames().isEmpty(),
                "function",
                "one of a point alone",
                "one of " + function.inputNames() + " (feed one row of each)");
        return new DerivativeCheck(function, function.graph());
    }

    /**
     * Checks derivatives of the orders 1 to this one.
     *
     * @throws IllegalArgumentException if it isn't positive
     */
    public DerivativeCheck toOrder(int order) {
        refuseIf(order < 1, "order", "1 or more", order);
        this.order = order;
        return this;
    }

    /**
     * Checks at these points instead of three that are drawn from the standard normal distribution.
     *
     * @param points [B, n], or [B, ...] with n numbers a point; read now, not modified
     */
    public DerivativeCheck at(INDArray points) {
        RowLayout.ofPoints(function).count(points);
        this.points = HostArray.copyOf(points);
        return this;
    }

    /** Draws points, directions and cotangents by this seed; 1 if it isn't set. */
    public DerivativeCheck seed(long seed) {
        this.seed = seed;
        return this;
    }

    /**
     * How far finite differences step, along a direction of about one a coordinate; 1e-4 in float64, 2e-2 in float32.
     *
     * @throws IllegalArgumentException if it isn't a positive number
     */
    public DerivativeCheck step(double step) {
        refuseIf(!(step > 0 && step < Double.POSITIVE_INFINITY), "step", "a positive number", step);
        this.step = step;
        return this;
    }

    /**
     * How far a derivative may be from finite differences, relative to its size or one; 1e-9 in float64, 1e-3 in float32.
     * What agrees to rounding in float64, the modes and batches, may differ by a thousandth of it.
     *
     * @throws IllegalArgumentException if it isn't a positive number
     */
    public DerivativeCheck tolerance(double tolerance) {
        refuseIf(!(tolerance > 0 && tolerance < Double.POSITIVE_INFINITY), "tolerance", "a positive number", tolerance);
        this.tolerance = tolerance;
        return this;
    }

    /**
     * What was found, right or wrong.
     *
     * @throws IllegalArgumentException if the function or a derivative isn't finite at a point, or has no derivative
     */
    public DerivativeReport report() {
        List<double[]> places = places();
        List<INDArray> feeds = function.feedValues();
        double exact = narrow ? tolerance : tolerance / 1000;
        List<DerivativeReport.Comparison> found = new ArrayList<>();
        Graph below = function.graph();
        for (int k = 1; k <= order; k++) {
            try (DerivativeOrder derivative = new DerivativeOrder(below, k, feeds, seed)) {
                for (int place = 0; place < places.size(); place++) {
                    derivative.compare(place, places.get(place), step, tolerance, exact);
                }
                derivative.compareBatch(places, exact);
                found.addAll(derivative.worst());
                below = derivative.graph();
            }
        }
        return new DerivativeReport(function.toString(), found);
    }

    /**
     * As {@link #report}, for tests.
     *
     * @throws IllegalStateException in words, if a derivative is wrong
     */
    public DerivativeReport require() {
        DerivativeReport report = report();
        if (!report.isRight()) {
            throw new IllegalStateException(report.toString());
        }
        return report;
    }

    private List<double[]> places() {
        int length = Math.toIntExact(function.inputSize());
        INDArray given = points;
        double[] numbers;
        if (given == null) {
            numbers = new double[DRAWN * length];
            StandardNormal.fill(seed, 0, numbers, 0, numbers.length);
        } else {
            numbers = HostArray.numbers("points", given);
        }
        List<double[]> places = new ArrayList<>();
        long count = given == null ? DRAWN : given.size(0);
        for (int i = 0; i < count; i++) {
            places.add(Arrays.copyOfRange(numbers, i * length, (i + 1) * length));
        }
        return places;
    }

    @Override
    public String toString() {
        return "check of " + function + " to order " + order;
    }
}
