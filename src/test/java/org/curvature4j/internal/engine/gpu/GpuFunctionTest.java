package org.curvature4j.internal.engine.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.backend.DeviceChoice;
import org.curvature4j.internal.engine.backend.Engine;
import org.curvature4j.internal.engine.backend.Settings;
import org.curvature4j.internal.engine.fused.FusedFunction;
import org.curvature4j.internal.engine.scalar.ScalarProgram;
import org.curvature4j.internal.engine.tile.BatchFunction;
import org.curvature4j.internal.gpu.Devices;
import org.curvature4j.internal.gpu.GpuForTests;
import org.curvature4j.internal.gpu.interpreter.InterpretedDriver;
import org.curvature4j.internal.host.ArrayRows;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.internal.transform.Simplifier;
import org.curvature4j.io.RandomPoints;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;
import org.curvature4j.stream.RowSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("try")
class GpuFunctionTest {
    private static final int INPUTS = 11;
    private static final int OUTPUTS = INPUTS * INPUTS;

    /** The Hessian of the 2-2-1 net of the tutorial, by all that is in it. */
    private static ScalarProgram hessian() {
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Node theta = builder.input("theta", TensorType.of(DType.FLOAT64, INPUTS));
        Node w1 = ops.reshape(ops.slice(theta, 0, 0, 4), Shape.of(2, 2));
        Node hidden = ops.apply(
                Elementwise.TANH,
                ops.add(ops.einsum("ij,j->i", w1, ops.slice(theta, 0, 9, 11)), ops.slice(theta, 0, 4, 6)));
        Node y = ops.add(
                ops.einsum("i,i->", ops.slice(theta, 0, 6, 8), hidden),
                ops.reshape(ops.slice(theta, 0, 8, 9), Shape.SCALAR));
        Graph graph = Simplifier.simplify(Derivatives.hessian(builder.build(List.of(y))));
        return ScalarProgram.of(graph, List.of(), INPUTS);
    }

    private static Settings settings(int tile) {
        return new Settings("cpu", 2, 1L << 28, tile, Engine.AUTO, DeviceChoice.GPU);
    }

    private static GpuFunction function(int tile) {
        return GpuFunction.of(hessian(), Devices.get().all(), settings(tile));
    }

    private static double[] results(BatchFunction function, RowSource source) {
        double[] results = new double[(int) source.rows() * OUTPUTS];
        AtomicLong done = new AtomicLong();
        function.evaluate(source, ArrayRows.sink(results, OUTPUTS), done::addAndGet);
        assertThat(done).hasValue(source.rows());
        return results;
    }

    private static double[] expected(RowSource source) {
        try (FusedFunction fused = FusedFunction.of(hessian(), settings(0))) {
            return results(fused, source);
        }
    }

    /** Points of all sizes, some not finite. */
    private static RowSource points(int count) {
        SplittableRandom random = new SplittableRandom(3);
        double[] special = {0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e300, 4e-320, 1e16
        };
        double[] points = random.doubles((long) count * INPUTS, -3, 3).toArray();
        for (int i = 0; i < points.length; i += 1 + random.nextInt(40)) {
            points[i] = special[random.nextInt(special.length)];
        }
        return ArrayRows.source(points, INPUTS);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "0, 2", "7, 1", "64, 3", "300, 2"})
    void hasTheBitsOfTheProcessorForAnyTileAndNumberOfDevices(int tile, int devices) {
        RowSource points = points(700);
        double[] expected = expected(points);
        InterpretedDriver driver = new InterpretedDriver(devices, 1L << 28);
        try (GpuForTests gpu = GpuForTests.with(driver)) {
            try (GpuFunction function = function(tile)) {
                assertThat(function.hasBitsOfCpu()).isTrue();
                assertThat(results(function, points)).containsExactly(expected);
                assertThat(results(function, points.part(100, 33))).containsExactly(expected(points.part(100, 33)));
                assertThat(function.describe())
                        .startsWith("GPU code, for small functions: 85 computations a point, on GPU 0, ");
            }
        }
    }

    @Test
    void makesRandomPointsOnTheDevice() {
        RowSource points = RandomPoints.of(5, 1_000, INPUTS).source();
        double[] expected = expected(points);
        try (GpuForTests gpu = GpuForTests.interpreted()) {
            try (GpuFunction function = function(128)) {
                assertThat(results(function, points)).containsExactly(expected);
                assertThat(results(function, points.part(500, 200))).containsExactly(expected(points.part(500, 200)));
            }
        }
    }
}
