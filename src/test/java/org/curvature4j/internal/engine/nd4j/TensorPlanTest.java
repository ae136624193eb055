package org.curvature4j.internal.engine.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import org.curvature4j.SmallStack;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.program.TensorProgram;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.internal.transform.Vmap;
import org.curvature4j.op.Ops;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class TensorPlanTest {

    /** f(x, y) = sin(x) y, whose Hessian is [[-sin(x) y, cos(x)], [cos(x), 0]]. */
    private static Graph function() {
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Node point = builder.input("point", TensorType.of(DType.FLOAT64, 2));
        Node x = ops.slice(point, 0, 0, 1);
        Node y = ops.slice(point, 0, 1, 2);
        return builder.build(List.of(ops.reshape(ops.mul(ops.sin(x), y), Shape.SCALAR)));
    }

    @Test
    void computesABatchOfHessiansWithTheBatchLast() {
        double[][] points = {{0.5, 2}, {-1, 3}, {0, -4}};
        try (TensorPlan plan = TensorPlan.of(Vmap.of(Derivatives.hessian(function()), List.of(true), 3))) {
            INDArray hessians =
                    plan.call(List.of(Nd4j.createFromArray(points).transpose())).get(0);
            assertThat(hessians.shape()).containsExactly(2, 2, 3);
            for (int i = 0; i < points.length; i++) {
                double x = points[i][0];
                double y = points[i][1];
                assertThat(hessians.getDouble(0, 0, i)).isCloseTo(-Math.sin(x) * y, within(1e-15));
                assertThat(hessians.getDouble(0, 1, i)).isCloseTo(Math.cos(x), within(1e-15));
                assertThat(hessians.getDouble(1, 0, i)).isCloseTo(Math.cos(x), within(1e-15));
                assertThat(hessians.getDouble(1, 1, i)).isZero();
            }
        }
    }

    @Test
    void computesWhatDependsOnConstantsOnlyOnce() {
        TensorProgram program = TensorProgram.of(Derivatives.hessian(function()));
        assertThat(program.once()).isNotEmpty();
        assertThat(program.each()).isNotEmpty();
    }

    @Test
    void joinsThousandsOfPartsWithALittleStack() throws Exception {
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Node x = builder.input("x", TensorType.of(DType.FLOAT64, 2, 1));
        Graph graph = builder.build(List.of(ops.concat(Collections.nCopies(5000, x), 1)));
        SmallStack.run(() -> {
            try (TensorPlan plan = TensorPlan.shared(graph)) {
                INDArray joined = plan.call(
                                List.of(Nd4j.createFromArray(3.0, -1).reshape(2, 1)))
                        .get(0);
                assertThat(joined.getRow(0).toDoubleVector()).hasSize(5000).containsOnly(3);
                assertThat(joined.getRow(1).toDoubleVector()).hasSize(5000).containsOnly(-1);
            }
        });
    }
}
