package org.curvature4j.internal.engine.loops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.backend.DeviceChoice;
import org.curvature4j.internal.engine.backend.Engine;
import org.curvature4j.internal.engine.backend.Settings;
import org.curvature4j.internal.engine.program.Operation;
import org.curvature4j.internal.engine.tile.TiledFunction;
import org.curvature4j.internal.host.ArrayRows;
import org.curvature4j.internal.transform.Vmap;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;
import org.curvature4j.stream.Progress;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** X'DX, where X and D are functions of the point: X is [terms, 3], made of products with constants. */
class HeapContractionTest {
    private static final int POINTS = 300;
    private static final int COLUMNS = 3;
    private static final int INPUTS = 4;

    @BeforeAll
    static void start() {
        Backend.get();
    }

    private static double[] numbers(int count) {
        return new Random(count).doubles(count, -1, 1).toArray();
    }

    private static Graph graph(int terms, boolean scaledFirst) {
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Node p = builder.input("p", TensorType.of(DType.FLOAT64, INPUTS));
        Node a = builder.literal(
                TensorType.of(DType.FLOAT64, (long) terms * COLUMNS, INPUTS), numbers(terms * COLUMNS * INPUTS));
        Node b = builder.literal(TensorType.of(DType.FLOAT64, terms, INPUTS), numbers(terms * INPUTS));
        Node x = ops.reshape(ops.einsum("ij,j->i", a, p), Shape.of(terms, COLUMNS));
        Node d = ops.apply(Elementwise.TANH, ops.einsum("ij,j->i", b, p));
        Node scaled = ops.mul(x, ops.reshape(d, Shape.of(terms, 1)));
        return builder.build(
                List.of(scaledFirst ? ops.einsum("ki,kj->ij", scaled, x) : ops.einsum("ki,kj->ij", x, scaled)));
    }

    private static double[] results(Graph graph, int tile) {
        double[] results = new double[POINTS * COLUMNS * COLUMNS];
        Settings settings = new Settings("cpu", 2, 1L << 30, tile, Engine.LOOPS, DeviceChoice.CPU);
        try (TiledFunction function = new TiledFunction(
                LoopTiles.ENGINE, size -> Vmap.of(graph, List.of(true), size), List.of(), 0, "X'DX", settings)) {
            function.evaluate(
                    ArrayRows.source(numbers(POINTS * INPUTS), INPUTS),
                    ArrayRows.sink(results, COLUMNS * COLUMNS),
                    Progress.NONE);
        }
        return results;
    }

    private static double[] expected(int terms) {
        double[] a = numbers(terms * COLUMNS * INPUTS);
        double[] b = numbers(terms * INPUTS);
        double[] points = numbers(POINTS * INPUTS);
        double[] expected = new double[POINTS * COLUMNS * COLUMNS];
        for (int point = 0; point < POINTS; point++) {
            for (int k = 0; k < terms; k++) {
                double d = Math.tanh(dot(b, k * INPUTS, points, point * INPUTS));
                for (int i = 0; i < COLUMNS; i++) {
                    for (int j = 0; j < COLUMNS; j++) {
                        expected[(point * COLUMNS + i) * COLUMNS + j] += d
                                * dot(a, (k * COLUMNS + i) * INPUTS, points, point * INPUTS)
                                * dot(a, (k * COLUMNS + j) * INPUTS, points, point * INPUTS);
                    }
                }
            }
        }
        return expected;
    }

    private static double dot(double[] a, int i, double[] b, int j) {
        double sum = 0;
        for (int k = 0; k < INPUTS; k++) {
            sum += a[i + k] * b[j + k];
        }
        return sum;
    }

    /** Fewer terms than lanes, as many as fill blocks, and so many that a tile is cut in parts. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 12, 33, 200})
    void weightsOnTheWay(int terms) {
        for (boolean scaledFirst : new boolean[] {true, false}) {
            Graph graph = graph(terms, scaledFirst);
            Stream<Operation> operations = LoopTiles.ENGINE.program(Vmap.of(graph, List.of(true), 64)).each().stream()
                    .map(instruction -> instruction.operation());
            assertThat(operations.filter(Operation.WeightedSquare.class::isInstance))
                    .hasSize(terms == 1 ? 0 : 1);
            assertThat(results(graph, 64)).containsExactly(expected(terms), within(1e-12 * terms));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 33, 200})
    void hasTheSameBitsForAllTiles(int terms) {
        double[] results = results(graph(terms, true), 8);
        for (int tile : new int[] {24, 64, 256, 296}) {
            assertThat(results(graph(terms, true), tile)).isEqualTo(results);
        }
        for (int point = 0; point < POINTS; point++) {
            int first = point * COLUMNS * COLUMNS;
            assertThat(results[first + 1]).isEqualTo(results[first + COLUMNS]);
        }
    }
}
