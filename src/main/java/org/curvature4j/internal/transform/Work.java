package org.curvature4j.internal.transform;

import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.curvature4j.op.Einsum;
import org.curvature4j.op.ElementwiseOp;
import org.curvature4j.op.MatrixOp;
import org.curvature4j.op.Scan;
import org.curvature4j.op.ShapeOp;

/**
 * About how long a graph takes, to choose between two that compute the same: in the time of one element of an elementwise
 * product, about a nanosecond on a core. Only the order of magnitude matters.
 */
public final class Work {
    /** A product that is added inside a matrix product, of 40 to 50 GFLOP/s on a core, against an element written. */
    private static final double GEMM = 0.04;

    /** The same where a batch axis forbids one large matrix product: products are written, then added. */
    private static final double PRODUCT_AND_SUM = 1.2;

    /** The same by loops over a tile of points, which never write the products. */
    private static final double CONTRACTION_OF_TILE = 0.25;

    private Work() {}

    /** All nodes of a graph. */
    public static double of(Graph graph) {
        return of(graph, PRODUCT_AND_SUM);
    }

    /** All nodes of a graph over a tile of points, the batch last, where such tiles are computed by loops. */
    public static double ofTile(Graph graph) {
        return of(graph, CONTRACTION_OF_TILE);
    }

    private static double of(Graph graph, double contraction) {
        return graph.nodes().stream().mapToDouble(node -> of(node, contraction)).sum();
    }

    private static double of(Node node, double contraction) {
        double size = node.type().size();
        if (node.op() instanceof Leaf || node.op() instanceof ShapeOp.Reshape) {
            return 0;
        } else if (node.op() instanceof Scan scan) {
            return size + scan.total(part -> of(part, contraction));
        } else if (node.op() instanceof MatrixOp matrices) {
            return size + matrices.work(node);
        } else if (node.op() instanceof Einsum einsum) {
            double all = size;
            for (int axis = 0; axis < einsum.left().length(); axis++) {
                if (einsum.result().indexOf(einsum.left().charAt(axis)) < 0) {
                    all *= node.operand(0).shape().dim(axis);
                }
            }
            boolean batch = einsum.result()
                    .chars()
                    .anyMatch(label ->
                            einsum.left().indexOf(label) >= 0 && einsum.right().indexOf(label) >= 0);
            return ofProduct(all, size, batch ? contraction : GEMM);
        }
        return node.op() instanceof ElementwiseOp elementwise ? elementwise.cost() * size : size;
    }

    /**
     * The product of two tensors, summed over the axes that the result lacks.
     *
     * @param all sizes of the axes of both, multiplied
     * @param result sizes of the result's axes, multiplied
     * @param batch whether an axis of both stands in the result too
     */
    static double ofProduct(double all, double result, boolean batch) {
        return ofProduct(all, result, batch ? PRODUCT_AND_SUM : GEMM);
    }

    private static double ofProduct(double all, double result, double each) {
        if (all == result) {
            return result;
        }
        return result + all * each;
    }
}
