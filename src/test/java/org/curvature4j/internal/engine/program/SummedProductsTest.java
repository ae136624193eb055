package org.curvature4j.internal.engine.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.nd4j.TensorPlan;
import org.curvature4j.op.Ops;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SummedProductsTest {
    private final GraphBuilder builder = new GraphBuilder();
    private final Ops ops = new Ops(builder);
    private final Node a = builder.input("a", TensorType.of(DType.FLOAT64, 2, 3));
    private final Node b = builder.input("b", TensorType.of(DType.FLOAT64, 3, 2));
    private final Node c = builder.input("c", TensorType.of(DType.FLOAT64, 2, 2));
    private final Node ab = ops.einsum("ik,kj->ij", a, b);
    private final Node cc = ops.einsum("ki,kj->ij", c, c);

    /** The results where ab is (22 28; 49 64) and c'c is (1000 1400; 1400 2000), of the second call. */
    private static List<double[]> results(Graph graph) {
        List<INDArray> arguments = List.of(
                Nd4j.createFromArray(1.0, 2, 3, 4, 5, 6).reshape(2, 3),
                Nd4j.createFromArray(1.0, 2, 3, 4, 5, 6).reshape(3, 2),
                Nd4j.createFromArray(10.0, 20, 30, 40).reshape(2, 2));
        try (TensorPlan plan = TensorPlan.shared(graph)) {
            plan.call(arguments);
            return plan.call(arguments).stream()
                    .map(result -> result.reshape(result.length()).toDoubleVector())
                    .toList();
        }
    }

    private static int steps(Graph graph) {
        return TensorProgram.whole(graph).each().size();
    }

    @Test
    void addsOneProductToTheOther() {
        Graph graph = builder.build(List.of(ops.add(ab, cc)));
        assertThat(steps(graph)).isOne();
        assertThat(results(graph).get(0)).containsExactly(1022, 1428, 1449, 2064);
    }

    @Test
    void leavesProductsThatOthersRead() {
        Graph read = builder.build(List.of(ops.add(ab, cc), ops.mul(ab, ab)));
        assertThat(steps(read)).isEqualTo(4);
        assertThat(results(read).get(0)).containsExactly(1022, 1428, 1449, 2064);
        assertThat(results(read).get(1)).containsExactly(484, 784, 2401, 4096);
    }

    @Test
    void leavesProductsThatAreResults() {
        Graph graph = builder.build(List.of(ops.add(ab, cc), cc));
        assertThat(steps(graph)).isEqualTo(3);
        assertThat(results(graph))
                .containsExactly(new double[] {1022, 1428, 1449, 2064}, new double[] {1000, 1400, 1400, 2000});
    }

    @Test
    void leavesAProductAddedToItself() {
        Graph graph = builder.build(List.of(ops.add(ab, ab)));
        assertThat(steps(graph)).isEqualTo(2);
        assertThat(results(graph).get(0)).containsExactly(44, 56, 98, 128);
    }

    @Test
    void leavesAProductThatIsRepeated() {
        Node row = ops.einsum("ik,jk->ij", ops.mul(ops.slice(c, 0, 0, 1), 2), b);
        Node other = ops.einsum("ik,kj->ij", b, a);
        Graph graph = builder.build(List.of(ops.add(other, row)));
        assertThat(steps(graph)).isEqualTo(4);
        assertThat(results(graph).get(0)).containsExactly(109, 232, 355, 119, 246, 373, 129, 260, 391);
    }

    @Test
    void addsLargeProductsBlockByBlock() {
        Node x = builder.input("x", TensorType.of(DType.FLOAT64, 161, 203));
        Node y = builder.input("y", TensorType.of(DType.FLOAT64, 203, 161));
        Graph graph = builder.build(List.of(ops.add(ops.einsum("ik,kj->ij", y, x), ops.einsum("ki,jk->ij", x, y))));
        List<INDArray> arguments = List.of(
                Nd4j.createUninitialized(DataType.DOUBLE, 2, 3).assign(0),
                Nd4j.createUninitialized(DataType.DOUBLE, 3, 2).assign(0),
                Nd4j.createUninitialized(DataType.DOUBLE, 2, 2).assign(0),
                Nd4j.rand(DataType.DOUBLE, 161, 203),
                Nd4j.rand(DataType.DOUBLE, 203, 161));
        assertThat(steps(graph)).isOne();
        try (TensorPlan joined = TensorPlan.shared(graph);
                TensorPlan plain = TensorPlan.of(graph)) {
            double[] expected = plain.call(arguments).get(0).ravel().toDoubleVector();
            double[] result = joined.call(arguments).get(0).ravel().toDoubleVector();
            assertThat(result).hasSize(203 * 203).containsExactly(expected, Offset.offset(1e-11));
        }
    }

    @Test
    void multipliesByNumbersWhileItAdds() {
        Graph graph = builder.build(List.of(ops.add(ops.mul(ops.mul(ab, 4), 0.25), ops.mul(cc, -0.5))));
        assertThat(steps(graph)).isOne();
        assertThat(results(graph).get(0)).containsExactly(-478, -672, -651, -936);
    }

    @Test
    void leavesNumbersWhoseProductIsTooSmallOrTooLarge() {
        Graph graph = builder.build(List.of(ops.mul(ops.mul(ab, 1e-200), 1e-200), ops.mul(ops.mul(cc, 1e200), 1e200)));
        assertThat(steps(graph)).isEqualTo(4);
        assertThat(results(graph).get(0)).containsOnly(0);
        assertThat(results(graph).get(1)).containsOnly(Double.POSITIVE_INFINITY);
    }

    @Test
    void findsTheFactorThatIsAMultipleOfTheOther() {
        Node half = ops.mul(c, 0.5);
        Graph graph = builder.build(List.of(ops.einsum("ki,kj->ij", half, c), ops.einsum("ik,jk->ij", c, half)));
        assertThat(steps(graph)).isEqualTo(2);
        assertThat(results(graph))
                .containsExactly(new double[] {500, 700, 700, 1000}, new double[] {250, 550, 550, 1250});
    }

    /** One half of X'DX is the other's: rows scaled, or a number times them, or the order of factors changed. */
    @Test
    void computesHalfOfASymmetricProduct() {
        Node x = builder.input("x", TensorType.of(DType.FLOAT64, 40, 15, 20));
        Node weights = builder.input("weights", TensorType.of(DType.FLOAT64, 40, 1, 1));
        Node columns = builder.input("columns", TensorType.of(DType.FLOAT64, 1, 15, 1));
        Node first = ops.mul(ops.mul(weights, x), columns);
        Node second = ops.mul(ops.mul(columns, 3), x);
        Node flat = ops.einsum("ki,kj->ij", flat(first), flat(second));
        Node other = ops.einsum("ki,kj->ij", flat(ops.mul(columns, x)), flat(x));
        Graph graph = builder.build(List.of(flat, other));
        List<Instruction> each = TensorProgram.whole(graph).each();
        assertThat(each.stream()
                        .map(Instruction::operation)
                        .filter(Operation.SummedProducts.class::isInstance)
                        .map(operation -> ((Operation.SummedProducts) operation)
                                .terms()
                                .get(0)
                                .symmetric()))
                .containsExactly(true, false);
        List<INDArray> arguments = graph.inputs().stream()
                .map(input -> Nd4j.rand(DataType.DOUBLE, input.shape().toArray()))
                .toList();
        try (TensorPlan joined = TensorPlan.shared(graph);
                TensorPlan plain = TensorPlan.of(graph)) {
            INDArray result = joined.call(arguments).get(0);
            assertThat(result.ravel().toDoubleVector())
                    .hasSize(300 * 300)
                    .containsExactly(plain.call(arguments).get(0).ravel().toDoubleVector(), Offset.offset(1e-11))
                    .containsExactly(result.permute(1, 0).dup('c').ravel().toDoubleVector(), Offset.offset(1e-13));
        }
    }

    /** A third would keep its factors too until the sum. */
    @Test
    void addsTwoProductsAtATime() {
        Node third = ops.einsum("ik,kj->ij", c, c);
        Graph graph = builder.build(List.of(ops.add(ops.add(ab, cc), third)));
        assertThat(steps(graph)).isEqualTo(3);
        assertThat(results(graph).get(0)).containsExactly(1722, 2428, 2949, 4264);
    }

    @Test
    void multipliesNumbersThatWereMadeMatrices() {
        Recorder recorder = new Recorder();
        Slot number = recorder.emit(TensorType.of(DType.FLOAT64), List.of(), new Operation.Named("number"));
        Slot matrix = number.inside(Shape.of(1, 1), 0);
        Slot product = (Slot) recorder.matmul(matrix, matrix, true, false);
        assertThat(SummedProducts.of(recorder.instructions(), Set.of(product))).hasSize(2);
    }

    private Node flat(Node x) {
        return ops.reshape(x, Shape.of(40, 300));
    }
}
