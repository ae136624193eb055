package org.curvature4j.internal.engine.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Offset;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.nd4j.TensorPlan;
import org.curvature4j.op.Ops;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class AddedProductsTest {
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
}
