package org.curvature4j.internal.engine.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.curvature4j.internal.gpu.Buffer;
import org.curvature4j.internal.gpu.DeviceSink;
import org.curvature4j.internal.gpu.DriverForTests;
import org.curvature4j.internal.gpu.Faults;
import org.curvature4j.internal.gpu.Faults.Tried;
import org.curvature4j.internal.gpu.FaultyDriver;
import org.curvature4j.internal.gpu.GpuForTests;
import org.curvature4j.internal.gpu.HostBuffer;
import org.curvature4j.internal.gpu.PlaneRows;
import org.curvature4j.internal.gpu.Queue;
import org.curvature4j.internal.gpu.driver.DriverException;
import org.curvature4j.internal.gpu.interpreter.InterpretedDriver;
import org.curvature4j.internal.host.ArrayRows;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.internal.transform.Simplifier;
import org.curvature4j.io.RandomPoints;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSink;
import org.curvature4j.stream.RowSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("gpu")
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
        return GpuFunction.of(hessian(), DeviceChoice.GPU.devices(), settings(tile));
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
        DriverForTests driver = GpuForTests.driver(devices, 1L << 28);
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

    /** Takes results on the device, and brings them home itself. */
    private static final class Taker implements DeviceSink {
        private final RowSink home;
        private final AtomicLong open = new AtomicLong();
        private final AtomicLong accepted = new AtomicLong();

        Taker(RowSink home) {
            this.home = home;
        }

        @Override
        public boolean takesPlanes() {
            return true;
        }

        @Override
        public long sessionBytes() {
            return 2 * OUTPUTS * Double.BYTES;
        }

        @Override
        public Session open(Queue queue, int tile) {
            long bytes = (long) tile * OUTPUTS * Double.BYTES;
            Buffer rows = queue.device().allocate(bytes);
            HostBuffer host = queue.device().allocateHost(bytes);
            PlaneRows turning = new PlaneRows(queue);
            open.incrementAndGet();
            return new Session() {
                private long first;
                private int count;

                @Override
                public void accept(long from, int some, Buffer planes, long stride) {
                    first = from;
                    count = some;
                    turning.toRows(planes, stride, 0, rows, count, OUTPUTS);
                    queue.download(rows, 0, host, 0, (long) count * OUTPUTS * Double.BYTES);
                }

                @Override
                public void complete() {
                    double[] results = new double[count * OUTPUTS];
                    host.read(0, results, 0, results.length);
                    home.write(first, count, results);
                    accepted.addAndGet(count);
                }

                @Override
                public void close() {
                    host.close();
                    rows.close();
                    open.decrementAndGet();
                }
            };
        }

        @Override
        public void write(long first, int count, double[] rows) {
            throw new AssertionError("results that were taken on the device came by another way too");
        }
    }

    @Test
    void givesResultsToASinkOnTheDevice() {
        RowSource points = RandomPoints.of(5, 700, INPUTS).source();
        double[] expected = expected(points);
        double[] results = new double[700 * OUTPUTS];
        DriverForTests driver = GpuForTests.driver(2, 1L << 28);
        Taker taker = new Taker(ArrayRows.sink(results, OUTPUTS));
        try (GpuForTests gpu = GpuForTests.with(driver)) {
            try (GpuFunction function = function(100)) {
                function.evaluate(points.part(0, 300), taker, Progress.NONE);
                function.evaluate(points.part(300, 400), taker.from(300), Progress.NONE);
            }
            assertThat(driver.leaks()).isEmpty();
        }
        assertThat(results).containsExactly(expected);
        assertThat(taker.accepted).hasValue(700);
        assertThat(taker.open).hasValue(0);
    }

    @Test
    void keepsItsMemoryForTheNextBatchUntilItIsClosed() {
        DriverForTests driver = GpuForTests.driver(1, 1L << 28);
        FaultyDriver watched = FaultyDriver.of(driver, (number, name) -> false, 0);
        RowSource points = points(500);
        try (GpuForTests gpu = GpuForTests.with(watched.driver())) {
            GpuFunction function = function(100);
            double[] once = results(function, points);
            long allocations = allocations(watched);
            assertThat(results(function, points)).containsExactly(once);
            assertThat(allocations(watched)).isEqualTo(allocations);
            function.close();
            assertThat(driver.leaks()).isEmpty();
            assertThatThrownBy(() -> results(function, points)).isInstanceOf(IllegalStateException.class);
        }
    }

    private static long allocations(FaultyDriver driver) {
        return driver.calls().stream().filter("allocate"::equals).count();
    }

    @Test
    void takesSmallerTilesWhereMemoryIsShort() {
        RowSource points = points(2_000);
        double[] expected = expected(points);
        // Two tiles of 1024 points take 4 MB.
        InterpretedDriver driver = new InterpretedDriver(1, 3 << 20);
        try (GpuForTests gpu = GpuForTests.with(driver)) {
            try (GpuFunction function = function(1_024)) {
                assertThat(results(function, points)).containsExactly(expected);
            }
            assertThat(driver.leaks()).isEmpty();
        }
        try (GpuForTests gpu = GpuForTests.with(new InterpretedDriver(1, 1 << 18));
                GpuFunction function = function(1_024)) {
            assertThatThrownBy(() -> results(function, points))
                    .isInstanceOfSatisfying(DriverException.class, e -> assertThat(e.isOutOfMemory())
                            .isTrue());
        }
    }

    @Test
    void whateverFailsNothingStaysOpen() throws Exception {
        RowSource points = points(150);
        Tried tried = Faults.everywhere(
                () -> {
                    try (GpuFunction function = function(50)) {
                        return results(function, points);
                    }
                },
                1 << 24);
        assertThat(tried.endedInWords()).isGreaterThan(50);
    }

    @Test
    void aFailureAfterResultsIsToldAsOne() {
        RowSource points = points(500);
        AtomicLong written = new AtomicLong();
        FaultyDriver faulty = FaultyDriver.of(
                new InterpretedDriver(1, 1L << 28), (number, name) -> name.equals("launch") && written.get() > 0, 700);
        try (GpuForTests gpu = GpuForTests.with(faulty.driver());
                GpuFunction function = function(50)) {
            assertThatThrownBy(() ->
                            function.evaluate(points, (first, count, rows) -> written.addAndGet(count), Progress.NONE))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("got an error after some of its results")
                    .hasMessageContaining("--device cpu");
        }
    }

    @Test
    void aSinkThatFailsLeavesNothingOpen() {
        DriverForTests driver = GpuForTests.driver(1, 1L << 28);
        try (GpuForTests gpu = GpuForTests.with(driver)) {
            try (GpuFunction function = function(50)) {
                assertThatThrownBy(() -> function.evaluate(
                                points(500),
                                (first, count, rows) -> {
                                    throw new IllegalArgumentException("full");
                                },
                                Progress.NONE))
                        .hasMessage("full");
                assertThat(results(function, points(60))).containsExactly(expected(points(60)));
            }
            assertThat(driver.leaks()).isEmpty();
        }
    }
}
