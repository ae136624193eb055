package org.curvature4j.internal.engine.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.nd4j.TensorPlan;
import org.curvature4j.op.Ops;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PlacementTest {
    private final GraphBuilder builder = new GraphBuilder();
    private final Ops ops = new Ops(builder);
    private final Node x = builder.input("x", TensorType.of(DType.FLOAT64, 3));
    private final Node y = builder.input("y", TensorType.of(DType.FLOAT64, 2));

    /** The results at x = (1, 2, 3), y = (5, 7), twice by one plan. */
    private static List<double[]> results(Graph graph) {
        try (TensorPlan plan = TensorPlan.of(graph)) {
            List<INDArray> arguments = List.of(Nd4j.createFromArray(1.0, 2, 3), Nd4j.createFromArray(5.0, 7));
            plan.call(arguments);
            return plan.call(arguments).stream()
                    .map(result -> result.reshape(result.length()).toDoubleVector())
                    .toList();
        }
    }

    private static long joins(Graph graph) {
        return TensorProgram.of(graph).each().stream()
                .filter(instruction -> instruction.operation() instanceof Operation.Concat)
                .count();
    }

    @Test
    void computesPartsInTheirPlaceThoughOthersReadThem() {
        Node squares = ops.square(x);
        Node products = ops.mul(y, y);
        Node joined = ops.concat(List.of(squares, products), 0);
        Node sum = ops.sum(squares, List.of(0));
        Graph graph = builder.build(List.of(joined, sum));
        assertThat(joins(graph)).isZero();
        assertThat(TensorProgram.of(graph).each()).hasSize(3);
        assertThat(results(graph).get(0)).containsExactly(1, 4, 9, 25, 49);
        assertThat(results(graph).get(1)).containsExactly(14);
    }

    @Test
    void copiesWhatCantMove() {
        Node squares = ops.square(x);
        // An input, a value twice, and a piece of a larger value.
        Node joined = ops.concat(List.of(y, squares, squares, ops.slice(ops.add(x, x), 0, 1, 2)), 0);
        Graph graph = builder.build(List.of(joined));
        assertThat(joins(graph)).isZero();
        assertThat(results(graph).get(0)).containsExactly(5, 7, 1, 4, 9, 1, 4, 9, 4);
    }

    @Test
    void leavesOutputsAndInputsWhereTheyAre() {
        Node squares = ops.square(x);
        Graph graph = builder.build(List.of(ops.concat(List.of(squares, y), 0), squares));
        assertThat(joins(graph)).isOne();
        assertThat(results(graph)).containsExactly(new double[] {1, 4, 9, 5, 7}, new double[] {1, 4, 9});
    }

    @Test
    void placesJoinsWithinJoins() {
        Node inner = ops.concat(List.of(ops.square(y), ops.add(x, x)), 0);
        Node outer = ops.concat(List.of(ops.square(x), inner), 0);
        Graph graph = builder.build(List.of(ops.mul(outer, 2)));
        assertThat(joins(graph)).isZero();
        assertThat(results(graph).get(0)).containsExactly(2, 8, 18, 50, 98, 4, 8, 12);
    }

    @Test
    void reshapesPartsInTheirPlace() {
        Node column = ops.reshape(ops.square(x), Shape.of(1, 3));
        Node row = ops.reshape(ops.square(y), Shape.of(1, 2));
        Graph graph = builder.build(List.of(ops.concat(List.of(column, row), 1)));
        assertThat(joins(graph)).isZero();
        assertThat(results(graph).get(0)).containsExactly(1, 4, 9, 25, 49);
    }

    @Test
    void joinsAlongALaterAxisByCopying() {
        Node two = ops.einsum("i,j->ij", y, x);
        Node other = ops.einsum("i,j->ij", y, ops.square(x));
        Graph graph = builder.build(List.of(ops.concat(List.of(two, other), 1)));
        assertThat(joins(graph)).isOne();
        assertThat(results(graph).get(0)).containsExactly(5, 10, 15, 5, 20, 45, 7, 14, 21, 7, 28, 63);
    }
}
