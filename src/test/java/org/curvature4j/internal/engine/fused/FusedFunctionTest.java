package org.curvature4j.internal.engine.fused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.EngineChoice;
import org.curvature4j.internal.engine.Form;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.backend.DeviceChoice;
import org.curvature4j.internal.engine.backend.Engine;
import org.curvature4j.internal.engine.backend.Settings;
import org.curvature4j.internal.engine.code.Unsuitable;
import org.curvature4j.internal.engine.nd4j.NativeTiles;
import org.curvature4j.internal.engine.scalar.ScalarProgram;
import org.curvature4j.internal.engine.tile.BatchFunction;
import org.curvature4j.internal.engine.tile.TiledFunction;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.internal.transform.Simplifier;
import org.curvature4j.internal.transform.Vmap;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Custom;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Extremum;
import org.curvature4j.op.Indices;
import org.curvature4j.op.Ops;
import org.curvature4j.samediff.SameDiffExport;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class FusedFunctionTest {
    private static final int ROWS = 50;

    record Sample(String name, int inputs, BiFunction<Ops, Node, Node> body) {
        Graph graph() {
            GraphBuilder builder = new GraphBuilder();
            Ops ops = new Ops(builder);
            Node point = builder.input("point", TensorType.of(DType.FLOAT64, inputs));
            return builder.build(List.of(ops.reshape(body.apply(ops, point), Shape.SCALAR)));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Sample> samples() {
        return Stream.of(
                new Sample("tanh net", 11, FusedFunctionTest::net),
                new Sample(
                        "softplus and sigmoid",
                        3,
                        (o, x) -> total(o, o.mul(o.apply(Elementwise.SOFTPLUS, x), o.sigmoid(o.mul(x, 2))))),
                new Sample(
                        "powers and atan2",
                        2,
                        (o, x) -> o.apply(
                                Elementwise.ATAN2,
                                o.pow(o.exp(o.slice(x, 0, 0, 1)), 2.5),
                                o.onePlus(o.square(o.slice(x, 0, 1, 2))))),
                new Sample(
                        "kinks",
                        4,
                        (o, x) -> o.mul(
                                o.apply(new Extremum.Largest(List.of(0)), x),
                                total(o, o.select(o.apply(Comparison.GT, x, o.like(x, 0)), o.square(x), o.neg(x))))),
                new Sample(
                        "constant mask",
                        3,
                        (o, x) -> total(
                                o,
                                o.select(
                                        o.builder().literal(TensorType.of(DType.BOOL, 3), 1, 0, 1),
                                        o.square(x),
                                        o.exp(x)))),
                new Sample(
                        "gather and concat",
                        3,
                        (o, x) -> total(
                                o,
                                o.mul(
                                        o.gather(o.concat(List.of(x, o.sin(x)), 0), 0, Indices.of(5, 0, 0, 3, 1, 4)),
                                        o.concat(List.of(x, x), 0)))),
                new Sample(
                        "tanh of tanh",
                        3,
                        (o, x) -> total(
                                o, o.mul(tanh(o, o.mul(x, tanh(o, x))), tanh(o, o.gather(x, 0, Indices.of(2, 2, 0)))))),
                new Sample("long code with tanh", 20, (o, x) -> tanh(o, o.einsum("i,i->", x, o.exp(tanh(o, x))))),
                new Sample("long code", 24, (o, x) -> o.sin(o.einsum("i,i->", x, o.exp(o.sin(x))))));
    }

    private static Node tanh(Ops ops, Node x) {
        return ops.apply(Elementwise.TANH, x);
    }

    private static Node total(Ops ops, Node x) {
        return ops.sum(x, ops.allAxes(x));
    }

    private static Node net(Ops ops, Node theta) {
        Node w1 = ops.reshape(ops.slice(theta, 0, 0, 4), Shape.of(2, 2));
        Node hidden = ops.apply(
                Elementwise.TANH,
                ops.add(ops.einsum("ij,j->i", w1, ops.slice(theta, 0, 9, 11)), ops.slice(theta, 0, 4, 6)));
        return ops.add(
                ops.einsum("i,i->", ops.slice(theta, 0, 6, 8), hidden),
                ops.reshape(ops.slice(theta, 0, 8, 9), Shape.SCALAR));
    }

    private static double[] run(BatchFunction function, double[] points, int inputs, int outputs) {
        int rows = points.length / inputs;
        double[] results = new double[rows * outputs];
        RowSource source = RowSource.of(
                rows, (first, count, into) -> System.arraycopy(points, (int) first * inputs, into, 0, count * inputs));
        try (function) {
            function.evaluate(
                    source,
                    (first, count, values) ->
                            System.arraycopy(values, 0, results, (int) first * outputs, count * outputs),
                    Progress.NONE);
        }
        return results;
    }

    private static double[] points(int inputs) {
        return new SplittableRandom(5).doubles((long) ROWS * inputs, -2, 2).toArray();
    }

    private static FusedFunction fused(Graph graph, int symmetric, int threads, int block) {
        return FusedFunction.of(
                List.of(Simplifier.simplify(graph)),
                List.of(),
                symmetric,
                new Settings("cpu", threads, 1L << 30, block, Engine.FUSED, DeviceChoice.CPU));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void agreesWithThePlanOnValuesGradientsAndHessians(Sample sample) {
        Backend.get();
        int n = sample.inputs();
        double[] points = points(n);
        Graph graph = sample.graph();
        for (Graph derivative : List.of(graph, Derivatives.gradient(graph), Derivatives.hessian(graph))) {
            int outputs = Math.toIntExact(derivative.outputs().get(0).type().size());
            int symmetric = outputs == n * n && n > 1 ? n : 0;
            double[] expected = run(
                    new TiledFunction(
                            NativeTiles.ENGINE,
                            batch -> Vmap.of(derivative, List.of(true), batch),
                            List.of(),
                            symmetric,
                            sample.name(),
                            Backend.get().settings()),
                    points,
                    n,
                    outputs);
            double[] actual = run(fused(derivative, symmetric, 2, 0), points, n, outputs);
            double scale = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
            assertThat(actual).containsExactly(expected, within(1e-13 * scale));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void interpretsToTheLastBitWhatItCompiles(Sample sample) {
        Graph graph = sample.graph();
        for (Graph derivative : List.of(graph, Derivatives.gradient(graph), Derivatives.hessian(graph))) {
            assertInterpretedAsCompiled(Simplifier.simplify(derivative), points(sample.inputs()));
        }
    }

    @ParameterizedTest
    @EnumSource(Elementwise.class)
    void interpretsEachKernelToTheLastBit(Elementwise operation) {
        double[] special = {0, -0.0, 1, -1, 0.5, -0.5, 2, -3, 30, 1e-300, 1e300, 1 / 0.0, -1 / 0.0, 0 / 0.0};
        double[] points = new double[2 * special.length * special.length];
        for (int i = 0; i < points.length / 2; i++) {
            points[2 * i] = special[i / special.length];
            points[2 * i + 1] = special[i % special.length];
        }
        Sample sample = new Sample("kernel", 2, (o, x) -> {
            Node first = o.slice(x, 0, 0, 1);
            return operation.arity() == 1 ? o.apply(operation, first) : o.apply(operation, first, o.slice(x, 0, 1, 2));
        });
        assertInterpretedAsCompiled(sample.graph(), points);
    }

    private static void assertInterpretedAsCompiled(Graph graph, double[] points) {
        ScalarProgram program = ScalarProgram.of(graph, List.of(), 0);
        int rows = points.length / program.inputs();
        double[] interpreted = repeated(program.constants(), rows);
        new ScalarInterpreter(program).run(points, interpreted, new double[0], rows);
        double[] compiled = run(
                FusedFunction.of(program, settings(Engine.FUSED)),
                points,
                program.inputs(),
                program.outputs().size());
        assertThat(bits(interpreted)).containsExactly(bits(compiled));
    }

    private static double[] repeated(double[] row, int rows) {
        return IntStream.range(0, rows)
                .boxed()
                .flatMapToDouble(i -> Arrays.stream(row))
                .toArray();
    }

    /** With every number that is none alike. */
    private static long[] bits(double[] values) {
        return Arrays.stream(values).mapToLong(Double::doubleToLongBits).toArray();
    }

    private static Settings settings(Engine engine) {
        return new Settings("cpu", 1, 1L << 30, 0, engine, DeviceChoice.CPU);
    }

    @Test
    void compilesOnceItHasComputedEnoughOrIsAskedTo() {
        ScalarProgram program =
                ScalarProgram.of(samples().findFirst().orElseThrow().graph(), List.of(), 0);
        double[] point = points(program.inputs());
        double[] result = new double[1];
        try (FusedFunction function = FusedFunction.of(program, settings(Engine.AUTO));
                FusedFunction forced = FusedFunction.of(program, settings(Engine.FUSED))) {
            assertThat(forced.isCompiled()).isTrue();
            double[] first = result.clone();
            function.evaluate(point, first);
            assertThat(function.isCompiled()).isFalse();
            for (int i = 0; i < 20_000 && !function.isCompiled(); i++) {
                function.evaluate(point, result);
                assertThat(result).containsExactly(first);
            }
            assertThat(function.isCompiled()).isTrue();
        }
    }

    @Test
    void givesTheSameBitsForAnyNumberOfThreadsAndAnyBlock() {
        Graph hessian = Derivatives.hessian(samples().findFirst().orElseThrow().graph());
        double[] points = points(11);
        double[] once = run(fused(hessian, 11, 1, 0), points, 11, 121);
        assertThat(run(fused(hessian, 11, 2, 1), points, 11, 121)).containsExactly(once);
        assertThat(run(fused(hessian, 11, 2, 7), points, 11, 121)).containsExactly(once);
        for (int i = 0; i < 11; i++) {
            for (int j = 0; j < 11; j++) {
                assertThat(once[i * 11 + j]).isEqualTo(once[j * 11 + i]);
            }
        }
    }

    @Test
    void blocksOfAnyLengthGiveWhatEachPointGives() {
        Graph hessian = Derivatives.hessian(samples().findFirst().orElseThrow().graph());
        double[] points = new SplittableRandom(6).doubles(601 * 11, -2, 2).toArray();
        double[] together = run(fused(hessian, 11, 1, 601), points, 11, 121);
        for (int i : new int[] {0, 1, 254, 255, 256, 257, 511, 512, 600}) {
            double[] one = run(fused(hessian, 11, 1, 1), Arrays.copyOfRange(points, 11 * i, 11 * i + 11), 11, 121);
            assertThat(one).containsExactly(Arrays.copyOfRange(together, 121 * i, 121 * i + 121));
        }
    }

    @Test
    void keepsAUsersZeroTimesInfinity() {
        Sample product = new Sample("zero", 1, (o, x) -> o.mul(o.exp(x), 0));
        double[] result = run(fused(product.graph(), 0, 1, 0), new double[] {1e9}, 1, 1);
        assertThat(result[0]).isNaN();
    }

    @Test
    void saysWhatItCannotCompile() {
        Sample cube = new Sample("cube", 1, (o, x) -> o.apply(new Custom.Kernel("cube"), x));
        assertThatThrownBy(() -> fused(cube.graph(), 0, 1, 0))
                .isInstanceOf(Unsuitable.class)
                .hasMessageContaining("'cube' has no scalar code");
        Sample large = new Sample("large", 4000, (o, x) -> total(o, o.sin(o.exp(x))));
        assertThatThrownBy(() -> fused(large.graph(), 0, 1, 0))
                .isInstanceOf(Unsuitable.class)
                .hasMessageContaining("computations a point");
    }

    @Test
    void knowsBooleansBesideComputedOnes() {
        Sample connective = new Sample(
                "connective",
                2,
                (o, x) -> total(
                        o,
                        o.select(
                                o.apply(
                                        Comparison.AND,
                                        o.apply(Comparison.GT, x, o.like(x, 0)),
                                        o.builder().literal(TensorType.of(DType.BOOL, 2), 1, 0)),
                                x,
                                o.square(x))));
        double[] result = run(fused(connective.graph(), 0, 1, 0), new double[] {2, -3, -2, 3}, 2, 1);
        assertThat(result).containsExactly(2 + 9, 4 + 9);
    }

    @Test
    void leavesConstantsOfOtherTypesToThePlan() {
        Sample integers = new Sample(
                "integers",
                2,
                (o, x) -> total(
                        o, o.mul(x, o.cast(o.builder().literal(TensorType.of(DType.INT32, 2), 1, 2), DType.FLOAT64))));
        assertThatThrownBy(() -> fused(integers.graph(), 0, 1, 0))
                .isInstanceOf(Unsuitable.class)
                .hasMessageContaining("floating numbers only");
    }

    @Test
    void dataBecomesPartOfTheCode() {
        Backend.get();
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Node point = builder.input("point", TensorType.of(DType.FLOAT64, 3));
        Node data = builder.input("data", TensorType.of(DType.FLOAT64, 4, 3));
        Node residuals = tanh(ops, ops.einsum("ij,j->i", data, point));
        Graph graph = builder.build(List.of(total(ops, ops.square(residuals))));
        Graph gradient = Derivatives.gradient(graph);
        double[] points = points(3);
        try (INDArray values = Nd4j.linspace(DataType.DOUBLE, -1, 0.17, 12).reshape(4, 3)) {
            BatchFunction fused = chosen(gradient, List.of(values), Engine.FUSED);
            double[] expected = run(chosen(gradient, List.of(values), Engine.PLAN), points, 3, 3);
            assertThat(run(fused, points, 3, 3)).containsExactly(expected, within(1e-13));
        }
    }

    @Test
    void theChoiceFallsBackToThePlanOrRefusesAsAsked() {
        Backend.get();
        Graph cube = new Sample("cube", 1, (o, x) -> o.apply(new Custom.Kernel("cube"), x)).graph();
        Graph sine = new Sample("sine", 1, (o, x) -> o.sin(x)).graph();
        assertThat(chosen(cube, Engine.AUTO)).isInstanceOf(TiledFunction.class);
        assertThat(chosen(sine, Engine.AUTO)).isInstanceOf(FusedFunction.class);
        assertThat(chosen(sine, Engine.PLAN)).isInstanceOf(TiledFunction.class);
        assertThat(chosen(sine, Engine.LOOPS)).isInstanceOf(TiledFunction.class);
        assertThatThrownBy(() -> chosen(cube, Engine.LOOPS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("engine: expected a function that loops can compute")
                .hasMessageContaining("'cube' has no scalar code");
        assertThatThrownBy(() -> chosen(cube, Engine.FUSED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("engine: expected a function that can be fused")
                .hasMessageContaining("'cube' has no scalar code");
    }

    private static BatchFunction chosen(Graph graph, Engine engine) {
        return chosen(graph, List.of(), engine);
    }

    private static BatchFunction chosen(Graph graph, List<INDArray> feeds, Engine engine) {
        return EngineChoice.prepare(
                List.of(Form.of(graph)),
                feeds,
                0,
                "function",
                (exported, output) -> SameDiffExport.export(exported, List.of(output)),
                settings(engine));
    }
}
