package org.curvature4j.curvature;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.transform.Derivatives;
import org.curvature4j.internal.transform.Sandwich;
import org.curvature4j.internal.transform.Sandwich.Middle;
import org.curvature4j.op.Ops;

/**
 * Graphs of products J' M J v, where J is the Jacobian of a model's outputs z in its parameters and M a symmetric matrix on
 * the outputs: Gauss-Newton and Fisher matrices (Schraudolph, Fast curvature matrix-vector products, Neural Computation 14
 * (2002), section 3; Martens, JMLR 21 (2020), sections 8 and 9).
 */
final class ProductGraphs {
    private ProductGraphs() {}

    /**
     * Builds J' M J v.
     *
     * @param output the outputs, flattened, of (parameters, fed placeholders)
     * @param shape of the outputs, not flattened
     * @param random types of further inputs that M needs
     * @param middle given the outputs and the vector in rows along their last axis
     * @return inputs: parameters, fed placeholders, further ones, direction
     */
    static Graph sandwich(Graph output, Shape shape, List<TensorType> random, Middle middle) {
        return Sandwich.of(
                output,
                random,
                (ops, z, u, inputs, further) ->
                        middle.times(ops, rows(ops, z, shape), rows(ops, u, shape), inputs, further));
    }

    /** M is the Hessian of a loss in the outputs: a graph of (outputs flattened, fed placeholders). */
    static Middle hessianOf(Graph lossOfOutputs) {
        Graph product = Derivatives.hessianVectorProduct(lossOfOutputs);
        return (ops, z, u, inputs, random) -> ops.builder()
                .inline(product, with(replacingFirst(inputs, flat(ops, z)), flat(ops, u)))
                .get(0);
    }

    /**
     * M is a weighted sum over examples of g g', g being the gradient of one example's loss in its outputs.
     *
     * @param lossOfOutputs a graph of (outputs flattened, fed placeholders)
     * @param examples in the batch
     * @param factor what the loss' gradient is multiplied with to be a sum of the examples' own
     * @param weight of each example
     */
    static Middle outerProducts(Graph lossOfOutputs, long examples, double factor, double weight) {
        Graph gradient = Derivatives.gradient(lossOfOutputs);
        return (ops, z, u, inputs, random) -> {
            Shape shape = Shape.of(examples, z.type().size() / examples);
            Node slopes = ops.builder()
                    .inline(gradient, replacingFirst(inputs, flat(ops, z)))
                    .get(0);
            return along(ops, ops.mul(ops.reshape(slopes, shape), factor), ops.reshape(u, shape), 1, weight);
        };
    }

    /** weight g (g'u), the inner product along an axis. */
    static Node along(Ops ops, Node g, Node u, int axis, double weight) {
        Node inner = ops.sum(ops.mul(g, u), List.of(axis));
        return ops.mul(ops.mul(g, ops.broadcast(inner, g.shape())), weight);
    }

    private static List<Node> with(List<Node> inputs, Node last) {
        List<Node> all = new ArrayList<>(inputs);
        all.add(last);
        return all;
    }

    private static List<Node> replacingFirst(List<Node> inputs, Node first) {
        List<Node> all = new ArrayList<>(inputs);
        all.set(0, first);
        return all;
    }

    /** Rows of outputs along their last axis. */
    static Shape rowsOf(Shape shape) {
        long last = shape.rank() < 2 ? 1 : shape.dim(shape.rank() - 1);
        return Shape.of(shape.size() / last, last);
    }

    private static Node rows(Ops ops, Node x, Shape shape) {
        return ops.reshape(x, rowsOf(shape));
    }

    private static Node flat(Ops ops, Node x) {
        return ops.reshape(x, Shape.of(x.type().size()));
    }
}
