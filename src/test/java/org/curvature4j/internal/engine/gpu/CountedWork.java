package org.curvature4j.internal.engine.gpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.curvature4j.curvature.LanczosRunner;
import org.curvature4j.graph.Graph;
import org.curvature4j.internal.engine.Form;
import org.curvature4j.internal.engine.backend.DeviceChoice;
import org.curvature4j.internal.engine.backend.Engine;
import org.curvature4j.internal.engine.backend.Settings;
import org.curvature4j.internal.engine.gpu.tiles.DeviceSum;
import org.curvature4j.internal.engine.gpu.tiles.DeviceTiles;
import org.curvature4j.internal.engine.scalar.ScalarProgram;
import org.curvature4j.internal.gpu.GpuForTests;
import org.curvature4j.internal.gpu.interpreter.InterpretedDriver;
import org.curvature4j.internal.gpu.interpreter.Tally;
import org.curvature4j.internal.gpu.interpreter.Tally.Counts;
import org.curvature4j.internal.host.ArrayRows;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSink;
import org.curvature4j.stream.RowSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Has an interpreter count what workloads ask of a device. Of kernels over arrays some blocks are run for all, so that results are
 * no numbers; they aren't looked at.
 */
final class CountedWork {
    /** The memory of an H100. */
    private static final long BYTES = 80L << 30;

    private static final int SAMPLED = 4;

    private CountedWork() {}

    private static Settings settings(Engine engine, int tile) {
        return new Settings("cpu", 2, 1L << 32, tile, engine, DeviceChoice.GPU);
    }

    private static InterpretedDriver driver(Tally tally) {
        return new InterpretedDriver(BYTES, tally);
    }

    /** A small function at all points, by so many tiles of two threads. */
    static Counts small(ScalarProgram program, RowSource source, RowSink sink, int tile) {
        Tally tally = new Tally(Integer.MAX_VALUE);
        try (GpuForTests gpu = GpuForTests.with(driver(tally));
                GpuFunction function =
                        GpuFunction.of(program, DeviceChoice.GPU.devices(), settings(Engine.FUSED, tile))) {
            function.evaluate(source, sink, Progress.NONE);
            return tally.counts();
        }
    }

    /** How many points of a small function are computed at once. */
    static int tile(ScalarProgram program) {
        try (GpuForTests gpu = GpuForTests.with(driver(new Tally(1)));
                TilePipeline tiles = new TilePipeline(
                        FunctionCode.of(program), DeviceChoice.GPU.devices(), settings(Engine.FUSED, 0))) {
            return tiles.size();
        }
    }

    /** A tile of a symmetric matrix at points, after what depends on the feeds alone; computed and brought back. */
    static Counts tile(Graph graph, List<INDArray> feeds, int inputs, int points, int tile) {
        Tally tally = new Tally(SAMPLED);
        double[] numbers =
                new SplittableRandom(3).doubles((long) inputs * points, -1, 1).toArray();
        RowSource source = ArrayRows.source(numbers, inputs);
        RowSink nowhere = (first, count, rows) -> {};
        try (GpuForTests gpu = GpuForTests.with(driver(tally));
                DeviceTiles function = new DeviceTiles(
                        DeviceChoice.GPU.devices(),
                        Form.of(graph).batched(),
                        feeds,
                        inputs,
                        "function",
                        settings(Engine.LOOPS, tile))) {
            function.evaluate(source, nowhere, Progress.NONE);
            Counts first = tally.counts();
            function.evaluate(source, nowhere, Progress.NONE);
            return tally.counts().since(first);
        }
    }

    /** How many points of a larger function are computed at once. */
    static int tile(Graph graph, List<INDArray> feeds, int inputs) {
        try (GpuForTests gpu = GpuForTests.with(driver(new Tally(1)));
                DeviceTiles function = new DeviceTiles(
                        DeviceChoice.GPU.devices(),
                        Form.of(graph).batched(),
                        feeds,
                        inputs,
                        "function",
                        settings(Engine.LOOPS, 0))) {
            return Integer.parseInt(function.describe().replaceAll("(?s).*tiles of up to (\\d+) points.*", "$1"));
        }
    }

    /** What depends on the point alone, and then a product with a vector, which comes from this machine and returns to it. */
    static List<Counts> product(Graph product, int length) {
        Tally tally = new Tally(SAMPLED);
        double[] vector = new double[length];
        Arrays.fill(vector, 0.25);
        try (GpuForTests gpu = GpuForTests.with(driver(tally));
                INDArray point = org.nd4j.linalg.factory.Nd4j.createFromArray(vector);
                DeviceSum sum = new DeviceSum(List.of(gpu.device()), length, length, 1)) {
            int term = sum.add(0, product, 1, List.of(point), 1);
            multiply(sum, term, vector);
            Counts both = tally.counts();
            multiply(sum, term, vector);
            Counts again = tally.counts().since(both);
            return List.of(both.since(again), again);
        }
    }

    private static void multiply(DeviceSum sum, int term, double[] vector) {
        sum.begin(vector);
        sum.add(0, term);
        sum.end(new double[vector.length]);
    }

    /** What a step of Lanczos does beside the product. */
    static Counts step(int length, int vectors) {
        Tally tally = new Tally(Integer.MAX_VALUE);
        List<Counts> counts = new ArrayList<>();
        try (GpuForTests gpu = GpuForTests.with(driver(tally))) {
            LanczosRunner.step(gpu.device(), length, vectors, () -> counts.add(tally.counts()));
            return counts.get(1).since(counts.get(0));
        }
    }
}
