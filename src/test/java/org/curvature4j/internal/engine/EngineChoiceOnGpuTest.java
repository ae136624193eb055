package org.curvature4j.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.backend.DeviceChoice;
import org.curvature4j.internal.engine.backend.Engine;
import org.curvature4j.internal.engine.backend.Settings;
import org.curvature4j.internal.engine.tile.BatchFunction;
import org.curvature4j.internal.gpu.DriverForTests;
import org.curvature4j.internal.gpu.FaultyDriver;
import org.curvature4j.internal.gpu.FlippingDriver;
import org.curvature4j.internal.gpu.GpuForTests;
import org.curvature4j.internal.gpu.UntrustedDeviceException;
import org.curvature4j.internal.gpu.driver.Driver;
import org.curvature4j.internal.gpu.interpreter.InterpretedDriver;
import org.curvature4j.internal.host.ArrayRows;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.internal.transform.Simplifier;
import org.curvature4j.op.Custom;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;
import org.curvature4j.samediff.SameDiffExport;
import org.curvature4j.stream.Progress;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What computes a function where there are GPUs, what it says of that, and what becomes of GPUs that compute wrongly. */
@SuppressWarnings("try")
@Tag("gpu")
class EngineChoiceOnGpuTest {
    private static final int SIZE = 3;
    private static final int POINTS = 400;
    private static final int HIGH = 45;
    private static final DeviceChoice AUTO = DeviceChoice.AUTO;
    private static final DeviceChoice GPU = DeviceChoice.GPU;

    private final double[] points =
            new Random(4).doubles((long) POINTS * SIZE, 0.1, 1).toArray();
    private int written;

    private static Graph graph(BiFunction<Ops, Node, Node> body) {
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Node x = builder.input("x", TensorType.of(DType.FLOAT64, SIZE));
        return Simplifier.simplify(builder.build(List.of(body.apply(ops, x))));
    }

    private static Node repeated(Ops ops, Node x, int depth) {
        Node value = x;
        for (int i = 0; i < depth; i++) {
            value = ops.apply(Elementwise.TANH, ops.add(value, ops.mul(x, 0.1 + i)));
        }
        return value;
    }

    private static final Graph SMALL = graph((ops, x) -> repeated(ops, x, 2));
    /** Long enough for a GPU to be expected faster for {@link #POINTS}. */
    private static final Graph LONG = graph((ops, x) -> repeated(ops, x, 20));

    private static final Graph POWER = graph((ops, x) -> ops.pow(x, 2.7));
    private static final Graph INTEGERS = graph((ops, x) -> ops.cast(ops.cast(x, DType.INT64), DType.FLOAT64));
    /** So many numbers a point that a GPU is worth it for each. */
    private static final Graph WIDE = graph((ops, x) -> {
        Node factors = ops.builder()
                .literal(
                        TensorType.of(DType.FLOAT64, 1, 20_000),
                        new Random(1).doubles(20_000).toArray());
        Node wide = ops.mul(ops.reshape(x, Shape.of(SIZE, 1)), factors);
        return ops.sum(repeated(ops, wide, 3), List.of(1));
    });

    private static BatchFunction prepare(Graph graph, Engine engine, DeviceChoice device) {
        return EngineChoice.prepare(
                List.of(Form.of(graph)),
                List.of(),
                0,
                "function",
                (exported, output) -> SameDiffExport.export(exported, List.of(output)),
                new Settings("cpu", 1, 1L << 30, 0, engine, device));
    }

    private double[] results(BatchFunction function, int count) {
        double[] results = new double[count * SIZE];
        written = 0;
        function.evaluate(
                ArrayRows.source(points, SIZE).part(0, count),
                (first, some, rows) -> {
                    written += some;
                    ArrayRows.sink(results, SIZE).write(first, some, rows);
                },
                Progress.NONE);
        return results;
    }

    private double[] expected(Graph graph, Engine engine, int count) {
        try (BatchFunction function = prepare(graph, engine, DeviceChoice.CPU)) {
            return results(function, count);
        }
    }

    private static String description(Graph graph, Engine engine, DeviceChoice device) {
        try (BatchFunction function = prepare(graph, engine, device)) {
            return function.describe();
        }
    }

    @Test
    void saysWhatComputesWhereAGpuIsAskedFor() {
        try (GpuForTests gpu = GpuForTests.interpreted()) {
            assertThat(description(SMALL, Engine.AUTO, GPU))
                    .startsWith("GPU code, for small functions: ")
                    .endsWith(" computations a point, on " + gpu.device()
                            + ", single points on the CPU with the same bits");
            assertThat(description(POWER, Engine.AUTO, GPU))
                    .startsWith("GPU code, for small functions: ")
                    .endsWith(" computations a point, on " + gpu.device());
            assertThat(description(SMALL, Engine.LOOPS, GPU)).startsWith("kernels over arrays on ");
            assertThat(description(INTEGERS, Engine.AUTO, GPU)).startsWith("kernels over arrays on ");
            assertThat(description(SMALL, Engine.PLAN, GPU)).startsWith("ND4J operations");
        }
    }

