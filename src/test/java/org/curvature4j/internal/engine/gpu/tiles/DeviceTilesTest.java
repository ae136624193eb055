package org.curvature4j.internal.engine.gpu.tiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.backend.DeviceChoice;
import org.curvature4j.internal.engine.backend.Engine;
import org.curvature4j.internal.engine.backend.Settings;
import org.curvature4j.internal.engine.loops.LoopTiles;
import org.curvature4j.internal.engine.tile.BatchFunction;
import org.curvature4j.internal.engine.tile.Batched;
import org.curvature4j.internal.engine.tile.DoesNotFit;
import org.curvature4j.internal.engine.tile.TiledFunction;
import org.curvature4j.internal.gpu.DriverForTests;
import org.curvature4j.internal.gpu.FaultyDriver;
import org.curvature4j.internal.gpu.GpuForTests;
import org.curvature4j.internal.gpu.interpreter.InterpretedDriver;
import org.curvature4j.internal.host.ArrayRows;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.internal.transform.Simplifier;
import org.curvature4j.internal.transform.Vmap;
import org.curvature4j.io.RandomPoints;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;
import org.curvature4j.spectrum.SpectraSink;
import org.curvature4j.spectrum.SpectrumOptions;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSink;
import org.curvature4j.stream.RowSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Holds batches by tiles on devices, interpreted, to those by loops over Java arrays. */
@Tag("gpu")
class DeviceTilesTest {
    private static final int SIZE = 5;
    private static final int POINTS = 53;

    private final double[] points = new Random(2).doubles(POINTS * SIZE, -1, 1).toArray();
    private final INDArray weights = Nd4j.createFromArray(
                    new Random(3).doubles(20 * SIZE, -1, 1).toArray())
            .reshape(20, SIZE);

    /** Hessians of the sum of tanh(W x), of which the weights are fed. */
    private static Batched hessians() {
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Node x = builder.input("x", TensorType.of(DType.FLOAT64, SIZE));
        Node fed = builder.input("weights", TensorType.of(DType.FLOAT64, 20, SIZE));
        Node layer = ops.apply(Elementwise.TANH, ops.einsum("ij,j->i", fed, x));
        Graph hessian = Derivatives.hessian(builder.build(List.of(ops.sum(layer, List.of(0)))));
        return batch -> Simplifier.simplify(Vmap.of(hessian, List.of(true, false), batch));
    }

    private static Settings settings(int threads, int tile) {
        return new Settings("cpu", threads, 1L << 28, tile, Engine.LOOPS, DeviceChoice.GPU);
    }

    private DeviceTiles onDevices(int threads, int tile) {
        return new DeviceTiles(
                DeviceChoice.GPU.devices(), hessians(), List.of(weights), SIZE, "function", settings(threads, tile));
    }

    private BatchFunction here() {
        return new TiledFunction(LoopTiles.ENGINE, hessians(), List.of(weights), SIZE, "function", settings(1, 0));
    }

    private static double[] results(BatchFunction function, RowSource source) {
        double[] results = new double[(int) source.rows() * SIZE * SIZE];
        AtomicLong done = new AtomicLong();
        function.evaluate(source, ArrayRows.sink(results, SIZE * SIZE), done::addAndGet);
        assertThat(done).hasValue(source.rows());
        return results;
    }

    private RowSource source() {
        return ArrayRows.source(points, SIZE);
    }

    private static void await(BooleanSupplier condition) {
        for (int i = 0; !condition.getAsBoolean(); i++) {
            assertThat(i).as("20 ms waited").isLessThan(1_000);
            LockSupport.parkNanos(20_000_000);
        }
    }

