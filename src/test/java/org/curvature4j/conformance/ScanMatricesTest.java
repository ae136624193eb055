package org.curvature4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.EngineRunner;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.backend.Engine;
import org.curvature4j.internal.engine.loops.LoopPlan;
import org.curvature4j.internal.engine.loops.LoopRecorder;
import org.curvature4j.internal.engine.program.Operation;
import org.curvature4j.internal.engine.program.TensorProgram;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.op.LinearAlgebra;
import org.curvature4j.op.MatrixRoutine;
import org.curvature4j.op.Ops;
import org.curvature4j.op.Scan;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Decompositions in the steps of loops: of matrices so large that LAPACK has them, and of small ones that are unrolled. */
class ScanMatricesTest {
    private static final int STEPS = 3;

    @BeforeAll
    static void startNd4j() {
        Backend.get();
    }

    private static Node literal(Ops ops, Random random, long... dims) {
        TensorType type = TensorType.of(DType.FLOAT64, dims);
        return ops.builder().literal(type, random.doubles(type.size(), -1, 1).toArray());
    }

    /** The next state, solved for with a matrix that the state makes, and of that the determinant and eigenvalues. */
    private static List<Node> step(Ops ops, Node state, Node slice) {
        long n = state.type().size();
        double[] diagonal = LongStream.range(0, n).mapToDouble(i -> 2 + 0.5 * i).toArray();
        Node a = ops.mul(ops.sin(ops.einsum("i,j->ij", state, slice)), 0.2);
        Node apart = ops.builder().literal(TensorType.of(DType.FLOAT64, 1, n), diagonal);
        Node regular = LinearAlgebra.addToDiagonal(ops, a, apart);
        Node next = LinearAlgebra.solve(ops, regular, ops.reshape(slice, Shape.of(n, 1)));
        Node output = ops.add(
                LinearAlgebra.logDeterminant(ops, regular),
                ops.sum(ops.sin(LinearAlgebra.eigenvalues(ops, regular)), List.of(0)));
        return List.of(ops.add(ops.sin(state), ops.reshape(next, state.shape())), ops.reshape(output, Shape.SCALAR));
    }

    private static List<Node> looped(Ops ops, Node state, Node sequence) {
        GraphBuilder builder = new GraphBuilder();
        Node first = builder.input("state", state.type());
        Node slice = builder.input("slice", state.type());
        Graph body = builder.build(step(new Ops(builder), first, slice));
        return ops.scan(body, STEPS, false, List.of(state), List.of(sequence), List.of());
    }

    private static List<Node> writtenOut(Ops ops, Node state, Node sequence) {
        Node last = state;
        List<Node> outputs = new ArrayList<>();
        for (int t = 0; t < STEPS; t++) {
            List<Node> results = step(ops, last, ops.reshape(ops.slice(sequence, 0, t, t + 1), state.shape()));
            last = results.get(0);
            outputs.add(ops.reshape(results.get(1), Shape.of(1)));
        }
        return List.of(last, ops.concat(outputs, 0));
    }

    private interface Loop {
        List<Node> of(Ops ops, Node state, Node sequence);
    }

    /** A function of two numbers, which the first state is made of. */
    private static Graph function(long rows, Loop loop) {
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Random random = new Random(rows);
        Node point = builder.input("point", TensorType.of(DType.FLOAT64, 2));
        Node state = ops.einsum("k,ki->i", point, literal(ops, random, 2, rows));
        List<Node> results = loop.of(ops, state, literal(ops, random, STEPS, rows));
        Node sum = ops.add(ops.sum(ops.square(results.get(0)), List.of(0)), ops.sum(results.get(1), List.of(0)));
        return builder.build(List.of(ops.reshape(sum, Shape.SCALAR)));
    }