    @Test
    void saysWhyTheProcessorComputesAlthoughAGpuIsAskedFor() {
        try (GpuForTests gpu = GpuForTests.with(new InterpretedDriver(1, 1 << 10))) {
            assertThat(description(INTEGERS, Engine.AUTO, GPU))
                    .startsWith("loops over Java arrays")
                    .contains(
                            ", on the CPU since code of one thread a point can't compute it: no scalar cast from FLOAT64"
                                    + " to INT64; kernels over arrays can't compute it: memory: expected at least ");
            assertThat(description(INTEGERS, Engine.AUTO, AUTO)).doesNotContain("on the CPU since");
        }
    }

    @Test
    void withoutBeingAskedForAGpuComputesWhatNobodyCanTell() {
        try (GpuForTests gpu = GpuForTests.pretended()) {
            assertThat(description(SMALL, Engine.AUTO, AUTO))
                    .startsWith("fused code")
                    .endsWith(", on GPUs with the same bits where these are expected to be faster");
            assertThat(description(POWER, Engine.AUTO, AUTO))
                    .startsWith("fused code")
                    .doesNotContain("GPU");
            assertThat(description(SMALL, Engine.LOOPS, AUTO))
                    .startsWith("loops over Java arrays")
                    .doesNotContain("GPU");
            assertThat(description(WIDE, Engine.LOOPS, AUTO)).startsWith("kernels over arrays on ");
        }
    }

    /** How many launches there are. */
    private double[] counted(DriverForTests driver, Graph graph, DeviceChoice device, int count, boolean launches) {
        try (GpuForTests gpu = GpuForTests.with(driver);
                BatchFunction function = prepare(graph, Engine.AUTO, device)) {
            double[] results = results(function, count);
            assertThat(driver.launches() > 0).isEqualTo(launches);
            double[] one = new double[SIZE];
            long before = driver.launches();
            function.evaluate(points, one);
            assertThat(driver.launches())
                    .as("a single point is the processor's")
                    .isEqualTo(before);
            assertThat(one).containsExactly(Arrays.copyOf(results, SIZE));
            return results;
        }
    }

    @Test
    void theFasterOneComputesWithTheSameBits() {
        double[] expected = expected(LONG, Engine.FUSED, POINTS);
        assertThat(counted(new InterpretedDriver(1, 1 << 24), LONG, AUTO, POINTS, true))
                .containsExactly(expected);
        assertThat(counted(GpuForTests.driver(1, 1 << 24), LONG, GPU, POINTS, true))
                .containsExactly(expected);
        assertThat(counted(new InterpretedDriver(1, 1 << 24), LONG, AUTO, 5, false))
                .containsExactly(expected(LONG, Engine.FUSED, 5));
    }

    @Test
    void afterAnErrorTheProcessorComputesAllIfAGpuWasNotAskedFor() {
        double[] expected = expected(LONG, Engine.FUSED, POINTS);
        InterpretedDriver driver = new InterpretedDriver(1, 1 << 24);
        FaultyDriver faulty = FaultyDriver.of(driver, (number, name) -> name.equals("launch"), 719);
        try (GpuForTests gpu = GpuForTests.with(faulty.driver());
                BatchFunction function = prepare(LONG, Engine.AUTO, AUTO)) {
            assertThat(results(function, POINTS)).containsExactly(expected);
            assertThat(function.describe()).contains(", given up: launch: CUDA_ERROR_LAUNCH_FAILED");
            int calls = faulty.calls().size();
            assertThat(results(function, POINTS)).containsExactly(expected);
            assertThat(faulty.calls()).as("calls of the driver").hasSize(calls);
        }
        try (GpuForTests gpu = GpuForTests.with(FaultyDriver.of(driver, (number, name) -> name.equals("launch"), 719)
                        .driver());
                BatchFunction function = prepare(LONG, Engine.AUTO, GPU)) {
            assertThatThrownBy(() -> results(function, POINTS))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith(
                            "device: expected a batch to be computed, got launch: CUDA_ERROR_LAUNCH_FAILED")
                    .hasMessageEndingWith("(--device cpu does without a GPU)");
            assertThat(written).isZero();
        }
    }

    private static Driver wrong(int devices, int bit) {
        return FlippingDriver.of(new InterpretedDriver(devices, 1 << 26), bit, devices - 1);
    }

