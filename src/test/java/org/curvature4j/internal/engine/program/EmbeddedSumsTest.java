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
import org.curvature4j.op.ShapeOp;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class EmbeddedSumsTest {
    private static final int SIZE = 6;

    private final GraphBuilder builder = new GraphBuilder();
    private final Ops ops = new Ops(builder);
    private final Node small = builder.input("small", TensorType.of(DType.FLOAT64, 3, 2, SIZE));
    private final Node large = builder.input("large", TensorType.of(DType.FLOAT64, SIZE, 3, SIZE, 2));

    /** As the derivative rules write a diagonal: [3, 2, 6] into [6, 3, 6, 2]. */
    private Node diagonal(Node x) {
        Node column = ops.reshape(x, Shape.of(3, 2, SIZE, 1));
        Node padded = ops.apply(new ShapeOp.Pad(List.of(0L, 0L, 0L, 0L), Shape.of(3, 2, SIZE, SIZE + 1)), column);
        Node flat = ops.reshape(padded, Shape.of(3, 2, SIZE * (SIZE + 1)));
        Node cut = ops.slice(flat, 2, 0, SIZE * SIZE);
        return ops.permute(ops.reshape(cut, Shape.of(3, 2, SIZE, SIZE)), List.of(2, 0, 3, 1));
    }

    private static List<Operation> operations(Graph graph) {
        return TensorProgram.whole(graph).each().stream()
                .map(Instruction::operation)
                .toList();
    }

    private static void assertAsWithout(Graph graph) {
        List<INDArray> arguments = graph.inputs().stream()
                .map(input -> Nd4j.rand(DataType.DOUBLE, input.shape().toArray()))
                .toList();
        try (TensorPlan embedded = TensorPlan.shared(graph);
                TensorPlan plain = TensorPlan.of(graph)) {
            embedded.call(arguments);
            List<INDArray> results = embedded.call(arguments);
            List<INDArray> expected = plain.call(arguments);
            for (int i = 0; i < results.size(); i++) {
                assertThat(results.get(i).ravel().toDoubleVector())
                        .containsExactly(expected.get(i).ravel().toDoubleVector());
            }
        }
    }

    @Test
    void addsADiagonalToACopy() {
        Graph graph = builder.build(List.of(ops.add(diagonal(small), large)));
        assertThat(operations(graph)).hasSize(2).last().isInstanceOf(Operation.AddInto.class);
        assertAsWithout(graph);
    }

    @Test
    void addsDiagonalsToWhatIsComputedForThem() {
        Node doubled = ops.mul(large, large);
        Node square = ops.mul(small, small);
        Graph graph = builder.build(List.of(ops.add(ops.add(doubled, diagonal(small)), diagonal(square))));
        assertThat(operations(graph).stream()
                        .map(operation -> operation.getClass().getSimpleName()))
                .containsExactlyInAnyOrder("Scalar", "Scalar", "AddInto", "AddInto");
        assertAsWithout(graph);
    }

    @Test
    void keepsWhatOthersRead() {
        Node doubled = ops.mul(large, large);
        Node zeros = diagonal(small);
        assertAsWithout(builder.build(List.of(ops.add(doubled, zeros), ops.mul(zeros, doubled), doubled)));
    }

    @Test
    void addsInTheMiddle() {
        Node part = ops.slice(ops.slice(large, 0, 1, 2), 2, 1, 3);
        Node padded = ops.apply(new ShapeOp.Pad(List.of(3L, 0L, 2L, 0L), Shape.of(SIZE, 3, SIZE, 2)), part);
        Graph graph = builder.build(List.of(ops.add(large, padded)));
        assertThat(operations(graph)).last().isInstanceOf(Operation.AddInto.class);
        assertAsWithout(graph);
    }

    /** The last of the diagonal's elements are cut off here, which no strides tell. */
    @Test
    void leavesAPartOfADiagonal() {
        Node part = ops.slice(diagonal(small), 0, 0, 4);
        Graph graph = builder.build(List.of(ops.add(part, ops.slice(large, 0, 1, 5))));
        assertThat(operations(graph)).noneMatch(Operation.AddInto.class::isInstance);
        assertAsWithout(graph);
    }
}
