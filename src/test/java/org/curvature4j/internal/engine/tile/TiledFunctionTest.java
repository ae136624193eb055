package org.curvature4j.internal.engine.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.backend.DeviceChoice;
import org.curvature4j.internal.engine.backend.Engine;
import org.curvature4j.internal.engine.backend.Settings;
import org.curvature4j.internal.engine.loops.LoopTiles;
import org.curvature4j.internal.engine.nd4j.NativeTiles;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.internal.transform.Vmap;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TiledFunctionTest {
    private static final int INPUTS = 8;
    private static final int HIDDEN = 24;

    @BeforeAll
    static void start() {
        Backend.get();
    }

    /** A net with two hidden layers, so that matrix products of several shapes take part. */
    private static Graph net() {
        Random random = new Random(7);
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Node x = builder.input("x", TensorType.of(DType.FLOAT64, INPUTS));
        Node w1 = builder.literal(TensorType.of(DType.FLOAT64, HIDDEN, INPUTS), normals(random, HIDDEN * INPUTS));
        Node w2 = builder.literal(TensorType.of(DType.FLOAT64, HIDDEN, HIDDEN), normals(random, HIDDEN * HIDDEN));
        Node w3 = builder.literal(TensorType.of(DType.FLOAT64, HIDDEN), normals(random, HIDDEN));
        Node first = ops.apply(Elementwise.TANH, ops.einsum("ij,j->i", w1, x));
        Node second = ops.apply(Elementwise.TANH, ops.einsum("ij,j->i", w2, first));
        return builder.build(List.of(ops.einsum("i,i->", w3, second)));
    }

    private static double[] normals(Random random, int count) {
        return IntStream.range(0, count).mapToDouble(i -> random.nextGaussian()).toArray();
    }

    private static double[] hessians(TileEngine engine, int rows, int threads, int tile) {
        double[] points = normals(new Random(1), rows * INPUTS);
        double[] results = new double[rows * INPUTS * INPUTS];
        Graph hessian = Derivatives.hessian(net());
        Settings settings = new Settings("cpu", threads, 1L << 30, tile, Engine.AUTO, DeviceChoice.CPU);
        try (TiledFunction function = new TiledFunction(
                engine, batch -> Vmap.of(hessian, List.of(true), batch), List.of(), INPUTS, "net", settings)) {
            function.evaluate(
                    source(points, rows),
                    (first, count, values) -> System.arraycopy(
                            values, 0, results, (int) first * INPUTS * INPUTS, count * INPUTS * INPUTS),
                    Progress.NONE);
        }
        return results;
    }

    static List<TileEngine> engines() {
        return List.of(NativeTiles.ENGINE, LoopTiles.ENGINE);
    }

    private static RowSource source(double[] points, int rows) {
        return RowSource.of(
                rows, (first, count, into) -> System.arraycopy(points, (int) first * INPUTS, into, 0, count * INPUTS));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 2", "2, 3", "1, 7", "2, 16", "3, 64", "2, 100", "1, 512", "2, 1000"})
    void givesTheSameBitsForAnyNumberOfThreadsAndAnyTile(int threads, int tile) {
        for (TileEngine engine : engines()) {
            assertThat(Arrays.equals(hessians(engine, 333, threads, tile), hessians(engine, 333, 1, 0)))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void givesAPointTheSameBitsAloneAndInABatch(TileEngine engine) {
        double[] alone = hessians(engine, 1, 1, 0);
        assertThat(Arrays.copyOf(hessians(engine, 333, 2, 0), alone.length)).containsExactly(alone);
    }

    @Test
    void loopsAgreeWithThePlan() {
        double[] expected = hessians(NativeTiles.ENGINE, 333, 2, 0);
        double[] actual = hessians(LoopTiles.ENGINE, 333, 2, 0);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], within(1e-13 * Math.max(1, Math.abs(expected[i]))));
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void makesHessiansSymmetricToTheLastBit(TileEngine engine) {
        double[] results = hessians(engine, 17, 2, 0);
        for (int row = 0; row < 17; row++) {
            for (int i = 0; i < INPUTS; i++) {
                for (int j = 0; j < INPUTS; j++) {
                    assertThat(results[(row * INPUTS + i) * INPUTS + j])
                            .isEqualTo(results[(row * INPUTS + j) * INPUTS + i]);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void servesSeveralThreadsAtOnce(TileEngine engine) {
        double[] expected = hessians(engine, 200, 1, 0);
        Stream<double[]> several = IntStream.range(0, 4).parallel().mapToObj(i -> hessians(engine, 200, 2, 32));
        assertThat(several).allSatisfy(results -> assertThat(results).containsExactly(expected));
    }

    @Test
    void saysHowMuchMemoryOnePointTakes() {
        Graph hessian = Derivatives.hessian(net());
        Settings tight = new Settings("cpu", 2, 10_000, 0, Engine.AUTO, DeviceChoice.CPU);
        assertThatThrownBy(() -> new TiledFunction(
                        NativeTiles.ENGINE,
                        batch -> Vmap.of(hessian, List.of(true), batch),
                        List.of(),
                        INPUTS,
                        "the net",
                        tight))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("k a worker for the net, got ")
                .hasMessageContaining("curvature4j.memory");
    }

    @Test
    void reportsProgressForEveryRow() {
        long[] done = {0};
        Graph hessian = Derivatives.hessian(net());
        Settings settings = new Settings("cpu", 1, 1L << 30, 8, Engine.AUTO, DeviceChoice.CPU);
        try (TiledFunction function = new TiledFunction(
                NativeTiles.ENGINE,
                batch -> Vmap.of(hessian, List.of(true), batch),
                List.of(),
                INPUTS,
                "net",
                settings)) {
            function.evaluate(
                    source(normals(new Random(1), 30 * INPUTS), 30),
                    (first, count, values) -> {},
                    rows -> done[0] += rows);
            assertThat(done[0]).isEqualTo(30);
        }
    }

    @Test
    void refusesToRunOnceClosed() {
        TiledFunction function = new TiledFunction(
                NativeTiles.ENGINE,
                batch -> Vmap.of(net(), List.of(true), batch),
                List.of(),
                0,
                "net",
                new Settings("cpu", 1, 1L << 30, 0, Engine.AUTO, DeviceChoice.CPU));
        function.close();
        assertThatThrownBy(() ->
                        function.evaluate(source(new double[INPUTS], 1), (first, count, values) -> {}, Progress.NONE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }
}
