package org.curvature4j.internal.engine.gpu.tiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.loops.LoopRunner;
import org.curvature4j.internal.gpu.GpuForTests;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.CumulativeSum;
import org.curvature4j.op.Extremum;
import org.curvature4j.op.IndexCheck;
import org.curvature4j.op.Indexing;
import org.curvature4j.op.Indices;
import org.curvature4j.op.JavaKernels.Tensor;
import org.curvature4j.op.Ops;
import org.curvature4j.op.ShapeOp;
import org.curvature4j.op.Sum;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds kernels over arrays, interpreted, to loops over Java arrays. */
@Tag("gpu")
class DeviceTargetTest {
    private static final Random RANDOM = new Random(3);

    static Stream<Shape> shapes() {
        return Stream.of(
                Shape.SCALAR,
                Shape.of(0),
                Shape.of(1),
                Shape.of(700),
                Shape.of(3, 1),
                Shape.of(1, 5),
                Shape.of(3, 0),
                Shape.of(33, 65),
                Shape.of(2, 1, 9),
                Shape.of(4, 3, 2, 5),
                Shape.of(2, 3, 1, 4, 2));
    }

    private static Tensor tensor(Shape shape) {
        return Tensor.of(
                new TensorType(DType.FLOAT64, shape),
                RANDOM.doubles(shape.size(), -2, 2).toArray());
    }

    private static Graph graph(List<Shape> shapes, BiFunction<Ops, List<Node>, Node> function) {
        GraphBuilder builder = new GraphBuilder();
        List<Node> inputs = new ArrayList<>();
        for (Shape shape : shapes) {
            inputs.add(builder.input("x" + inputs.size(), new TensorType(DType.FLOAT64, shape)));
        }
        return builder.build(List.of(function.apply(new Ops(builder), inputs)));
    }

    private static void assertSameBits(List<Shape> shapes, BiFunction<Ops, List<Node>, Node> function) {
        check(shapes, function, 0);
    }

