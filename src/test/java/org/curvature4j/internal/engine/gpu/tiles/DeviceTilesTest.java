package org.curvature4j.internal.engine.gpu.tiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.backend.DeviceChoice;
import org.curvature4j.internal.engine.backend.Engine;
import org.curvature4j.internal.engine.backend.Settings;
import org.curvature4j.internal.engine.loops.LoopTiles;
import org.curvature4j.internal.engine.tile.Batched;
import org.curvature4j.internal.engine.tile.TileEngine;
import org.curvature4j.internal.engine.tile.TiledFunction;
import org.curvature4j.internal.gpu.GpuForTests;
import org.curvature4j.internal.gpu.interpreter.InterpretedDriver;
import org.curvature4j.internal.host.ArrayRows;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.internal.transform.Simplifier;
import org.curvature4j.internal.transform.Vmap;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;
import org.curvature4j.stream.Progress;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Holds batches by tiles on a device, interpreted, to those by loops over Java arrays. */
class DeviceTilesTest {
    private static final int SIZE = 5;
    private static final int POINTS = 21;

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

    private double[] evaluate(TileEngine engine, int threads, int tile) {
        double[] results = new double[POINTS * SIZE * SIZE];
        Settings settings = new Settings("cpu", threads, 1L << 28, tile, Engine.LOOPS, DeviceChoice.CPU);
        try (TiledFunction function =
                new TiledFunction(engine, hessians(), List.of(weights), SIZE, "function", settings)) {
            function.evaluate(ArrayRows.source(points, SIZE), ArrayRows.sink(results, SIZE * SIZE), Progress.NONE);
            assertThat(function.describe()).startsWith(engine.words());
        }
        return results;
    }

    @Test
    void givesTheSameBitsForAnyTileAndNumberOfThreads() {
        double[] expected = evaluate(LoopTiles.ENGINE, 1, 0);
        InterpretedDriver driver = new InterpretedDriver(1, 1 << 26);
        try (GpuForTests gpu = GpuForTests.with(driver)) {
            DeviceTiles engine = new DeviceTiles(gpu.device());
            double[] whole = evaluate(engine, 1, 0);
            for (int i = 0; i < expected.length; i++) {
                assertThat(Math.abs(whole[i] - expected[i])).isLessThan(1e-14);
            }
            assertThat(evaluate(engine, 2, 8)).isEqualTo(whole);
            assertThat(evaluate(engine, 3, 16)).isEqualTo(whole);
        }
        assertThat(driver.leaks()).isEmpty();
    }
}
