package org.curvature4j.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.program.TensorProgram;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.internal.transform.KinkPoints;
import org.curvature4j.internal.transform.Simplifier;
import org.curvature4j.op.JavaKernels.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Loops against the same steps written out, and what they promise of their size. */
class ScanTest {
    private static final TensorType POINT = TensorType.of(DType.FLOAT64, 14);

    /** A step of a net of 2 units: state, slice of the sequence, weights. */
    private static Node step(Ops ops, Node state, Node slice, Node weights, Node bias) {
        Node sum = ops.add(ops.einsum("ij,j->i", weights, state), ops.mul(bias, slice));
        return ops.apply(Elementwise.TANH, sum);
    }

    private static Graph body() {
        GraphBuilder builder = new GraphBuilder();
        Node state = builder.input("state", TensorType.of(DType.FLOAT64, 2));
        Node slice = builder.input("slice", TensorType.of(DType.FLOAT64));
        Node weights = builder.input("weights", TensorType.of(DType.FLOAT64, 2, 2));
        Node bias = builder.input("bias", TensorType.of(DType.FLOAT64, 2));
        Node next = step(new Ops(builder), state, slice, weights, bias);
        return builder.build(List.of(next, new Ops(builder).square(next)));
    }

    private interface Loop {
        List<Node> of(Ops ops, Node initial, Node sequence, Node weights, Node bias);
    }

    private static List<Node> looped(Ops ops, Node initial, Node sequence, Node weights, Node bias) {
        return ops.scan(
                body(), sequence.shape().dim(0), false, List.of(initial), List.of(sequence), List.of(weights, bias));
    }

    private static List<Node> writtenOut(Ops ops, Node initial, Node sequence, Node weights, Node bias) {
        Node state = initial;
        List<Node> outputs = new ArrayList<>();
        for (long t = 0; t < sequence.shape().dim(0); t++) {
            Node slice = ops.reshape(ops.slice(sequence, 0, t, t + 1), Shape.SCALAR);
            state = step(ops, state, slice, weights, bias);
            outputs.add(ops.reshape(ops.square(state), Shape.of(1, 2)));
        }
        return List.of(state, ops.concat(outputs, 0));
    }

    /** A loss of one vector: initial state, sequence, weights, bias. */
    private static Graph loss(long length, Loop loop) {
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Node point = builder.input("point", TensorType.of(DType.FLOAT64, 8 + length));
        List<Node> results = loop.of(
                ops,
                ops.slice(point, 0, 0, 2),
                ops.slice(point, 0, 8, 8 + length),
                ops.reshape(ops.slice(point, 0, 2, 6), Shape.of(2, 2)),
                ops.slice(point, 0, 6, 8));
        Node last = ops.sum(ops.sin(results.get(0)), List.of(0));
        Node all = ops.sum(ops.exp(results.get(1)), List.of(0, 1));
        return builder.build(List.of(ops.add(ops.reshape(last, Shape.SCALAR), ops.reshape(all, Shape.SCALAR))));
    }

    static Stream<UnaryOperator<Graph>> derivatives() {
        return Stream.of(
                UnaryOperator.identity(),
                Derivatives::gradient,
                Derivatives::hessian,
                Derivatives::structuredHessian,
                graph -> Derivatives.jacobian(Derivatives.hessian(graph), org.curvature4j.DerivativeMode.FORWARD),
                graph -> Derivatives.jacobian(Derivatives.gradient(graph), org.curvature4j.DerivativeMode.REVERSE));
    }

    /** To third order, forward over reverse and reverse over reverse, before simplification and after. */
    @ParameterizedTest
    @MethodSource("derivatives")
    void hasTheDerivativesOfItsStepsWrittenOut(UnaryOperator<Graph> derivative) {
        Tensor point = Tensor.of(POINT, new Random(5).doubles(14, -1, 1).toArray());
        double[] expected = values(derivative.apply(loss(6, ScanTest::writtenOut)), point);
        Graph graph = derivative.apply(loss(6, ScanTest::looped));
        assertThat(values(graph, point)).usingComparatorWithPrecision(1e-13).containsExactly(expected);
        assertThat(values(Simplifier.simplify(graph), point))
                .usingComparatorWithPrecision(1e-13)
                .containsExactly(expected);
    }