    private static double[] evaluate(Engine engine, Graph graph, double[] points) {
        return EngineRunner.evaluate(engine, graph, points).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"LOOPS, 3", "PLAN, 3", "LOOPS, 12", "PLAN, 12"})
    void haveTheDerivativesOfTheirStepsWrittenOut(Engine engine, long rows) {
        double[] points = new Random(8).doubles(10, -1, 1).toArray();
        for (UnaryOperator<Graph> derivative :
                List.<UnaryOperator<Graph>>of(UnaryOperator.identity(), Derivatives::gradient, Derivatives::hessian)) {
            double[] expected =
                    evaluate(Engine.PLAN, derivative.apply(function(rows, ScanMatricesTest::writtenOut)), points);
            Graph graph = derivative.apply(function(rows, ScanMatricesTest::looped));
            assertThat(graph.nodes()).anyMatch(node -> node.op() instanceof Scan);
            double scale = DoubleStream.of(expected).map(Math::abs).max().orElseThrow();
            assertThat(evaluate(engine, graph, points)).containsExactly(expected, within(1e-11 * (1 + scale)));
        }
    }

    private interface OfMatrix {
        Node of(Ops ops, Node a);
    }

    /** A loop without states over matrices. */
    private static Graph over(long rows, OfMatrix function) {
        GraphBuilder inner = new GraphBuilder();
        Node slice = inner.input("slice", TensorType.of(DType.FLOAT64, rows, rows));
        Graph body = inner.build(List.of(function.of(new Ops(inner), slice)));
        GraphBuilder builder = new GraphBuilder();
        Node matrices = builder.input("matrices", TensorType.of(DType.FLOAT64, STEPS, rows, rows));
        return builder.build(new Ops(builder).scan(body, STEPS, false, List.of(), List.of(matrices), List.of()));
    }

    /** What routines work in is memory of the loop, which a sine of as many numbers does without. */
    @ParameterizedTest
    @ValueSource(longs = {12, 50})
    void count(long rows) {
        Graph decomposed = over(rows, LinearAlgebra::cholesky);
        Graph elementwise = over(rows, Ops::sin);
        TensorProgram loops = TensorProgram.of(decomposed, new LoopRecorder());
        assertThat(loops.bodies().get(0).program().each())
                .extracting(instruction -> instruction.operation())
                .containsExactly(new Operation.Matrices(MatrixRoutine.CHOLESKY));
        long both = 2 * rows * rows * Double.BYTES;
        assertThat(LoopPlan.bytes(loops) - LoopPlan.bytes(TensorProgram.of(elementwise, new LoopRecorder())))
                .isBetween(both, 5 * both);
        assertThat(TensorProgram.of(decomposed).bytes()
                        - TensorProgram.of(elementwise).bytes())
                .isBetween(both, 5 * both);
    }

    /** What decides whether a loop is written out where there is no LAPACK. */
    @ParameterizedTest
    @EnumSource(names = {"CHOLESKY", "LU", "QR", "EIGEN", "SINGULAR"})
    void countTheOperationsThatTakeTheirPlace(MatrixRoutine routine) {
        for (long rows : new long[] {2, 4}) {
            Graph graph = over(rows, (ops, a) -> decomposed(ops, routine, a));
            TensorProgram program = TensorProgram.of(graph, new LoopRecorder());
            double counted =
                    STEPS * (double) program.bodies().get(0).program().each().size();
            Scan scan = graph.nodes().stream()
                    .filter(node -> node.op() instanceof Scan)
                    .map(node -> (Scan) node.op())
                    .findFirst()
                    .orElseThrow();
            assertThat(scan.applications()).isBetween(counted / 4, counted * 4);
        }
    }

    private static Node decomposed(Ops ops, MatrixRoutine routine, Node a) {
        return switch (routine) {
            case CHOLESKY -> LinearAlgebra.cholesky(ops, a);
            case LU -> LinearAlgebra.inverse(ops, a);
            case QR -> LinearAlgebra.qr(ops, a).r();
            case EIGEN -> LinearAlgebra.eigenvalues(ops, a);
            default -> LinearAlgebra.singularValues(ops, a);
        };
    }
}
