package org.curvature4j.internal.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.JavaKernels;
import org.curvature4j.op.JavaKernels.Tensor;
import org.curvature4j.op.Ops;
import org.curvature4j.op.ShapeOp;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random expressions, rich in what rules look for, before and after: equal to the bit for NaN, infinities and -0.0.
 * Without sums and contractions, which leave rounding open, and without structural zeros.
 */
class SimplifierFuzzTest {
    private static final double[] NUMBERS = {
        1, -1, 0.0, -0.0, 2, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0.1, Double.MAX_VALUE
    };
    private static final List<Elementwise> BINARY = List.of(
            Elementwise.ADD, Elementwise.SUB, Elementwise.MUL, Elementwise.DIV, Elementwise.ADD, Elementwise.MUL);

    static Stream<Integer> seeds() {
        return IntStream.range(0, 400).boxed();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void computesTheSameBits(int seed) {
        Random random = new Random(seed);
        Graph before = graph(random);
        Graph after = Simplifier.simplify(before);
        assertThat(Simplifier.simplify(after)).as("idempotence").hasToString(after.toString());
        assertThat(after.nodes().size()).isLessThanOrEqualTo(before.nodes().size() + 1);
        for (int row = 0; row < 5; row++) {
            List<Tensor> arguments = before.inputs().stream()
                    .map(input -> sample(random, input.type()))
                    .toList();
            double[] expected = JavaKernels.evaluate(before, arguments).get(0).values();
            double[] actual = JavaKernels.evaluate(after, arguments).get(0).values();
            for (int i = 0; i < expected.length; i++) {
                assertThat(Double.toString(actual[i]))
                        .as("element %s of\n%s\nsimplified to\n%s", i, before, after)
                        .isEqualTo(Double.toString(expected[i]));
            }
        }
    }

    private static Tensor sample(Random random, TensorType type) {
        double[] values = new double[Math.toIntExact(type.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextBoolean() ? random.nextGaussian() : NUMBERS[random.nextInt(NUMBERS.length)];
        }
        return Tensor.of(type, values);
    }

    private static Graph graph(Random random) {
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        List<Node> nodes = new ArrayList<>();
        nodes.add(builder.input("x", TensorType.of(DType.FLOAT64, 2, 3)));
        nodes.add(builder.input("y", TensorType.of(DType.FLOAT64, 2, 3)));
        nodes.add(builder.input("row", TensorType.of(DType.FLOAT64, 1, 3)));
        nodes.add(builder.input("scalar", TensorType.of(DType.FLOAT64)));
        int size = random.nextInt(4, 14);
        while (nodes.size() < size) {
            // Mostly the latest, so that patterns grow on top of each other.
            Node a = nodes.get(Math.max(0, nodes.size() - 1 - random.nextInt(4)));
            Node b = nodes.get(random.nextInt(nodes.size()));
            nodes.add(step(ops, random, a, b));
        }
        return builder.build(List.of(nodes.get(nodes.size() - 1)));
    }

    private static Node step(Ops ops, Random random, Node a, Node b) {
        Node number = number(ops, random, random.nextBoolean() ? a.shape() : Shape.SCALAR);
        return switch (random.nextInt(10)) {
            case 0, 1 -> ops.neg(a);
            case 2, 3 -> ops.apply(BINARY.get(random.nextInt(BINARY.size())), a, b);
            case 4, 5 -> ops.apply(BINARY.get(random.nextInt(BINARY.size())), a, number);
            case 6 -> ops.apply(BINARY.get(random.nextInt(BINARY.size())), number, a);
            case 7 -> select(ops, random, a, b);
            case 8 -> layout(ops, random, a);
            default -> ops.broadcast(a, a.shape().rank() == 2 ? Shape.of(2, 3) : Shape.of(1, 3));
        };
    }

    private static Node number(Ops ops, Random random, Shape shape) {
        double value = NUMBERS[random.nextInt(NUMBERS.length)];
        return ops.builder().literal(new TensorType(DType.FLOAT64, shape), value);
    }

    private static Node select(Ops ops, Random random, Node a, Node b) {
        Node condition =
                random.nextBoolean() ? ops.apply(Comparison.LT, a, b) : ops.scalar(DType.BOOL, random.nextInt(2));
        return ops.select(condition, a, random.nextBoolean() ? a : b);
    }

    /** Something that moves elements and leaves a matrix a matrix. */
    private static Node layout(Ops ops, Random random, Node a) {
        if (a.shape().rank() == 0) {
            return ops.reshape(a, Shape.of(1, 1));
        }
        List<Integer> swap = List.of(1, 0);
        Shape turned = Shape.of(a.shape().dim(1), a.shape().dim(0));
        return switch (random.nextInt(5)) {
            case 0 -> ops.permute(ops.permute(a, swap), swap);
            case 1 -> ops.permute(ops.reshape(a, turned), swap);
            case 2 -> ops.reshape(ops.neg(ops.reshape(a, Shape.of(a.type().size()))), a.shape());
            case 3 ->
                ops.slice(ops.concat(List.of(a, ops.neg(a)), 0), 0, 0, a.shape().dim(0));
            default ->
                ops.slice(
                        ops.apply(
                                new ShapeOp.Pad(
                                        List.of(1L, 0L),
                                        a.shape().with(0, a.shape().dim(0) + 2)),
                                a),
                        0,
                        1,
                        1 + a.shape().dim(0));
        };
    }
}