    private double[] whole() {
        try (GpuForTests gpu = GpuForTests.interpreted();
                DeviceTiles function = onDevices(1, 64)) {
            return results(function, source());
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0", "2, 1, 8", "3, 1, 11", "1, 2, 8", "6, 3, 8"})
    void givesTheSameBitsForAnyTileAndNumberOfThreadsAndDevices(int threads, int devices, int tile) {
        double[] expected = whole();
        DriverForTests driver = GpuForTests.driver(devices, 1 << 26);
        try (GpuForTests gpu = GpuForTests.with(driver);
                DeviceTiles function = onDevices(threads, tile)) {
            double[] results = new double[POINTS * SIZE * SIZE];
            RowSink sink = ArrayRows.sink(results, SIZE * SIZE);
            function.evaluate(
                    source(),
                    (first, count, rows) -> {
                        // So that no device is done before another has begun.
                        await(() -> driver.launched().stream().allMatch(launches -> launches > 0));
                        sink.write(first, count, rows);
                    },
                    Progress.NONE);
            assertThat(results).isEqualTo(expected);
            // The second batch has the tiles of the first.
            assertThat(results(function, source())).isEqualTo(expected);
            assertThat(function.describe()).contains("on GPU 0, " + driver.deviceName(0));
        }
        assertThat(driver.leaks()).isEmpty();
        try (BatchFunction loops = here()) {
            double[] close = results(loops, source());
            for (int i = 0; i < expected.length; i++) {
                assertThat(Math.abs(expected[i] - close[i])).isLessThan(1e-14);
            }
        }
    }

    @Test
    void takesOtherWeightsWithEachCall() {
        try (GpuForTests gpu = GpuForTests.interpreted();
                DeviceTiles function = new DeviceTiles(
                        DeviceChoice.GPU.devices(), hessians(), null, SIZE, "function", settings(1, 16))) {
            double[] expected = results(function(weights), source());
            double[] results = new double[expected.length];
            for (double factor : new double[] {1, 2, 1}) {
                INDArray scaled = weights.mul(factor);
                RowSink sink = ArrayRows.sink(results, SIZE * SIZE);
                function.evaluate(source(), List.of(scaled), sink, Progress.NONE);
                assertThat(results).isEqualTo(factor == 1 ? expected : results(function(scaled), source()));
            }
        }
    }

    private DeviceTiles function(INDArray fed) {
        return new DeviceTiles(DeviceChoice.GPU.devices(), hessians(), List.of(fed), SIZE, "function", settings(1, 16));
    }

    /** Points are made on the device, and spectra found there, and no Hessian leaves it. */
    @Test
    void hasSpectraFoundWhereHessiansAre() {
        RowSource random = RandomPoints.of(5, 70, SIZE).source();
        double[] values = new double[70 * SIZE];
        DriverForTests two = GpuForTests.driver(2, 1 << 26);
        FaultyDriver watched = FaultyDriver.of(two, (number, name) -> false, 0);
        try (GpuForTests gpu = GpuForTests.with(watched.driver());
                DeviceTiles function = onDevices(2, 16);
                SpectraSink sink = new SpectraSink(
                        SIZE, DataType.DOUBLE, SpectrumOptions.valuesOnly(), ArrayRows.sink(values, SIZE), null);
                SpectraSink other = new SpectraSink(
                        SIZE,
                        DataType.DOUBLE,
                        SpectrumOptions.valuesOnly(),
                        ArrayRows.sink(new double[350], SIZE),
                        null)) {
            function.evaluate(random, sink, Progress.NONE);
            double[] hessians = results(function, random);
            other.write(0, 70, hessians);
            assertThat(sink.summary().state()).isEqualTo(other.summary().state());
            assertThat(sink.summary().size()).isEqualTo(70);
        }
        assertThat(two.leaks()).isEmpty();
    }

    @Test
    void takesSmallerTilesWhereMemoryIsShort() {
        double[] expected = whole();
        InterpretedDriver driver = new InterpretedDriver(2, 1 << 18);
        FaultyDriver watched = FaultyDriver.of(driver, (number, name) -> false, 0);
        try (GpuForTests gpu = GpuForTests.with(watched.driver());
                DeviceTiles function = onDevices(4, 64)) {
            assertThat(results(function, source())).isEqualTo(expected);
        }
        assertThat(driver.leaks()).isEmpty();
        try (GpuForTests gpu = GpuForTests.with(new InterpretedDriver(1, 1 << 12))) {
            assertThatThrownBy(() -> onDevices(1, 0)).isInstanceOf(DoesNotFit.class);
        }
    }

    /** One of several devices is lost before or after the first results. */
    @Test
    void tellsOfADeviceThatIsLost() {
        for (boolean late : new boolean[] {false, true}) {
            AtomicLong written = new AtomicLong();
            InterpretedDriver driver = new InterpretedDriver(3, 1 << 26);
            FaultyDriver faulty = FaultyDriver.ofDevice(
                    driver, 1, (number, name) -> name.equals("launch") && (!late || written.get() > 0), 700);
            try (GpuForTests gpu = GpuForTests.with(faulty.driver());
                    DeviceTiles function = onDevices(3, 8)) {
                RowSink sink = (first, count, rows) -> {
                    written.addAndGet(count);
                    await(() -> faulty.hasFailed() || faulty.isMeant());
                };
                assertThatThrownBy(() -> function.evaluate(source(), sink, Progress.NONE))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageStartingWith("device: expected a batch to be computed, got ")
                        .hasMessageContaining("CUDA_ERROR_ILLEGAL_ADDRESS")
                        .hasMessageEndingWith("(--device cpu does without a GPU)");
            }
        }
    }
}
