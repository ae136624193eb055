package org.curvature4j.internal.engine;

import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.internal.blas.Warning;
import org.curvature4j.internal.gpu.Device;
import org.curvature4j.internal.gpu.UntrustedDeviceException;

/**
 * Holds what a device computes to what the processor does, so that a card, a driver or its compiler that computes otherwise
 * than it should is found before any of its results is handed on.
 *
 * @param promise how near results are to be
 * @param inputs numbers of a point
 * @param outputs numbers of a result
 */
public record DeviceCheck(Promise promise, int inputs, int outputs) {
    /** Points that are computed twice, where their results are small. */
    private static final int POINTS = 8;

    /** Numbers of results that are computed twice: of a larger result one. */
    private static final int NUMBERS = 1 << 20;

    /** How near results are to be. */
    public enum Promise {
        /** The same, to the last bit. */
        BITS(0, 0),
        /** To rounding, sums being taken in another order. */
        ROUNDING(0x1p-30, 1e-9),
        /** To rounding of float32. */
        SINGLE(0x1p-14, 1e-4);

        private final double step;
        private final double share;

        Promise(double step, double share) {
            this.step = step;
            this.share = share;
        }

        /** That of functions whose sums are taken in another order than the processor's. */
        public static Promise of(Graph graph) {
            return graph.nodes().stream().anyMatch(node -> node.dtype() == DType.FLOAT32) ? SINGLE : ROUNDING;
        }
    }

    /** Says that what a device computes can't be held to what the processor does, which lacks the memory. */
    public static void tellUnchecked(Device device, IllegalArgumentException why) {
        Warning.say("the first results of " + device + " aren't held against the CPU's: " + why.getMessage());
    }

    /** How many of so many points are computed twice. */
    int points(long there) {
        return (int) Math.min(there, Math.min(POINTS, Math.max(1, NUMBERS / Math.max(1, outputs))));
    }

    /**
     * Holds a vector's result.
     *
     * @param processor computes one
     * @throws UntrustedDeviceException as {@link #hold}
     */
    public static void holdVector(
            Device device,
            Promise promise,
            double[] vector,
            double[] actual,
            BiConsumer<double[], double[]> processor) {
        DeviceCheck check = new DeviceCheck(promise, vector.length, actual.length);
        check.hold(device, 1, vector, actual, points -> {
            double[] results = new double[points.length / Math.max(1, vector.length) * actual.length];
            double[] point = new double[vector.length];
            double[] result = new double[actual.length];
            for (int i = 0; i * actual.length < results.length; i++) {
                System.arraycopy(points, i * point.length, point, 0, point.length);
                processor.accept(point, result);
                System.arraycopy(result, 0, results, i * result.length, result.length);
            }
            return results;
        });
    }

    /**
     * Holds results to the processor's.
     *
     * @param count of points
     * @param points one after the other
     * @param actual their results on the device
     * @param processor computes results of points
     * @throws UntrustedDeviceException if one is another
     */
    void hold(Device device, int count, double[] points, double[] actual, UnaryOperator<double[]> processor) {
        boolean bits = promise == Promise.BITS;
        double[] expected = processor.apply(bits ? points : withNeighbours(count, points));
        for (int i = 0; i < count; i++) {
            double allowed = bits ? 0 : allowed(expected, i, count + i);
            for (int k = i * outputs; k < (i + 1) * outputs; k++) {
                boolean same = bits
                        ? Double.doubleToLongBits(actual[k]) == Double.doubleToLongBits(expected[k])
                        : Double.isNaN(allowed) || Math.abs(actual[k] - expected[k]) <= allowed;
                if (!same) {
                    throw new UntrustedDeviceException(
                            device,
                            "number " + (k - i * outputs) + " of result " + i + " is " + actual[k] + ", on the CPU "
                                    + expected[k]);
                }
            }
        }
    }

    /** Points, and for each one beside it, which shows how far rounding may move the result where terms cancel. */
    private double[] withNeighbours(int count, double... points) {
        double[] all = Arrays.copyOf(points, 2 * count * inputs);
        for (int i = 0; i < count; i++) {
            double largest = 0;
            for (int k = 0; k < inputs; k++) {
                largest = Math.max(largest, Math.abs(points[i * inputs + k]));
            }
            double step = promise.step * (largest > 0 ? largest : 1);
            for (int k = 0; k < inputs; k++) {
                // Signs without a pattern: where all grow alike, what cancels may go on to.
                boolean up = (((k * 0x9E3779B9) >>> 16) & 1) == 0;
                all[(count + i) * inputs + k] = points[i * inputs + k] + (up ? step : -step);
            }
        }
        return all;
    }

    /** How far a number of a result may be from the processor's; NaN where the result isn't finite, there or beside it. */
    private double allowed(double[] results, int row, int neighbour) {
        double largest = 0;
        double move = 0;
        for (int k = 0; k < outputs; k++) {
            double number = results[row * outputs + k];
            largest = Math.max(largest, Math.abs(number));
            move = Math.max(move, Math.abs(results[neighbour * outputs + k] - number));
        }
        double allowed = promise.share * largest + move;
        return Double.isFinite(allowed) ? allowed : Double.NaN;
    }
}
