package org.curvature4j.internal.engine;

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
import org.curvature4j.internal.engine.tile.BatchFunction;
import org.curvature4j.internal.gpu.Faults;
import org.curvature4j.internal.gpu.Faults.Tried;
import org.curvature4j.internal.host.ArrayRows;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.internal.transform.Simplifier;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;
import org.curvature4j.samediff.SameDiffExport;
import org.curvature4j.stream.Progress;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Has each call of the driver fail in turn under functions as they are prepared for a device that is asked for or may be
 * taken: each ends with the very result or in words, and nothing stays open.
 */
@Tag("gpu")
class GpuFaultsTest {
    private static final int SIZE = 3;
    private static final int POINTS = 400;
    private static final long BYTES = 1L << 24;

    private final double[] points =
            new Random(4).doubles((long) POINTS * SIZE, -1, 1).toArray();

    /** Of sums of tanh of tanh, so often that it takes a while. */
    private static Graph heavy(Elementwise inner, int depth) {
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Node x = builder.input("x", TensorType.of(DType.FLOAT64, SIZE));
        Node value = x;
        for (int i = 0; i < depth; i++) {
            value = ops.apply(inner, ops.add(value, ops.mul(x, 0.1 + i)));
        }
        return Simplifier.simplify(builder.build(List.of(ops.sum(value, List.of(0)))));
    }

    private double[] results(Engine engine, DeviceChoice device, Graph graph) {
        double[] results = new double[POINTS];
        try (BatchFunction function = EngineChoice.prepare(
                List.of(Form.of(graph)),
                List.of(),
                0,
                "function",
                (exported, output) -> SameDiffExport.export(exported, List.of(output)),
                new Settings("cpu", 1, 1L << 28, 0, engine, device))) {
            function.evaluate(ArrayRows.source(points, SIZE), ArrayRows.sink(results, 1), Progress.NONE);
        }
        return results;
    }

    @ParameterizedTest
    @CsvSource({"FUSED, TANH", "LOOPS, TANH"})
    void whatIsAskedForEndsInWords(Engine engine, Elementwise inner) throws Exception {
        Graph graph = heavy(inner, 2);
        Tried tried = Faults.everywhere(() -> results(engine, DeviceChoice.GPU, graph), BYTES);
        assertThat(tried.endedInWords()).isGreaterThan(30);
    }

    /** An error is no reason for the processor not to go on, before a result was handed on. */
    @Test
    void whatMayBeTakenIsComputedByTheProcessor() throws Exception {
        Graph graph = heavy(Elementwise.TANH, 20);
        Tried tried = Faults.everywhere(() -> results(Engine.FUSED, DeviceChoice.AUTO, graph), BYTES);
        assertThat(tried.gaveTheResult()).isGreaterThan(30);
    }

    @Test
    void productsAtAPointEndInWords() throws Exception {
        Graph product = Simplifier.simplify(Derivatives.hessianVectorProduct(heavy(Elementwise.SIN, 2)));
        Settings settings = new Settings("cpu", 1, 1L << 28, 0, Engine.AUTO, DeviceChoice.GPU);
        Tried tried = Faults.everywhere(
                () -> {
                    double[] result = new double[SIZE];
                    try (VectorFunction function =
                            VectorFunction.of(product, 1, List.of(Nd4j.createFromArray(0.1, 0.2, -0.7)), settings)) {
                        function.evaluate(new double[] {1, 2, 3}, result);
                    }
                    return result;
                },
                BYTES);
        assertThat(tried.endedInWords()).isGreaterThan(30);
    }
}
