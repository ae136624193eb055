package org.curvature4j.curvature;

import java.util.function.DoubleUnaryOperator;
import org.curvature4j.Block;
import org.curvature4j.internal.random.StandardNormal;
import org.curvature4j.internal.text.Arguments;
import org.curvature4j.operator.Vectors;
import org.curvature4j.stream.Progress;

/**
 * A loss around its point: along a line, and over a plane. Safe for several threads; owns native memory until it is closed.
 *
 * <p>Random directions by themselves mislead, since a net's weights can be scaled against each other without changing it; with
 * {@linkplain #filterNormalised filter normalisation} the sharpness of different nets can be compared (Li, Xu, Taylor, Studer,
 * Goldstein, Visualizing the loss landscape of neural nets, NeurIPS 2018, section 4).
 */
public final class Landscape implements AutoCloseable {
    private final DataLoss loss;
    private final DataFunction value;
    private final double[] point;

    private Landscape(DataLoss loss) {
        this.loss = loss;
        this.value = loss.valueFunction();
        this.point = loss.point();
    }

    /** The surroundings of a loss' point. Close it. */
    public static Landscape of(DataLoss loss) {
        return new Landscape(loss);
    }

    /**
     * Losses at point + t direction.
     *
     * @param direction one number for each parameter; its length counts
     * @param steps values of t
     * @return a loss for each step; infinite or NaN where the loss is
     */
    public double[] along(double[] direction, double[] steps, Progress progress) {
        requireDirection(direction);
        double[] losses = new double[steps.length];
        for (int i = 0; i < steps.length; i++) {
            losses[i] = at(direction, steps[i], direction, 0);
            progress.advance(1);
        }
        return losses;
    }

    /**
     * Losses at point + s first + t second.
     *
     * @param firstSteps values of s
     * @param secondSteps values of t
     * @return [second steps, first steps]
     */
    public double[][] over(
            double[] first, double[] second, double[] firstSteps, double[] secondSteps, Progress progress) {
        requireDirection(first);
        requireDirection(second);
        double[][] losses = new double[secondSteps.length][firstSteps.length];
        for (int j = 0; j < secondSteps.length; j++) {
            for (int i = 0; i < firstSteps.length; i++) {
                losses[j][i] = at(first, firstSteps[i], second, secondSteps[j]);
                progress.advance(1);
            }
        }
        return losses;
    }

    private double at(double[] first, double s, double[] second, double t) {
        double[] moved = point.clone();
        Vectors.add(s, first, moved);
        Vectors.add(t, second, moved);
        return value.apply(moved)[0];
    }

    /**
     * A random direction in which each filter is as long as the weights' own, and biases and other vectors stay put.
     *
     * @param loss at the point whose weights count
     * @return one number for each parameter, a new array
     */
    public static double[] filterNormalised(DataLoss loss, long seed, FilterAxis axis) {
        double[] point = loss.point();
        double[] direction = new double[point.length];
        StandardNormal.fill(seed, 0, direction, 0, direction.length);
        for (Block block : loss.blocks()) {
            int from = Math.toIntExact(block.offset());
            int size = Math.toIntExact(block.size());
            int rank = block.shape().rank();
            if (rank < 2) {
                java.util.Arrays.fill(direction, from, from + size, 0);
                continue;
            }
            int filters = Math.toIntExact(block.shape().dim(axis == FilterAxis.LAST ? rank - 1 : 0));
            int length = size / filters;
            for (int filter = 0; filter < filters; filter++) {
                int start = axis == FilterAxis.LAST ? from + filter : from + filter * length;
                int stride = axis == FilterAxis.LAST ? filters : 1;
                normalise(point, direction, start, stride, length);
            }
        }
        return direction;
    }

    private static void normalise(double[] point, double[] direction, int start, int stride, int length) {
        double own = norm(point, start, stride, length);
        double drawn = norm(direction, start, stride, length);
        DoubleUnaryOperator scaled = drawn == 0 ? number -> 0 : number -> number * (own / drawn);
        for (int k = 0; k < length; k++) {
            int at = start + k * stride;
            direction[at] = scaled.applyAsDouble(direction[at]);
        }
    }

    private static double norm(double[] numbers, int start, int stride, int length) {
        double[] filter = new double[length];
        for (int k = 0; k < length; k++) {
            filter[k] = numbers[start + k * stride];
        }
        return Vectors.norm(filter);
    }

    private void requireDirection(double... direction) {
        Arguments.requireLength("direction", loss.size(), direction.length);
    }

    /** Where losses are computed, as {@link DataOperator#describe}. */
    public String describe() {
        return value.describe();
    }

    @Override
    public void close() {
        value.close();
    }

    @Override
    public String toString() {
        return "landscape around the point of a " + loss;
    }
}
