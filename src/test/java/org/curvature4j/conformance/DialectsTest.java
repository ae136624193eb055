package org.curvature4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.code.ElementwiseCode;
import org.curvature4j.internal.engine.code.JavaDialect;
import org.curvature4j.internal.engine.fused.FusedRunner;
import org.curvature4j.internal.engine.gpu.PtxDialect;
import org.curvature4j.internal.engine.gpu.PtxRunner;
import org.curvature4j.internal.engine.loops.LoopRunner;
import org.curvature4j.internal.transform.Flatten;
import org.curvature4j.op.Arithmetic;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Domain;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.JavaKernels.Tensor;
import org.curvature4j.op.Kernel;
import org.curvature4j.op.Nd4jKernels;
import org.curvature4j.op.Select;
import org.curvature4j.samediff.SameDiffExport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every kernel in every dialect: spelled, or composed of those that are, with the same value over its domain. */
@Tag("gpu")
class DialectsTest {
    private static final int POINTS = 100;
    private static final double ULPS = 2;

    static Stream<Kernel> kernels() {
        return Stream.of(Stream.of(Elementwise.values()), Stream.of(Comparison.values()), Stream.of(new Select()))
                .flatMap(kernels -> kernels);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotComposedIsSpelled(Elementwise operation) {
        if (!operation.isComposed()) {
            assertThat(JavaDialect.spells(operation)).as("Java").isTrue();
            assertThat(PtxDialect.spells(operation)).as("PTX").isTrue();
            assertThat(Nd4jKernels.name(operation)).as("ND4J").isNotNull();
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void whatJavaSpellsCompiles(Kernel kernel) {
        if (!(kernel instanceof Elementwise operation) || JavaDialect.spells(operation)) {
            int operands =
                    kernel instanceof Elementwise operation ? operation.arity() : kernel instanceof Select ? 3 : 2;
            double[] ones = DoubleStream.generate(() -> 1).limit(operands).toArray();
            double[][] in =
                    Arrays.stream(ones).mapToObj(one -> new double[] {one}).toArray(double[][]::new);
            double[] z = new double[1];
            List<Boolean> repeated =
                    IntStream.range(0, operands).mapToObj(i -> false).toList();
            ElementwiseCode.loop(ElementwiseCode.of(kernel), repeated).run(in, new int[operands][], z, 0, 1, 1);
            if (Arithmetic.has(kernel, DType.FLOAT64)) {
                assertThat(z[0]).isEqualTo(Arithmetic.of(kernel, DType.FLOAT64, ones));
            }
        }
    }

    private static Graph graph(Elementwise operation, int points) {
        GraphBuilder builder = new GraphBuilder();
        List<Node> inputs = IntStream.range(0, operation.arity())
                .mapToObj(i -> builder.input("x" + i, TensorType.of(DType.FLOAT64, points)))
                .toList();
        return builder.build(List.of(builder.apply(operation, inputs)));
    }

    private static List<Tensor> arguments(Elementwise operation) {
        SplittableRandom random = new SplittableRandom(7);
        Domain domain = operation.domain();
        return IntStream.range(0, operation.arity())
                .mapToObj(i -> Tensor.of(
                        TensorType.of(DType.FLOAT64, POINTS),
                        random.doubles(POINTS, domain.low(), domain.high()).toArray()))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void allComputeTheSameValue(Elementwise operation) {
        Graph graph = graph(operation, POINTS);
        List<Tensor> arguments = arguments(operation);
        double[] joined = arguments.stream()
                .flatMapToDouble(argument -> Arrays.stream(argument.values()))
                .toArray();
        double[] exact = IntStream.range(0, POINTS)
                .mapToDouble(i -> Exact.value(
                        operation,
                        arguments.stream()
                                .mapToDouble(argument -> argument.values()[i])
                                .toArray()))
                .toArray();
        check("loops", LoopRunner.evaluate(graph, arguments).values(), exact);
        check("fused code", fused(operation, joined), exact);
        if (PtxDialect.spells(operation)) {
            double[][] values = arguments.stream().map(Tensor::values).toArray(double[][]::new);
            check("PTX", PtxRunner.evaluate(operation, DType.FLOAT64, values), exact);
        }
        check("ND4J", Plan.evaluate(graph, arguments).get(0).values(), exact);
        check("SameDiff", exported(graph, arguments), exact);
    }

    /** In parts, since what is composed may come to more computations than fused code has room for. */
    private static double[] fused(Elementwise operation, double[] operands) {
        int part = POINTS / 5;
        Graph graph = Flatten.of(graph(operation, part), operation.arity());
        return IntStream.range(0, POINTS / part)
                .mapToObj(p -> IntStream.range(0, operation.arity() * part)
                        .mapToDouble(i -> operands[i / part * POINTS + p * part + i % part])
                        .toArray())
                .flatMapToDouble(x -> Arrays.stream(FusedRunner.evaluate(graph, x)))
                .toArray();
    }

    private static double[] exported(Graph graph, List<Tensor> arguments) {
        SameDiff exported = SameDiffExport.export(graph, List.of("y"));
        Map<String, INDArray> fed = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            fed.put("x" + i, Plan.array(arguments.get(i)));
        }
        return Plan.tensor(exported.output(fed, "y").get("y")).values();
    }

    private static void check(String dialect, double[] actual, double[] exact) {
        double worst = IntStream.range(0, exact.length)
                .mapToDouble(i -> actual[i] == exact[i] ? 0 : Math.abs(actual[i] - exact[i]) / Math.ulp(exact[i]))
                .max()
                .orElseThrow();
        assertThat(worst).as(dialect).isLessThanOrEqualTo(ULPS);
    }
}