    /** @param tolerance in units of the largest number */
    private static void check(List<Shape> shapes, BiFunction<Ops, List<Node>, Node> function, double tolerance) {
        Graph graph = graph(shapes, function);
        List<Tensor> arguments = shapes.stream().map(DeviceTargetTest::tensor).toList();
        double[] expected = LoopRunner.evaluate(graph, arguments).values();
        try (GpuForTests gpu = GpuForTests.interpreted()) {
            double[] actual =
                    TileRunner.evaluate(gpu.device(), graph, arguments).values();
            double most = Arrays.stream(expected).map(Math::abs).max().orElse(0);
            for (int i = 0; i < expected.length; i++) {
                if (tolerance == 0) {
                    assertThat(actual[i]).as("%s, element %d", shapes, i).isEqualTo(expected[i]);
                } else {
                    assertThat(Math.abs(actual[i] - expected[i]))
                            .as("%s, element %d", shapes, i)
                            .isLessThanOrEqualTo(tolerance * most);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void sumsOverEachAxisAndAll(Shape shape) {
        for (int axis = 0; axis < shape.rank(); axis++) {
            List<Integer> axes = List.of(axis);
            // Beyond 128 terms sums are taken in pieces.
            double tolerance = shape.dim(axis) > 128 ? 1e-13 : 0;
            check(List.of(shape), (ops, x) -> ops.apply(new Sum(axes), x.get(0)), tolerance);
        }
        List<Integer> all = IntStream.range(0, shape.rank()).boxed().toList();
        if (!all.isEmpty()) {
            check(List.of(shape), (ops, x) -> ops.apply(new Sum(all), x.get(0)), shape.size() > 128 ? 1e-13 : 0);
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void movesElements(Shape shape) {
        int rank = shape.rank();
        List<Integer> reversed =
                IntStream.range(0, rank).map(axis -> rank - 1 - axis).boxed().toList();
        assertSameBits(List.of(shape), (ops, x) -> ops.permute(x.get(0), reversed));
        Shape larger =
                Shape.of(LongStream.of(shape.toArray()).map(size -> size + 3).toArray());
        List<Long> places = IntStream.range(0, rank).mapToObj(axis -> axis % 3L).toList();
        assertSameBits(List.of(shape), (ops, x) -> ops.apply(new ShapeOp.Pad(places, larger), x.get(0)));
        assertSameBits(List.of(larger), (ops, x) -> ops.slice(x.get(0), places, shape));
        assertSameBits(List.of(Shape.ones(rank)), (ops, x) -> ops.broadcast(x.get(0), shape));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void walksAlongEachAxis(Shape shape) {
        for (int axis = 0; axis < shape.rank(); axis++) {
            int along = axis;
            Shape other = shape.with(axis, 2);
            assertSameBits(
                    List.of(shape, other, shape), (ops, x) -> ops.concat(List.of(x.get(0), x.get(1), x.get(2)), along));
            for (boolean exclusive : new boolean[] {false, true}) {
                CumulativeSum forward = new CumulativeSum(axis, exclusive, false);
                CumulativeSum backward = new CumulativeSum(axis, exclusive, true);
                if (shape.dim(axis) > 0) {
                    assertSameBits(List.of(shape), (ops, x) -> ops.apply(forward, x.get(0)));
                    assertSameBits(List.of(shape), (ops, x) -> ops.apply(backward, x.get(0)));
                }
            }
            if (shape.dim(axis) > 0) {
                assertSameBits(List.of(shape), (ops, x) -> ops.max(x.get(0), List.of(along)));
                assertSameBits(
                        List.of(shape),
                        (ops, x) -> ops.cast(ops.apply(new Extremum.Position(along), x.get(0)), DType.FLOAT64));
                int size = Math.toIntExact(shape.dim(axis));
                Indices indices = Indices.of(0, size - 1, size / 2, 0, 0);
                assertSameBits(List.of(shape), (ops, x) -> ops.gather(x.get(0), along, indices));
                assertSameBits(
                        List.of(shape.with(axis, 5)),
                        (ops, x) -> ops.apply(new Indexing.ScatterAdd(along, indices, size + 1), x.get(0)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void broadcasts(Shape shape) {
        int rank = shape.rank();
        for (int axis = 0; axis < rank; axis++) {
            assertSameBits(List.of(shape, shape.with(axis, 1)), (ops, x) -> ops.mul(x.get(0), x.get(1)));
            assertSameBits(
                    List.of(Shape.ones(rank).with(axis, 4), Shape.ones(rank)), (ops, x) -> ops.sub(x.get(1), x.get(0)));
        }
        assertSameBits(List.of(shape, Shape.SCALAR), (ops, x) -> ops.div(x.get(1), x.get(0)));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void joinsElementwiseOperations(Shape shape) {
        List<Integer> reversed = IntStream.range(0, shape.rank())
                .map(axis -> shape.rank() - 1 - axis)
                .boxed()
                .toList();
        BiFunction<Ops, List<Node>, Node> function = (ops, x) -> {
            Node turned = ops.permute(x.get(0), reversed);
            Node sum = ops.add(ops.permute(turned, reversed), ops.mul(x.get(1), 3));
            Node flat = ops.reshape(ops.square(sum), Shape.of(shape.size()));
            Node chosen = ops.select(ops.apply(Comparison.LT, flat, ops.like(flat, 1)), flat, ops.neg(flat));
            return ops.mul(chosen, chosen);
        };
        assertSameBits(List.of(shape, shape), function);
        Graph graph = graph(List.of(shape, shape), function);
        assertThat(TileRunner.launches(graph)).isLessThan(4);
    }

    static Stream<Arguments> products() {
        List<String> formulas = List.of(
                "ij,jk->ik",
                "ji,jk->ik",
                "ij,kj->ik",
                "ji,kj->ik",
                "ij,j->i",
                "i,ij->j",
                "i,i->",
                "i,j->ij",
                "sij,sjk->sik",
                "sji,sjk->sik",
                "sij,skj->sik",
                "sij,jk->sik",
                "ijb,jkb->ikb",
                "jib,jkb->ikb",
                "ijb,ikb->kjb",
                "stjb,sjkb->sktb",
                "stjlb,sjklb->sktb",
                "jb,jb->b",
                "sb,tb->stb");
        return formulas.stream().flatMap(formula -> Stream.of(5, 17, 40).map(size -> Arguments.of(formula, size)));
    }

    /** In the order of loops over Java arrays where the batch is last, in another where these leave it to BLAS. */
    @ParameterizedTest
    @MethodSource("products")
    void contracts(String formula, int size) {
        String[] parts = formula.split(",|->", -1);
        boolean same = parts[0].endsWith("b") && parts[1].endsWith("b");
        List<Shape> shapes = Stream.of(parts[0], parts[1])
                .map(labels -> Shape.of(labels.chars()
                        .mapToLong(label -> label == 's' ? 3 : label == 'b' ? 8 : size + label % 3)
                        .toArray()))
                .toList();
        check(shapes, (ops, x) -> ops.einsum(formula, x.get(0), x.get(1)), same ? 0 : 1e-13);
    }

    @Test
    void computesOneTriangleOfASymmetricContraction() {
        List<Shape> shapes = List.of(Shape.of(11, 6, 8), Shape.of(1, 6, 8));
        BiFunction<Ops, List<Node>, Node> function =
                (ops, x) -> ops.einsum("ijb,kjb->ikb", x.get(0), ops.mul(x.get(0), x.get(1)));
        check(shapes, function, 0);
    }

    @Test
    void addsLongSumsOfProductsInPiecesAndOrder() {
        List<Shape> shapes = List.of(Shape.of(5, 1300), Shape.of(1300, 3));
        check(shapes, (ops, x) -> ops.einsum("ij,jk->ik", x.get(0), x.get(1)), 1e-13);
        Tensor a = tensor(Shape.of(2, 1300));
        Tensor b = tensor(Shape.of(1300, 70));
        double[] all = product(a, b);
        double[] first = product(a, columns(b, 9));
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 9; j++) {
                assertThat(first[i * 9 + j]).isEqualTo(all[i * 70 + j]).isEqualTo(inPieces(a, b, i, j));
            }
        }
    }

    private static Tensor columns(Tensor x, int count) {
        int rows = Math.toIntExact(x.type().shape().dim(0));
        int columns = Math.toIntExact(x.type().shape().dim(1));
        double[] values = new double[rows * count];
        for (int i = 0; i < values.length; i++) {
            values[i] = x.values()[i / count * columns + i % count];
        }
        return Tensor.of(new TensorType(DType.FLOAT64, Shape.of(rows, count)), values);
    }

    private static double[] product(Tensor a, Tensor b) {
        Graph graph = graph(
                List.of(a.type().shape(), b.type().shape()), (ops, x) -> ops.einsum("ij,jk->ik", x.get(0), x.get(1)));
        try (GpuForTests gpu = GpuForTests.interpreted()) {
            return TileRunner.evaluate(gpu.device(), graph, List.of(a, b)).values();
        }
    }

    private static double inPieces(Tensor a, Tensor b, int i, int j) {
        int terms = Math.toIntExact(b.type().shape().dim(0));
        int columns = Math.toIntExact(b.type().shape().dim(1));
        double total = -0.0;
        for (int from = 0; from < terms; from += ProductText.PIECE) {
            double sum = 0;
            for (int k = from; k < Math.min(terms, from + ProductText.PIECE); k++) {
                sum = Math.fma(a.values()[i * terms + k], b.values()[k * columns + j], sum);
            }
            total += sum;
        }
        return total;
    }

    @Test
    void keepsNaNAndTheSignOfZeroInTheLargest() {
        Tensor x = Tensor.of(
                new TensorType(DType.FLOAT64, Shape.of(3, 2)), new double[] {-0.0, 1, 0.0, Double.NaN, -0.0, 2});
        Graph graph = graph(List.of(Shape.of(3, 2)), (ops, node) -> ops.max(node.get(0), List.of(0)));
        try (GpuForTests gpu = GpuForTests.interpreted()) {
            assertThat(TileRunner.evaluate(gpu.device(), graph, List.of(x)).values())
                    .containsExactly(0.0, Double.NaN);
        }
    }

    @Test
    void tellsOfTheFirstIndexThatIsNone() {
        GraphBuilder builder = new GraphBuilder();
        Node x = builder.input("x", TensorType.of(DType.FLOAT64, 4));
        IndexCheck check = new IndexCheck("gather", 3, IndexCheck.Negative.FROM_THE_END);
        Graph graph = builder.build(List.of(new Ops(builder).apply(check, x)));
        try (GpuForTests gpu = GpuForTests.interpreted()) {
            Tensor good = Tensor.of(TensorType.of(DType.FLOAT64, 4), new double[] {0, 2, -1, -3});
            assertThat(TileRunner.evaluate(gpu.device(), graph, List.of(good)).values())
                    .containsExactly(0, 2, 2, 0);
            Tensor bad = Tensor.of(TensorType.of(DType.FLOAT64, 4), new double[] {0, 3, -1, 7});
            assertThatThrownBy(() -> TileRunner.evaluate(gpu.device(), graph, List.of(bad)))
                    .hasMessage("gather: expected an index from -3 to 2, got 3 (the axis has 3)");
        }
    }
}
