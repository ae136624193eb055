package org.curvature4j.internal.engine.fused;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.curvature4j.graph.Graph;
import org.curvature4j.internal.engine.backend.DeviceChoice;
import org.curvature4j.internal.engine.backend.Engine;
import org.curvature4j.internal.engine.backend.Settings;
import org.curvature4j.internal.engine.code.Unsuitable;
import org.curvature4j.internal.engine.scalar.ScalarProgram;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSource;

/** Opens fused code to tests in other packages. */
public final class FusedRunner {
    private FusedRunner() {}

    /** Why a graph of one point and one output can't be fused; empty if it can. */
    public static Optional<String> refusal(Graph graph) {
        try {
            fused(graph).close();
            return Optional.empty();
        } catch (Unsuitable e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static FusedFunction fused(Graph graph) {
        return FusedFunction.of(
                List.of(graph), List.of(), 0, new Settings("cpu", 1, 1L << 30, 0, Engine.FUSED, DeviceChoice.CPU));
    }

    /** The work of fused code for a graph whose result begins with a symmetric matrix; empty if it can't be fused. */
    public static OptionalDouble work(Graph graph, int symmetric) {
        try {
            return OptionalDouble.of(
                    ScalarProgram.of(graph, List.of(), symmetric).work());
        } catch (Unsuitable e) {
            return OptionalDouble.empty();
        }
    }

    /** The computations of fused code for such a graph, each counted alike. */
    public static long computations(Graph graph, int symmetric) {
        return ScalarProgram.of(graph, List.of(), symmetric).calls().size();
    }

    /** The output, row-major, at one point. */
    public static double[] evaluate(Graph graph, double[] point) {
        double[] results =
                new double[Math.toIntExact(graph.outputs().get(0).type().size())];
        RowSource source = RowSource.of(1, (first, count, into) -> System.arraycopy(point, 0, into, 0, point.length));
        try (FusedFunction function = fused(graph)) {
            function.evaluate(
                    source,
                    (first, count, values) -> System.arraycopy(values, 0, results, 0, results.length),
                    Progress.NONE);
        }
        return results;
    }
}