    private static double[] values(Graph graph, Tensor point) {
        return JavaKernels.evaluate(graph, List.of(point)).get(0).values();
    }

    /** Of a Hessian-vector product: as many nodes and instructions for 1,000 steps as for 10, memory of what is kept. */
    @Test
    void isAsSmallForManyStepsAsForFew() {
        List<TensorProgram> programs = new ArrayList<>();
        for (long length : new long[] {10, 1000}) {
            Graph product = Simplifier.simplify(Derivatives.hessianVectorProduct(loss(length, ScanTest::looped)));
            programs.add(TensorProgram.of(product));
        }
        assertThat(programs.get(1).each()).hasSameSizeAs(programs.get(0).each());
        assertThat(programs.get(1).each()).hasSizeLessThan(60);
        // Sequences, states that are kept, and their tangents and cotangents: some numbers a step, the body's not among
        // them.
        assertThat(programs.get(1).bytes() - programs.get(0).bytes()).isLessThan(990 * 8 * 40);
    }

    @Test
    void dropsStatesAndOutputsThatNobodyReads() {
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Node x = builder.input("x", TensorType.of(DType.FLOAT64, 4));
        GraphBuilder inner = new GraphBuilder();
        Ops steps = new Ops(inner);
        Node a = inner.input("a", TensorType.of(DType.FLOAT64));
        Node b = inner.input("b", TensorType.of(DType.FLOAT64));
        Node slice = inner.input("slice", TensorType.of(DType.FLOAT64));
        Graph body = inner.build(List.of(steps.mul(a, slice), steps.sin(steps.add(b, a)), steps.exp(slice), slice));
        Node zero = ops.scalar(DType.FLOAT64, 1);
        List<Node> results = ops.scan(body, 4, false, List.of(zero, zero), List.of(x), List.of());
        Graph simple = Simplifier.simplify(builder.build(List.of(results.get(0))));
        assertThat(simple.toString())
                .contains("SCAN 4 steps, 1 states, 1 scanned")
                .doesNotContain("SIN", "EXP");
    }

    /** Counters and conditions: whole numbers and booleans come through as they are. */
    @Test
    void carriesStatesOfAnyType() {
        GraphBuilder inner = new GraphBuilder();
        Ops steps = new Ops(inner);
        Node count = inner.input("count", TensorType.of(DType.INT64));
        Node odd = inner.input("odd", TensorType.of(DType.BOOL));
        Node sum = inner.input("sum", TensorType.of(DType.FLOAT64));
        Node slice = inner.input("slice", TensorType.of(DType.FLOAT64));
        Node next = steps.add(count, steps.scalar(DType.INT64, 1));
        Node other = steps.apply(Comparison.EQ, odd, steps.scalar(DType.BOOL, 0));
        Graph body =
                inner.build(List.of(next, other, steps.add(sum, steps.select(odd, slice, steps.neg(slice))), next));
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Node x = builder.input("x", TensorType.of(DType.FLOAT64, 3));
        List<Node> initial =
                List.of(ops.scalar(DType.INT64, 5), ops.scalar(DType.BOOL, 0), ops.scalar(DType.FLOAT64, 0));
        List<Node> results = ops.scan(body, 3, false, initial, List.of(x), List.of());
        assertThat(results.stream().map(Node::type))
                .containsExactly(
                        TensorType.of(DType.INT64),
                        TensorType.of(DType.BOOL),
                        TensorType.of(DType.FLOAT64),
                        TensorType.of(DType.INT64, 3));
        List<Tensor> values = JavaKernels.evaluate(
                builder.build(results), List.of(Tensor.of(TensorType.of(DType.FLOAT64, 3), 1, 10, 100)));
        assertThat(values.stream().map(Tensor::values).map(Arrays::toString))
                .containsExactly("[8.0]", "[1.0]", "[-91.0]", "[6.0, 7.0, 8.0]");
    }

