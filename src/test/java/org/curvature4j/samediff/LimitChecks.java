package org.curvature4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.curvature4j.DerivativeMode;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.engine.EngineRunner;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.backend.Engine;
import org.curvature4j.internal.transform.Derivatives;
import org.nd4j.autodiff.samediff.SameDiff;

/** What a function of one number tends to, and its first two derivatives, by every engine. */
public final class LimitChecks {
    private LimitChecks() {}

    /**
     * @param left value and slope for x to minus infinity, of the form {@code value + slope x}
     * @param right the same for x to infinity
     */
    public static void check(
            String what, SameDiff sd, String output, String input, double[] left, double[] right, double... sizes) {
        Backend.get();
        Graph graph = SameDiffImport.graph(sd, List.of(output), Map.of(input, Shape.of(1)), ImportRules.standard());
        Graph gradient = Derivatives.jacobian(graph, DerivativeMode.REVERSE);
        Graph second = Derivatives.jacobian(gradient, DerivativeMode.FORWARD);
        for (double size : sizes) {
            for (double x : new double[] {-size, size}) {
                double[] limit = x < 0 ? left : right;
                double value = limit[1] == 0 ? limit[0] : limit[0] + limit[1] * x;
                check(what + " of " + x, graph, x, value);
                check(what + "' of " + x, gradient, x, limit[1]);
                check(what + "'' of " + x, second, x, 0);
            }
        }
    }

    private static void check(String what, Graph graph, double x, double expected) {
        for (Engine engine : Engine.values()) {
            Optional<double[]> actual = EngineRunner.evaluate(engine, graph, new double[] {x});
            actual.ifPresent(values -> {
                if (Double.isInfinite(expected)) {
                    assertThat(values[0]).as("%s by %s", what, engine).isEqualTo(expected);
                } else {
                    assertThat(values[0])
                            .as("%s by %s", what, engine)
                            .isCloseTo(expected, within(1e-12 * (1 + Math.abs(expected))));
                }
            });
        }
    }
}
