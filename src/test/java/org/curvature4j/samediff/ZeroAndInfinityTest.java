package org.curvature4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.engine.EngineRunner;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.backend.Engine;
import org.curvature4j.internal.transform.Derivatives;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/** Derivatives where others are infinite: those that are finite stay so, by every engine. */
class ZeroAndInfinityTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    @BeforeAll
    static void startNd4j() {
        Backend.get();
    }

    private interface Build {
        SDVariable of(SameDiff sd, SDVariable x);
    }

    private static Graph graph(Build build) {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, 4);
        build.of(sd, x).rename("f");
        return SameDiffImport.graph(sd, List.of("f"), Map.of("x", Shape.of(4)), ImportRules.standard());
    }

    @Test
    void entropyAtZero() {
        Graph entropy = graph((sd, x) -> sd.math.entropy(x, 0));
        double[] point = {1, 0, 0.5, 0.25};
        double[] hessian = {-1, 0, 0, 0, 0, -INFINITY, 0, 0, 0, 0, -2, 0, 0, 0, 0, -4};
        check(Derivatives.structuredHessian(entropy), point, hessian);
    }

    @Test
    void productAtZero() {
        Graph product = graph((sd, x) -> sd.prod(x));
        check(Derivatives.gradient(product), new double[] {0, 2, 3, 4}, new double[] {24, 0, 0, 0});
        double[] twoZeros = new double[16];
        twoZeros[1] = 12;
        twoZeros[4] = 12;
        check(Derivatives.structuredHessian(product), new double[] {0, 0, 3, 4}, twoZeros);
        check(Derivatives.hessian(product), new double[] {0, 0, 3, 4}, twoZeros);
    }

    private static void check(Graph graph, double[] point, double[] expected) {
        for (Engine engine : Engine.values()) {
            EngineRunner.evaluate(engine, graph, point).ifPresent(actual -> {
                for (int i = 0; i < expected.length; i++) {
                    // Of zeros the sign doesn't matter.
                    assertThat(actual[i] + 0.0).as("%s, element %d", engine, i).isEqualTo(expected[i]);
                }
            });
        }
    }
}