    @Test
    void countsTheKinksOfItsSteps() {
        GraphBuilder inner = new GraphBuilder();
        Ops steps = new Ops(inner);
        Node state = inner.input("state", TensorType.of(DType.FLOAT64));
        Node slice = inner.input("slice", TensorType.of(DType.FLOAT64));
        Node data = inner.input("data", TensorType.of(DType.FLOAT64));
        Node bent = steps.apply(Elementwise.ABS, slice);
        Graph body = inner.build(List.of(steps.add(state, steps.mul(bent, steps.apply(Elementwise.ABS, data)))));
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Node x = builder.input("x", TensorType.of(DType.FLOAT64, 3));
        Node zero = ops.scalar(DType.FLOAT64, 0);
        Graph graph = builder.build(ops.scan(body, 3, false, List.of(zero), List.of(x), List.of(zero)));
        KinkPoints kinks = KinkPoints.of(graph);
        assertThat(kinks.isFlat()).isTrue();
        TensorType type = TensorType.of(DType.FLOAT64, 3);
        Graph indicators = java.util.Objects.requireNonNull(kinks.indicators());
        assertThat(values(indicators, Tensor.of(type, 1, -2, 3))).containsOnly(0);
        assertThat(values(indicators, Tensor.of(type, 1, 0, 3))).containsOnly(1);
    }

    @Test
    void refusesABodyThatDoesNotFit() {
        GraphBuilder inner = new GraphBuilder();
        Node state = inner.input("state", TensorType.of(DType.FLOAT64, 2));
        Graph body = inner.build(List.of(new Ops(inner).sum(state, List.of(0))));
        assertThatThrownBy(() -> new Scan(body, 1, 0, 3, false))
                .hasMessageContainingAll("SCAN", "expected the type of state 0, float64[2]", "got float64[1]");
        assertThatThrownBy(() -> new Scan(body, 0, 0, 0, false)).hasMessageContaining("at least 1 step");
        assertThatThrownBy(() -> new Scan(body, 2, 0, 3, false)).hasMessageContaining("expected a body of at least 2");
    }

    @Test
    void isBoundedInDepth() {
        GraphBuilder builder = new GraphBuilder();
        Node state = builder.input("state", TensorType.of(DType.FLOAT64));
        Graph body = builder.build(List.of(new Ops(builder).sin(state)));
        for (int i = 1; i < Scan.DEEPEST; i++) {
            body = around(new Scan(body, 1, 0, 2, false));
        }
        Graph deepest = body;
        // A sine in the innermost step, a reshaping in each other one.
        assertThat(new Scan(deepest, 1, 0, 2, false).numbers()).isEqualTo((2 << Scan.DEEPEST) - 2);
        assertThatThrownBy(() -> new Scan(around(new Scan(deepest, 1, 0, 2, false)), 1, 0, 2, false))
                .hasMessageContaining("loops inside each other");
    }

    private static Graph around(Scan scan) {
        GraphBuilder builder = new GraphBuilder();
        Node state = builder.input("state", TensorType.of(DType.FLOAT64));
        return builder.build(List.of(new Ops(builder).reshape(builder.apply(scan, state), Shape.SCALAR)));
    }

    @Test
    void withoutStepsItsStatesAreTheFirst() {
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        List<Node> given = IntStream.range(0, 4)
                .mapToObj(i -> builder.input(
                        "x" + i,
                        List.of(
                                        TensorType.of(DType.FLOAT64, 2),
                                        TensorType.of(DType.FLOAT64, 0),
                                        TensorType.of(DType.FLOAT64, 2, 2),
                                        TensorType.of(DType.FLOAT64, 2))
                                .get(i)))
                .toList();
        List<Node> results = looped(ops, given.get(0), given.get(1), given.get(2), given.get(3));
        assertThat(results.get(0)).isSameAs(given.get(0));
        assertThat(results.get(1).type()).isEqualTo(TensorType.of(DType.FLOAT64, 0, 2));
    }
}
