package org.curvature4j.engine;

import java.util.List;
import java.util.Optional;
import org.curvature4j.graph.Graph;
import org.curvature4j.host.ArrayRows;
import org.curvature4j.host.Progress;
import org.curvature4j.samediff.SameDiffExport;
import org.curvature4j.transform.Simplifier;
import org.curvature4j.transform.Vmap;

/** Opens the engines to tests in other packages. */
public final class EngineRunner {
    private EngineRunner() {}

    /**
     * What an engine that is insisted on gives, row-major; empty where it refuses the function.
     *
     * @param graph one float64 input, one output
     */
    public static Optional<double[]> evaluate(Engine engine, Graph graph, double[] points) {
        int inputs = Math.toIntExact(graph.inputs().get(0).type().size());
        int outputs = Math.toIntExact(graph.outputs().get(0).type().size());
        double[] results = new double[points.length / inputs * outputs];
        try (BatchFunction function = prepared(engine, graph)) {
            function.evaluate(ArrayRows.source(points, inputs), ArrayRows.sink(results, outputs), Progress.NONE);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return Optional.of(results);
    }

    private static BatchFunction prepared(Engine engine, Graph graph) {
        Settings settings = new Settings("cpu", 2, 1L << 30, 0, engine);
        Graph simple = Simplifier.simplify(graph);
        Batched batched = batch -> Simplifier.simplify(Vmap.of(simple, List.of(true), batch));
        return engine == Engine.SAMEDIFF
                ? new SameDiffFunction(
                        (exported, output) -> SameDiffExport.export(exported, List.of(output)), batched, List.of(), 0)
                : engine.prepare(simple, batched, List.of(), 0, "function", settings);
    }
}
