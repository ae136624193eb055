package org.curvature4j.internal.engine.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.internal.transform.Flatten;
import org.curvature4j.internal.transform.Vjp;
import org.curvature4j.internal.transform.Vmap;
import org.curvature4j.op.Ops;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSource;
import org.junit.jupiter.api.Test;

class ProductFunctionTest {
    private static final double[] POINT = {0.3, -1.2, 0.8};

    /** (x, y, z) -> (sin(x) y z, x + y^2), so m = 2 and n = 3. */
    private static Graph function(boolean scalar) {
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Node point = builder.input("point", TensorType.of(DType.FLOAT64, 3));
        Node x = ops.slice(point, 0, 0, 1);
        Node y = ops.slice(point, 0, 1, 2);
        Node z = ops.slice(point, 0, 2, 3);
        Node first = ops.mul(ops.mul(ops.sin(x), y), z);
        Node second = ops.add(x, ops.square(y));
        return builder.build(List.of(scalar ? first : ops.concat(List.of(first, second), 0)));
    }

    private static double[] matrix(Graph product, int rows, boolean byColumns, boolean symmetric) {
        Graph reordered = Flatten.inputFirst(product, 1);
        double[] result = new double[rows * 3];
        try (ProductFunction function = new ProductFunction(
                batch -> Vmap.of(reordered, List.of(true, false), batch),
                new TensorType(DType.FLOAT64, Shape.of(3)),
                List.of(),
                rows,
                3,
                byColumns,
                symmetric,
                "function")) {
            function.evaluate(
                    source(),
                    (first, count, values) -> System.arraycopy(values, 0, result, 0, rows * 3),
                    Progress.NONE);
        }
        return result;
    }

    private static RowSource source() {
        return RowSource.of(1, (first, count, into) -> System.arraycopy(POINT, 0, into, 0, 3));
    }

    @Test
    void buildsAJacobianByColumnsOrByRows() {
        double x = POINT[0];
        double y = POINT[1];
        double z = POINT[2];
        double[] expected = {Math.cos(x) * y * z, Math.sin(x) * z, Math.sin(x) * y, 1, 2 * y, 0};
        double[] forward = matrix(Derivatives.directional(function(false)), 2, true, false);
        double[] reverse = matrix(Vjp.of(function(false), List.of(0)), 2, false, false);
        assertThat(forward).containsExactly(expected, within(1e-15));
        assertThat(reverse).containsExactly(expected, within(1e-15));
    }

    @Test
    void buildsASymmetricHessian() {
        double x = POINT[0];
        double y = POINT[1];
        double z = POINT[2];
        double[] hessian = matrix(Derivatives.hessianVectorProduct(function(true)), 3, true, true);
        double[] expected = {
            -Math.sin(x) * y * z,
            Math.cos(x) * z,
            Math.cos(x) * y,
            Math.cos(x) * z,
            0,
            Math.sin(x),
            Math.cos(x) * y,
            Math.sin(x),
            0
        };
        assertThat(hessian).containsExactly(expected, within(1e-15));
        assertThat(hessian[1]).isEqualTo(hessian[3]);
        assertThat(hessian[5]).isEqualTo(hessian[7]);
    }
}
