package org.curvature4j.internal.engine.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.BiFunction;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.backend.DeviceChoice;
import org.curvature4j.internal.engine.backend.Engine;
import org.curvature4j.internal.engine.backend.Settings;
import org.curvature4j.internal.engine.fused.FusedFunction;
import org.curvature4j.internal.engine.scalar.Scalar;
import org.curvature4j.internal.engine.scalar.ScalarProgram;
import org.curvature4j.internal.engine.tile.BatchFunction;
import org.curvature4j.internal.gpu.GpuForTests;
import org.curvature4j.internal.host.ArrayRows;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;
import org.curvature4j.stream.Progress;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("gpu")
class FunctionCodeTest {
    private static final double[] POINTS = {
        1, -2, -0.5, 3, 2.5, 2.5, 0, -0.0, Double.NaN, 1, Double.POSITIVE_INFINITY, -1
    };

    private static ScalarProgram program(DType dtype, BiFunction<Ops, Node, Node> body) {
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Graph graph = builder.build(List.of(body.apply(ops, builder.input("point", TensorType.of(dtype, 2)))));
        return ScalarProgram.of(graph, List.of(), 0);
    }

    private static double[] results(BatchFunction function, ScalarProgram program) {
        int outputs = program.outputs().size();
        double[] results = new double[POINTS.length / 2 * outputs];
        function.evaluate(ArrayRows.source(POINTS, 2), ArrayRows.sink(results, outputs), Progress.NONE);
        return results;
    }

    private static void requireSameBits(ScalarProgram program) {
        Settings settings = new Settings("cpu", 1, 1L << 28, 0, Engine.AUTO, DeviceChoice.GPU);
        try (GpuForTests gpu = GpuForTests.interpreted();
                GpuFunction function = GpuFunction.of(program, List.of(gpu.device()), settings);
                FusedFunction fused = FusedFunction.of(program, settings)) {
            assertThat(results(function, program)).containsExactly(results(fused, program));
        }
    }

    @Test
    void choosesAndComparesAlsoBooleansAndKnownOnes() {
        requireSameBits(program(DType.FLOAT64, (o, x) -> {
            Node positive = o.apply(Comparison.GT, x, o.like(x, 0));
            Node small = o.apply(Comparison.LE, x, o.like(x, 2));
            Node mask = o.builder().literal(TensorType.of(DType.BOOL, 2), 1, 0);
            Node chosen = o.select(positive, small, mask);
            return o.select(
                    o.apply(Comparison.XOR, o.apply(Comparison.AND, positive, mask), chosen), o.square(x), o.neg(x));
        }));
    }

    @Test
    void storesConstantsInputsAndOneNumberInSeveralPlaces() {
        ScalarProgram program = program(DType.FLOAT64, (o, x) -> {
            Node square = o.square(x);
            Node known = o.builder().literal(TensorType.of(DType.FLOAT64, 2), 3, Double.NaN);
            return o.concat(List.of(x, known, square, square, known), 0);
        });
        assertThat(FunctionCode.of(program).hasConstants()).isTrue();
        requireSameBits(program);
    }

    @Test
    void roundsFloat32WhereACastSaysSo() {
        requireSameBits(program(DType.FLOAT64, (o, x) -> o.cast(o.cast(o.mul(x, 0.3), DType.FLOAT32), DType.FLOAT64)));
    }

    @Test
    void knowsWhichFunctionsJavaComputesByItsOwn() {
        ScalarProgram shared = program(DType.FLOAT64, (o, x) -> o.exp(o.apply(Elementwise.ERF, o.sigmoid(x))));
        ScalarProgram own = program(DType.FLOAT64, (o, x) -> o.pow(o.exp(x), 2.7));
        requireSameBits(shared);
        assertThat(FunctionCode.of(shared).hasBitsOfCpu()).isTrue();
        assertThat(FunctionCode.of(own).hasBitsOfCpu()).isFalse();
    }

    @Test
    void computesOperandsFirstAndEachNumberOnce() {
        ScalarProgram program = program(DType.FLOAT64, (o, x) -> o.mul(o.exp(o.square(x)), o.square(x)));
        List<Scalar> order = StatementOrder.of(program);
        assertThat(order).doesNotHaveDuplicates().containsAll(program.calls());
        for (Scalar.Call call : program.calls()) {
            for (Scalar operand : call.operands()) {
                assertThat(order.indexOf(operand)).isLessThan(order.indexOf(call));
            }
        }
    }
}
