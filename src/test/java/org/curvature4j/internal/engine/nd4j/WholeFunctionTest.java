package org.curvature4j.internal.engine.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
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
import org.curvature4j.internal.engine.program.TensorProgram;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.internal.transform.Simplifier;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WholeFunctionTest {
    private static final int ROWS = 900;
    private static final int INPUTS = 7;
    private static final int HIDDEN = 19;
    private static final int SIZE = HIDDEN * INPUTS + 2 * HIDDEN + 1;

    @BeforeAll
    static void start() {
        Backend.get();
    }

    /** The mean squared error of a net with one hidden layer: sums of 900 terms, where OpenBLAS' threads add differently. */
    private static Graph loss() {
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Random random = new Random(5);
        Node theta = builder.input("theta", TensorType.of(DType.FLOAT64, SIZE));
        Node x = builder.literal(
                TensorType.of(DType.FLOAT64, ROWS, INPUTS),
                random.doubles((long) ROWS * INPUTS, -1, 1).toArray());
        Node y = builder.literal(
                TensorType.of(DType.FLOAT64, ROWS), random.doubles(ROWS, -1, 1).toArray());
        int weights = HIDDEN * INPUTS;
        Node first = ops.reshape(ops.slice(theta, 0, 0, weights), Shape.of(HIDDEN, INPUTS));
        Node bias = ops.reshape(ops.slice(theta, 0, weights, weights + HIDDEN), Shape.of(1, HIDDEN));
        Node second = ops.slice(theta, 0, weights + HIDDEN, SIZE - 1);
        Node hidden = ops.apply(Elementwise.TANH, ops.add(ops.einsum("ri,hi->rh", x, first), bias));
        Node output = ops.add(ops.einsum("rh,h->r", hidden, second), ops.slice(theta, 0, SIZE - 1, SIZE));
        Node loss = ops.mul(ops.sum(ops.square(ops.sub(output, y)), List.of(0)), 1.0 / ROWS);
        return builder.build(List.of(ops.reshape(loss, Shape.SCALAR)));
    }

    private static double[] hessians(Graph graph, int points, int threads) {
        double[] results = new double[points * SIZE * SIZE];
        Settings settings = new Settings("cpu", threads, 1L << 30, 0, Engine.AUTO, DeviceChoice.CPU);
        try (WholeFunction function = new WholeFunction(TensorProgram.of(graph), List.of(), SIZE, settings)) {
            for (int call = 0; call < 2; call++) {
                function.evaluate(
                        points(points),
                        (first, count, values) ->
                                System.arraycopy(values, 0, results, (int) first * SIZE * SIZE, count * SIZE * SIZE),
                        Progress.NONE);
            }
        }
        return results;
    }

    private static RowSource points(int count) {
        double[] points = new Random(6).doubles((long) count * SIZE, -0.5, 0.5).toArray();
        return RowSource.of(
                count, (first, rows, into) -> System.arraycopy(points, (int) first * SIZE, into, 0, rows * SIZE));
    }

    @Test
    void givesTheSameBitsForAnyNumberOfThreadsAndPoints() {
        Graph graph = Simplifier.simplify(Derivatives.structuredHessian(loss()));
        double[] expected = hessians(graph, 4, 1);
        for (int threads : new int[] {2, 3, 8}) {
            assertThat(hessians(graph, 4, threads)).containsExactly(expected);
            assertThat(hessians(graph, 1, threads)).containsExactly(java.util.Arrays.copyOf(expected, SIZE * SIZE));
        }
    }

    @Test
    void agreesWithForwardOverReverse() {
        double[] structured = hessians(Simplifier.simplify(Derivatives.structuredHessian(loss())), 2, 2);
        double[] plain = hessians(Simplifier.simplify(Derivatives.hessian(loss())), 2, 2);
        for (int i = 0; i < plain.length; i++) {
            assertThat(structured[i]).isCloseTo(plain[i], within(1e-13));
        }
    }

    @Test
    void givesAMatrixThatIsNotSymmetricRowByRow() {
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Node x = builder.input("x", TensorType.of(DType.FLOAT64, 3));
        Node rows = ops.reshape(ops.slice(x, 0, 0, 2), Shape.of(2, 1));
        Graph graph = builder.build(List.of(ops.mul(rows, ops.reshape(ops.exp(x), Shape.of(1, 3)))));
        double[] point = {1, 2, 0};
        double[] matrix = new double[6];
        Settings settings = new Settings("cpu", 1, 1L << 30, 0, Engine.AUTO, DeviceChoice.CPU);
        try (WholeFunction function = new WholeFunction(TensorProgram.of(graph), List.of(), 0, settings)) {
            function.evaluate(
                    RowSource.of(1, (first, rowCount, into) -> System.arraycopy(point, 0, into, 0, 3)),
                    (first, count, values) -> System.arraycopy(values, 0, matrix, 0, 6),
                    Progress.NONE);
        }
        double e = Math.E;
        assertThat(matrix).containsExactly(new double[] {e, e * e, 1, 2 * e, 2 * e * e, 2}, within(1e-13));
    }
}
