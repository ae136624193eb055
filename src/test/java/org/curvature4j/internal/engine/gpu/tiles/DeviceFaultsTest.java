package org.curvature4j.internal.engine.gpu.tiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.backend.DeviceChoice;
import org.curvature4j.internal.engine.backend.Engine;
import org.curvature4j.internal.engine.backend.Settings;
import org.curvature4j.internal.gpu.Device;
import org.curvature4j.internal.gpu.Faults;
import org.curvature4j.internal.host.ArrayRows;
import org.curvature4j.op.Ops;
import org.curvature4j.stream.Progress;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Has each call of the driver fail in turn under tiles and sums on a device. */
@Tag("gpu")
class DeviceFaultsTest {
    private static final long BYTES = 1 << 22;

    private final INDArray weights = Nd4j.createFromArray(2.0, -1, 0.5, 3);

    private static Device device() {
        return DeviceChoice.GPU.devices().get(0);
    }

    /** Of an input [4, 8] and weights [4, 1]: a product, and a sum over rows. */
    private static Graph graph(long... shape) {
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Node x = builder.input("x", TensorType.of(DType.FLOAT64, shape));
        Node weights = builder.input("weights", TensorType.of(DType.FLOAT64, 4));
        Node column = ops.reshape(weights, org.curvature4j.graph.Shape.of(4, 1));
        return builder.build(List.of(ops.sum(ops.mul(x, column), List.of(0))));
    }

    @Test
    void tilesEndInWordsWhicheverCallFails() throws Exception {
        double[] points = new double[4 * 20];
        java.util.Arrays.fill(points, 1.5);
        Settings settings = new Settings("cpu", 2, BYTES, 8, Engine.LOOPS, DeviceChoice.GPU);
        Faults.Tried tried = Faults.everywhere(
                () -> {
                    double[] rows = new double[20];
                    try (DeviceTiles tiles = new DeviceTiles(
                            DeviceChoice.GPU.devices(),
                            batch -> graph(4, batch),
                            List.of(weights),
                            0,
                            "function",
                            settings)) {
                        tiles.evaluate(ArrayRows.source(points, 4), ArrayRows.sink(rows, 1), Progress.NONE);
                    }
                    return rows;
                },
                BYTES);
        assertThat(tried.endedInWords()).isPositive();
    }

    @Test
    void sumsEndInWordsWhicheverCallFails() throws Exception {
        Graph graph = graph(4, 1);
        double[] vector = {1, 2, 3, 4};
        Faults.Tried tried = Faults.everywhere(
                () -> {
                    double[] result = new double[1];
                    try (DeviceSum sum = new DeviceSum(List.of(device()), vector.length, result.length, 2)) {
                        int first = sum.add(0, graph, 0, List.of(weights), 0.25);
                        int second = sum.add(1, graph, 0, List.of(weights), 0.25);
                        sum.begin(vector);
                        sum.add(0, first);
                        sum.add(1, second);
                        sum.end(result);
                    }
                    return result;
                },
                BYTES);
        assertThat(tried.endedInWords()).isPositive();
    }

    @Test
    void addsTermsWithTheirWeights() {
        Graph graph = graph(4, 1);
        double[] result = new double[1];
        try (org.curvature4j.internal.gpu.GpuForTests gpu = org.curvature4j.internal.gpu.GpuForTests.interpreted();
                DeviceSum sum = new DeviceSum(List.of(gpu.device()), 4, 1, 2)) {
            int first = sum.add(0, graph, 0, List.of(weights), 0.25);
            int second = sum.add(1, graph, 0, List.of(weights.mul(2)), 0.25);
            for (int again = 0; again < 2; again++) {
                sum.begin(new double[] {1, 2, 3, 4});
                sum.add(0, first);
                sum.add(1, second);
                sum.end(result);
                assertThat(result).containsExactly(0.75 * 13.5);
            }
            sum.evaluate(1, second, new double[] {1, 2, 3, 4}, result);
            assertThat(result).containsExactly(27);
        }
    }
}