    @ParameterizedTest
    @CsvSource({"FUSED, 1, 0", "FUSED, 2, 0", "FUSED, 1, 63", "LOOPS, 1, 45", "LOOPS, 1, 62"})
    void aGpuThatComputesWronglyIsRefusedBeforeAnyResult(Engine engine, int devices, int bit) {
        InterpretedDriver driver = new InterpretedDriver(devices, 1 << 26);
        try (GpuForTests gpu = GpuForTests.with(FlippingDriver.of(driver, bit, devices - 1))) {
            try (BatchFunction function = prepare(SMALL, engine, GPU)) {
                for (int i = 0; i < 2; i++) {
                    assertThatThrownBy(() -> results(function, POINTS))
                            .isInstanceOf(UntrustedDeviceException.class)
                            .hasMessageStartingWith("device: expected the CPU's results, got others from GPU "
                                    + (devices - 1) + ", PTX interpreter")
                            .hasMessageContaining("driver for CUDA 12.4: number 2 of result 7 is ")
                            .hasMessageContaining("--device cpu");
                    assertThat(written).isZero();
                }
            }
            assertThat(driver.leaks()).isEmpty();
        }
    }

    @Test
    void powersAreHeldToRounding() {
        try (GpuForTests gpu = GpuForTests.with(wrong(1, HIGH));
                BatchFunction function = prepare(POWER, Engine.FUSED, GPU)) {
            assertThatThrownBy(() -> results(function, POINTS)).isInstanceOf(UntrustedDeviceException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Engine.class,
            names = {"FUSED", "LOOPS"})
    void theProcessorGoesOnIfAWrongGpuWasNotAskedFor(Engine engine) {
        Graph graph = engine == Engine.FUSED ? LONG : WIDE;
        int count = engine == Engine.FUSED ? POINTS : 3;
        double[] expected = expected(graph, engine, count);
        InterpretedDriver driver = new InterpretedDriver(1, 1 << 26);
        try (GpuForTests gpu = GpuForTests.with(FlippingDriver.of(driver, HIGH, 0))) {
            try (BatchFunction function = prepare(graph, engine, AUTO)) {
                assertThat(results(function, count)).containsExactly(expected);
                assertThat(results(function, count)).containsExactly(expected);
                assertThat(driver.launches()).isPositive();
                assertThat(function.describe()).contains("device: expected the CPU's results, got others from GPU 0");
            }
            assertThat(driver.leaks()).isEmpty();
        }
    }

    /** The check is done once, and costs a launch or two of few points. */
    @Test
    void aRightGpuIsCheckedOnce() {
        DriverForTests driver = GpuForTests.driver(1, 1 << 24);
        try (GpuForTests gpu = GpuForTests.with(driver);
                BatchFunction function = prepare(SMALL, Engine.FUSED, GPU)) {
            double[] first = results(function, POINTS);
            long both = driver.launches();
            assertThat(results(function, POINTS)).containsExactly(first);
            assertThat(driver.launches() - both).isLessThan(both);
            long each = driver.launches() - both;
            results(function, POINTS);
            assertThat(driver.launches()).isEqualTo(both + 2 * each);
        }
    }

    @Test
    void productsAtAPointAreCheckedToo() {
        Graph product = Simplifier.simplify(
                Derivatives.hessianVectorProduct(graph((ops, x) -> ops.sum(repeated(ops, x, 2), List.of(0)))));
        Settings settings = new Settings("cpu", 1, 1L << 28, 0, Engine.AUTO, GPU);
        List<INDArray> others = List.of(Nd4j.createFromArray(0.1, 0.2, -0.7));
        InterpretedDriver driver = new InterpretedDriver(1, 1 << 24);
        try (GpuForTests gpu = GpuForTests.with(FlippingDriver.of(driver, HIGH, 0))) {
            assertThatThrownBy(() -> VectorFunction.of(product, 1, others, settings))
                    .isInstanceOf(UntrustedDeviceException.class);
            assertThat(driver.leaks()).isEmpty();
        }
    }

    @Test
    void productsAtAPointSayWhyTheProcessorComputes() {
        Graph graph = graph((ops, x) -> ops.builder().apply(new Custom.Kernel("cube"), x));
        try (GpuForTests gpu = GpuForTests.interpreted()) {
            Settings forced = new Settings("cpu", 1, 1L << 28, 0, Engine.AUTO, GPU);
            try (VectorFunction function = VectorFunction.of(graph, 0, List.of(), forced);
                    VectorFunction small = VectorFunction.of(SMALL, 0, List.of(), forced)) {
                assertThat(function.why()).startsWith(", on the CPU since kernels over arrays can't compute it: ");
                assertThat(small.why()).isEmpty();
            }
        }
    }
}
