package org.curvature4j.fuzz;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.internal.engine.backend.Engine;
import org.curvature4j.internal.transform.Simplifier;

/** Every engine, and the simplifier, against plain Java. */
final class EngineChecks {
    private static final List<Engine> ENGINES = List.of(Engine.FUSED, Engine.LOOPS, Engine.PLAN, Engine.SAMEDIFF);

    private EngineChecks() {}

    static Stream<Check> of(String what, Function<Subject, Graph> graph) {
        Check simplified = new Check(what + ": simplified", s -> {
            Graph simple = Simplifier.simplify(graph.apply(s));
            return Closeness.differenceOfFinite(s.evaluate(simple), s.evaluate(graph.apply(s)), Checks.ROUNDING);
        });
        Stream<Check> each = ENGINES.stream()
                .map(engine -> new Check(
                        what + " by " + engine.key(),
                        s -> due(s, what, engine) ? compare(s, engine, graph.apply(s)) : Optional.empty()));
        return Stream.concat(Stream.of(simplified), each);
    }

    /** Values are computed by every engine but the slow one, the rest by one engine in turn: preparing costs most. */
    private static boolean due(Subject s, String what, Engine engine) {
        boolean always = what.equals("value") && engine != Engine.SAMEDIFF;
        return always || Math.floorMod(s.program.seed(), ENGINES.size()) == ENGINES.indexOf(engine);
    }

    /** Fused code keeps more digits of float32 than it has. */
    private static double rounding(Graph graph) {
        return graph.nodes().stream().anyMatch(node -> node.dtype() == DType.FLOAT32) ? 1e-6 : Checks.ROUNDING;
    }

    /** What others multiply by 0, and get NaN, an engine may see to be 0 by its structure: there is nothing to expect. */
    private static double[] withoutNaN(double[] expected, double[] actual) {
        double[] result = expected.clone();
        for (int i = 0; i < result.length && i < actual.length; i++) {
            result[i] = Double.isNaN(expected[i]) ? actual[i] : expected[i];
        }
        return result;
    }

    /** An engine against plain Java to rounding, and with other threads and tiles to the bit. */
    private static Optional<String> compare(Subject s, Engine engine, Graph graph) {
        Optional<double[]> actual = s.point.length == 0 ? Optional.empty() : s.by(engine, graph, 1, 1);
        if (actual.isEmpty()) {
            return Optional.empty();
        }
        double[] expected = s.loop(Simplifier.simplify(graph));
        boolean derived = !graph.equals(s.value.get());
        double[] wanted = derived ? withoutNaN(expected, actual.get()) : expected;
        return Closeness.difference(actual.get(), wanted, rounding(graph))
                .or(() -> Closeness.differenceOfBits(s.by(engine, graph, 2, 2).orElseThrow(), actual.get())
                        .map(difference -> "two threads and tiles of two: " + difference));
    }
}
