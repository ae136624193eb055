package org.curvature4j.internal.engine;

import java.util.List;
import java.util.Optional;
import org.curvature4j.graph.Graph;
import org.curvature4j.internal.engine.backend.DeviceChoice;
import org.curvature4j.internal.engine.backend.Engine;
import org.curvature4j.internal.engine.backend.Settings;
import org.curvature4j.internal.engine.tile.BatchFunction;
import org.curvature4j.internal.host.ArrayRows;
import org.curvature4j.internal.transform.Simplifier;
import org.curvature4j.samediff.SameDiffExport;
import org.curvature4j.stream.Progress;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Opens the engines to tests in other packages. */
public final class EngineRunner {
    private EngineRunner() {}

    /**
     * What an engine that is insisted on gives, row-major; empty where it refuses the function.
     *
     * @param graph one float64 input, one output
     */
    public static Optional<double[]> evaluate(Engine engine, Graph graph, double[] points) {
        return evaluate(engine, graph, points, List.of(), 2, 0);
    }

    /**
     * What an engine that is insisted on gives, row-major; empty where it refuses the function.
     *
     * @param graph a float64 input, then those that are fed; one output
     * @param feeds values of the inputs after the first
     * @param tile points in a tile; 0 where the engine finds its own
     */
    public static Optional<double[]> evaluate(
            Engine engine, Graph graph, double[] points, List<INDArray> feeds, int threads, int tile) {
        return evaluate(engine, graph, 0, points, feeds, threads, tile);
    }

    /** What was computed, row-major, and what the engine says of itself. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Computed(double[] values, String description) {}

    /**
     * What a function gives where a GPU is asked for.
     *
     * @param engine fused for a thread a point, loops for tiles
     * @param tile points in a tile; 0 where the engine finds its own
     */
    public static Computed onGpu(Engine engine, Graph graph, double[] points, int tile) {
        return computed(new Settings("cpu", 2, 1L << 30, tile, engine, DeviceChoice.GPU), graph, 0, points, List.of());
    }

    /** As above, of a graph whose result begins with a matrix that is to be symmetric. */
    public static Optional<double[]> evaluate(Engine engine, Graph graph, int symmetric, double[] points) {
        return evaluate(engine, graph, symmetric, points, List.of(), 2, 0);
    }

    private static Optional<double[]> evaluate(
            Engine engine, Graph graph, int symmetric, double[] points, List<INDArray> feeds, int threads, int tile) {
        Settings settings = new Settings("cpu", threads, 1L << 30, tile, engine, DeviceChoice.CPU);
        try {
            return Optional.of(
                    computed(settings, graph, symmetric, points, feeds).values());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Computed computed(
            Settings settings, Graph graph, int symmetric, double[] points, List<INDArray> feeds) {
        int inputs = Math.toIntExact(graph.inputs().get(0).type().size());
        int outputs = Math.toIntExact(graph.outputs().get(0).type().size());
        double[] results = new double[points.length / inputs * outputs];
        try (BatchFunction function = prepared(settings, List.of(Simplifier.simplify(graph)), feeds, symmetric)) {
            function.evaluate(ArrayRows.source(points, inputs), ArrayRows.sink(results, outputs), Progress.NONE);
            return new Computed(results, function.describe());
        }
    }

    /** What an engine that is insisted on says of itself, given graphs that compute the same. */
    public static String description(Engine engine, List<Graph> graphs) {
        try (BatchFunction function =
                prepared(new Settings("cpu", 2, 1L << 30, 0, engine, DeviceChoice.CPU), graphs, List.of(), 0)) {
            return function.describe();
        }
    }

    private static BatchFunction prepared(Settings settings, List<Graph> graphs, List<INDArray> feeds, int symmetric) {
        return EngineChoice.prepare(
                graphs.stream().map(Form::of).toList(),
                feeds,
                symmetric,
                "function",
                (exported, output) -> SameDiffExport.export(exported, List.of(output)),
                settings);
    }
}
