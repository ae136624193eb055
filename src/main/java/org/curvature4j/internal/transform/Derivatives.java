package org.curvature4j.internal.transform;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.DerivativeMode;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.walk.Walk;
import org.curvature4j.op.LinearAlgebra;
import org.curvature4j.op.Ops;
import org.jspecify.annotations.Nullable;

/**
 * Derivatives with respect to a graph's first input, composed of the two modes and batching. Each result is a graph with
 * the same inputs (and a direction where one is taken), so that derivatives of derivatives need nothing more.
 */
public final class Derivatives {
    /** The name of the input that a Hessian-vector product or a Jacobian-vector product takes. */
    public static final String DIRECTION = "direction";

    private Derivatives() {}

    /** The gradient of a graph with one output of one element: shape of the first input. */
    public static Graph gradient(Graph graph) {
        Node output = single(graph);
        if (output.type().size() != 1) {
            throw new IllegalArgumentException("output: expected one element to take a gradient of, got "
                    + output.type() + " (pick a component, or ask for the Jacobian)");
        }
        GraphBuilder builder = new GraphBuilder();
        List<Node> inputs = Walk.declareInputs(builder, graph);
        Node one = builder.literal(output.type(), 1);
        return builder.build(Vjp.pull(builder, graph, inputs, List.of(one), List.of(0)));
    }

    /** The Jacobian: shape of the output followed by the shape of the first input. */
    public static Graph jacobian(Graph graph, DerivativeMode mode) {
        Node output = single(graph);
        Node input = graph.inputs().get(0);
        boolean forward = mode.isForward(input.type().size(), output.type().size());
        GraphBuilder builder = new GraphBuilder();
        List<Node> inputs = Walk.declareInputs(builder, graph);
        Ops ops = new Ops(builder);
        if (!forward && output.type().size() == 1) {
            Node gradient = builder.inline(gradient(graph), inputs).get(0);
            return builder.build(List.of(ops.reshape(gradient, join(output.shape(), input.shape()))));
        }
        Graph product = forward ? Jvp.of(graph, List.of(0)) : Vjp.of(graph, List.of(0));
        Node direction = product.inputs().get(product.inputs().size() - 1);
        List<Node> arguments = new ArrayList<>(inputs);
        arguments.add(basis(builder, direction.type()));
        List<Boolean> batched = new ArrayList<>(Collections.nCopies(inputs.size(), false));
        batched.add(true);
        Node columns = Vmap.map(
                        builder, product, arguments, batched, direction.type().size())
                .get(0);
        Node leading = forward ? columns : lastAxisFirst(ops, columns);
        return builder.build(List.of(ops.reshape(leading, join(output.shape(), input.shape()))));
    }

    /** The Hessian of a graph with one output of one element, forward over reverse: the input's shape twice. */
    public static Graph hessian(Graph graph) {
        return jacobian(gradient(graph), DerivativeMode.FORWARD);
    }

    /**
     * The Hessian as {@link #hessian}, by the chain rule of second order: each operation's own second derivative between
     * the tangents of its operands, whose structure it uses. Less work where tangents are sparse, as those by weights of a
     * network are, or where there are fewer directions than there are values inside; {@link Work} tells.
     */
    public static Graph structuredHessian(Graph graph) {
        return hasStructure(graph) ? SecondOrder.hessian(graph) : hessian(graph);
    }

    private static boolean hasStructure(Graph graph) {
        return single(graph).type().size() == 1 && graph.inputs().get(0).type().size() > 0 && SecondOrder.covers(graph);
    }

    /** The Laplacian of a graph with one output of one element, the trace of its {@link #hessian}: one number without axes. */
    public static Graph laplacian(Graph graph) {
        Graph hessian = hessian(graph);
        long size = graph.inputs().get(0).type().size();
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Node matrix =
                builder.inline(hessian, Walk.declareInputs(builder, graph)).get(0);
        return builder.build(List.of(LinearAlgebra.trace(ops, ops.reshape(matrix, Shape.of(size, size)))));
    }

    /** The Laplacian as {@link #laplacian}, by the chain rule of second order, without the Hessian. */
    public static Graph structuredLaplacian(Graph graph) {
        return hasStructure(graph) ? SecondOrder.laplacian(graph) : laplacian(graph);
    }

    /** The Hessian times a direction, an input shaped like the first: forward over reverse, the cost of few gradients. */
    public static Graph hessianVectorProduct(Graph graph) {
        return directional(gradient(graph));
    }

    /** The Jacobian times a direction, an input shaped like the first one. */
    public static Graph directional(Graph graph) {
        Node output = single(graph);
        GraphBuilder builder = new GraphBuilder();
        List<Node> inputs = Walk.declareInputs(builder, graph);
        List<@Nullable Node> tangents = new ArrayList<>();
        tangents.add(builder.freshInput(DIRECTION, inputs.get(0).type()));
        for (int i = 1; i < inputs.size(); i++) {
            tangents.add(null);
        }
        Node tangent = Jvp.push(builder, graph, inputs, tangents).get(0);
        return builder.build(List.of(new Ops(builder).broadcast(tangent, output.shape())));
    }

    /** The unit vectors of a type's space along a last axis. */
    private static Node basis(GraphBuilder builder, TensorType type) {
        int size = Math.toIntExact(type.size());
        double[] identity = new double[Math.multiplyExact(size, size)];
        for (int i = 0; i < size; i++) {
            identity[i * size + i] = 1;
        }
        return builder.structural(type.withShape(type.shape().append(size)), identity);
    }

    private static Node lastAxisFirst(Ops ops, Node x) {
        int last = x.shape().rank() - 1;
        List<Integer> axes = new ArrayList<>(List.of(last));
        IntStream.range(0, last).forEach(axes::add);
        return ops.permute(x, axes);
    }

    static Shape join(Shape first, Shape second) {
        return Shape.of(IntStream.range(0, first.rank() + second.rank())
                .mapToLong(axis -> axis < first.rank() ? first.dim(axis) : second.dim(axis - first.rank()))
                .toArray());
    }

    private static Node single(Graph graph) {
        if (graph.outputs().size() != 1) {
            throw new IllegalArgumentException("graph: expected one output to differentiate, got "
                    + graph.outputs().size());
        }
        return graph.outputs().get(0);
    }
}
