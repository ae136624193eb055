package org.curvature4j.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.curvature4j.internal.gpu.DriverForTests;
import org.curvature4j.internal.gpu.GpuForTests;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Holds Hessian-vector products at a point on a device, interpreted, to those of the CPU. */
@Tag("gpu")
class VectorFunctionTest {
    private static final int SIZE = 40;

    private static Settings settings(DeviceChoice device) {
        return new Settings("cpu", 2, 1L << 30, 0, Engine.AUTO, device);
    }

    /** Of the sum of squares of tanh(W x). */
    private static Graph product(DType type) {
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Node x = builder.input("x", TensorType.of(type, SIZE));
        Node weights = builder.input("weights", TensorType.of(type, 30, SIZE));
        Node layer = ops.apply(Elementwise.TANH, ops.einsum("ij,j->i", weights, x));
        return Derivatives.hessianVectorProduct(builder.build(List.of(ops.sum(ops.square(layer), List.of(0)))));
    }

    @ParameterizedTest
    @EnumSource(
            value = DType.class,
            names = {"FLOAT64", "FLOAT32"})
    void isThatOfTheCpu(DType type) {
        Random random = new Random(6);
        INDArray point = Nd4j.createFromArray(random.doubles(SIZE, -1, 1).toArray());
        INDArray weights = Nd4j.createFromArray(
                        random.doubles(30L * SIZE, -0.3, 0.3).toArray())
                .reshape(30, SIZE);
        double[] vector = random.doubles(SIZE, -1, 1).toArray();
        double[] expected = new double[SIZE];
        double[] actual = new double[SIZE];
        Graph graph = product(type);
        List<INDArray> others = List.of(point, weights);
        try (VectorFunction onProcessor = VectorFunction.of(graph, 2, others, settings(DeviceChoice.CPU))) {
            onProcessor.evaluate(vector, expected);
        }
        DriverForTests driver = GpuForTests.driver(1, 1 << 24);
        try (GpuForTests gpu = GpuForTests.with(driver)) {
            VectorFunction onDevice = VectorFunction.of(graph, 2, others, settings(DeviceChoice.GPU));
            onDevice.evaluate(vector, actual);
            onDevice.close();
            assertThat(driver.launches()).isPositive();
            assertThatThrownBy(() -> onDevice.evaluate(vector, actual)).isInstanceOf(IllegalStateException.class);
        }
        assertThat(driver.leaks()).isEmpty();
        double tolerance = type == DType.FLOAT64 ? 1e-14 : 1e-5;
        for (int i = 0; i < SIZE; i++) {
            assertThat(Math.abs(actual[i] - expected[i])).isLessThan(tolerance);
        }
    }
}
