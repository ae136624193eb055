package org.curvature4j.internal.engine.loops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.curvature4j.DerivativeMode;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.backend.DeviceChoice;
import org.curvature4j.internal.engine.backend.Engine;
import org.curvature4j.internal.engine.backend.Settings;
import org.curvature4j.internal.engine.tile.TiledFunction;
import org.curvature4j.internal.host.ArrayRows;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.internal.transform.Simplifier;
import org.curvature4j.internal.transform.Vmap;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;
import org.curvature4j.stream.Progress;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jacobians diag(1 - y^2) W of y = tanh(Wx), whose rows are as long as x. */
class PointRowsTest {
    private static final int ROWS = 5;
    private static final int POINTS = 300;

    @BeforeAll
    static void start() {
        Backend.get();
    }

    private static double[] numbers(int count) {
        Random random = new Random(count);
        return IntStream.range(0, count)
                .mapToDouble(i -> random.nextGaussian() / 8)
                .toArray();
    }

    private static Graph jacobian(double[] weights, int length) {
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Node x = builder.input("x", TensorType.of(DType.FLOAT64, length));
        Node w = builder.literal(TensorType.of(DType.FLOAT64, ROWS, length), weights);
        Node y = ops.apply(Elementwise.TANH, ops.einsum("ij,j->i", w, x));
        return Simplifier.simplify(Derivatives.jacobian(builder.build(List.of(y)), DerivativeMode.FORWARD));
    }

    private static double[] results(Graph jacobian, double[] points, int length, int tile) {
        double[] results = new double[POINTS * ROWS * length];
        Settings settings = new Settings("cpu", 2, 1L << 30, tile, Engine.LOOPS, DeviceChoice.CPU);
        try (TiledFunction function = new TiledFunction(
                LoopTiles.ENGINE, batch -> batched(jacobian, batch), List.of(), 0, "layer", settings)) {
            function.evaluate(ArrayRows.source(points, length), ArrayRows.sink(results, ROWS * length), Progress.NONE);
        }
        return results;
    }

    private static Graph batched(Graph jacobian, long batch) {
        return Simplifier.simplify(Vmap.of(jacobian, List.of(true), batch));
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 500})
    void aTilePassesInPieces(int length) {
        try (LoopPlan plan =
                new LoopPlan(LoopTiles.ENGINE.program(batched(jacobian(numbers(ROWS * length), length), 64)))) {
            assertThat(plan.piece(64)).isEqualTo(Math.max(1, 2048 / (ROWS * length)));
        }
    }

    /** Shorter than what is computed at once, of any rest, written out and not; pieces of a tile, of one point and many. */
    @ParameterizedTest
    @ValueSource(ints = {7, 8, 13, 16, 32, 33, 40, 47, 500})
    void rowsOfAnyLengthAreThoseOfTheFormula(int length) {
        double[] weights = numbers(ROWS * length);
        double[] points = numbers(POINTS * length);
        Graph jacobian = jacobian(weights, length);
        double[] results = results(jacobian, points, length, 64);
        for (int point = 0; point < POINTS; point++) {
            for (int row = 0; row < ROWS; row++) {
                double sum = 0;
                for (int i = 0; i < length; i++) {
                    sum += weights[row * length + i] * points[point * length + i];
                }
                double slope = 1 - Math.tanh(sum) * Math.tanh(sum);
                for (int i = 0; i < length; i++) {
                    assertThat(results[(point * ROWS + row) * length + i])
                            .isCloseTo(slope * weights[row * length + i], within(1e-14));
                }
            }
        }
        assertThat(results(jacobian, points, length, 8)).isEqualTo(results);
    }
}
