package org.curvature4j.internal.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.curvature4j.Hessian;
import org.curvature4j.Jacobian;
import org.curvature4j.TensorFunction;
import org.curvature4j.internal.cli.report.Rate;
import org.curvature4j.internal.io.Json;
import org.curvature4j.internal.tutorial.ModelGraph;
import org.curvature4j.internal.tutorial.Models;
import org.curvature4j.io.RandomPoints;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Points a second of some functions by the engine that this JVM's settings ask for. A program of its own, because a JVM
 * has one engine: it prints a JSON object.
 */
final class EngineSpeeds {
    private static final int SEED = 7;

    private EngineSpeeds() {}

    /** @param arguments the seconds that each function runs */
    public static void main(String[] arguments) {
        System.out.println(Json.text(measure(Double.parseDouble(arguments[0]))));
        System.exit(0);
    }

    /**
     * Measures all; functions that the engine can't compute are left out.
     *
     * @param seconds that each runs, half of it to warm up
     */
    static Map<String, Double> measure(double seconds) {
        Map<String, Double> speeds = new LinkedHashMap<>();
        put(speeds, "Hessian 11 x 11, 2-2-1 net", () -> hessian("two-two-one", 11, 20_000, seconds));
        put(speeds, "Hessian 11 x 11, one at a time", () -> hessian("two-two-one", 11, 1, seconds));
        put(speeds, "Hessian 8 x 8, mlp:8-32-32-1", () -> hessian("mlp:8-32-32-1", 8, 2_000, seconds));
        put(speeds, "Hessian 2 x 2, monkey saddle", () -> hessian("monkey-saddle", 2, 100_000, seconds));
        put(speeds, "Jacobian 2 x 2, tanh layer", () -> jacobian("tanh", 2, 100_000, seconds));
        put(speeds, "Jacobian 16 x 16, mlp:16-32-16", () -> jacobian("mlp:16-32-16", 16, 2_000, seconds));
        return speeds;
    }

    /** A measurement. */
    private interface Speed {
        double measured();
    }

    private static void put(Map<String, Double> speeds, String name, Speed speed) {
        try {
            speeds.put(name, speed.measured());
        } catch (IllegalArgumentException e) {
            // The engine asked for can't compute it, which is what there is to say of it.
        }
    }

    private static TensorFunction function(String model) {
        ModelGraph graph = Models.byName(model, SEED);
        return TensorFunction.of(graph.sd(), graph.output(), graph.input());
    }

    private static double hessian(String model, long n, int points, double seconds) {
        try (Hessian hessian = Hessian.of(function(model));
                INDArray batch = RandomPoints.of(SEED, points, n).readRows(0, points)) {
            return perSecond(points, seconds, points == 1 ? hessian::at : hessian::batch, batch);
        }
    }

    private static double jacobian(String model, long n, int points, double seconds) {
        try (Jacobian jacobian = Jacobian.of(function(model));
                INDArray batch = RandomPoints.of(SEED, points, n).readRows(0, points)) {
            return perSecond(points, seconds, jacobian::batch, batch);
        }
    }

    /** A prepared derivative. */
    private interface Derivative {
        INDArray of(INDArray points);
    }

    private static double perSecond(int points, double seconds, Derivative derivative, INDArray batch) {
        Rate.best(points, seconds / 2, () -> derivative.of(batch).close());
        return Rate.best(points, seconds / 2, () -> derivative.of(batch).close());
    }
}
