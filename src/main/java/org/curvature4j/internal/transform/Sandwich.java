package org.curvature4j.internal.transform;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.walk.Walk;
import org.curvature4j.op.Ops;

/**
 * Products J' M J v, where J is the Jacobian of a graph's output in its first input and M a symmetric matrix on the output:
 * Gauss-Newton and Fisher matrices (Schraudolph, Fast curvature matrix-vector products, Neural Computation 14 (2002), section
 * 3).
 */
public final class Sandwich {
    private Sandwich() {}

    /** The product of M with a vector. */
    public interface Middle {
        /**
         * @param output the graph's
         * @param vector of the same shape
         * @param inputs the graph's
         * @param further inputs
         * @return M times the vector, of as many numbers
         */
        Node times(Ops ops, Node output, Node vector, List<Node> inputs, List<Node> further);
    }

    /**
     * The graph of the product.
     *
     * @param further types of inputs that M needs beside the graph's
     * @return inputs: the graph's, further ones, the vector v; output: shaped like the first input
     */
    public static Graph of(Graph graph, List<TensorType> further, Middle middle) {
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        List<Node> inputs = Walk.declareInputs(builder, graph);
        List<Node> added = further.stream()
                .map(type -> builder.freshInput("further", type))
                .toList();
        Node direction = builder.freshInput(Derivatives.DIRECTION, inputs.get(0).type());
        Node output = builder.inline(graph, inputs).get(0);
        Node pushed = builder.inline(Derivatives.directional(graph), with(inputs, direction))
                .get(0);
        Node weighted = middle.times(ops, output, pushed, inputs, added);
        Node cotangent = ops.reshape(weighted, output.shape());
        return builder.build(builder.inline(Vjp.of(graph, List.of(0)), with(inputs, cotangent)));
    }

    /** J'J: M is the identity. */
    public static Graph plain(Graph graph) {
        return of(graph, List.of(), (ops, output, vector, inputs, further) -> vector);
    }

    /**
     * M is the Hessian of a loss in the output.
     *
     * @param loss a graph of the output and of further inputs, with one number as its output
     */
    public static Graph around(Graph graph, Graph loss) {
        Graph product = Derivatives.hessianVectorProduct(loss);
        List<TensorType> types = loss.inputs().stream().skip(1).map(Node::type).toList();
        return of(graph, types, (ops, output, vector, inputs, further) -> {
            List<Node> arguments = new ArrayList<>(List.of(output));
            arguments.addAll(further);
            return ops.builder().inline(product, with(arguments, vector)).get(0);
        });
    }

    private static List<Node> with(List<Node> nodes, Node last) {
        List<Node> all = new ArrayList<>(nodes);
        all.add(last);
        return all;
    }
}
