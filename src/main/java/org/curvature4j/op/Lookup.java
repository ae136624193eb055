package org.curvature4j.op;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.jspecify.annotations.Nullable;

/**
 * Indexing along one axis by positions that are computed: the second operand, whole numbers. A position that is none of the
 * axis' chooses nothing. Elements that aren't chosen don't reach the result, nor its derivatives, whatever they are; a
 * product with rows of zeros and a one would make NaN of an infinity among them.
 *
 * <p>Linear in the first operand; by the positions it is a step.
 */
public sealed interface Lookup extends Primitive {

    /** The axis that positions count along. */
    int axis();

    private static void check(Lookup op, List<TensorType> operands) {
        TensorType x = operands.get(0);
        TensorType positions = operands.get(1);
        if (x.dtype() == DType.BOOL || positions.dtype() != DType.INT64 || x.rank() != positions.rank()) {
            throw new IllegalArgumentException(
                    op.name() + ": expected numbers and positions of INT64 of one rank, got " + operands);
        }
    }

    private static IllegalArgumentException mismatch(Lookup op, List<TensorType> operands) {
        return new IllegalArgumentException(
                op.name() + ": expected sizes that are equal or 1 beside the axis, got " + operands);
    }

    /** Whether sizes are equal, or 1 in the first shape. */
    private static boolean spreads(Shape shape, Shape to) {
        return IntStream.range(0, shape.rank())
                .allMatch(axis -> shape.dim(axis) == to.dim(axis) || shape.dim(axis) == 1);
    }

    @Override
    default boolean bends() {
        return false;
    }

    @Override
    default @Nullable Node kink(Ops ops, Node node) {
        return null;
    }

    @Override
    default boolean needsTangent(int operand) {
        return operand == 0;
    }

    @Override
    default @Nullable Node jvp(GraphBuilder builder, Node node, List<@Nullable Node> tangents) {
        Node tangent = tangents.get(0);
        return tangent == null || !node.dtype().isFloat() ? null : builder.apply(this, tangent, node.operand(1));
    }

    @Override
    default List<@Nullable Node> vjp(GraphBuilder builder, Node node, Node cotangent, List<Boolean> wanted) {
        List<@Nullable Node> cotangents = new ArrayList<>();
        cotangents.add(wanted.get(0) ? transpose(new Ops(builder), node, cotangent) : null);
        cotangents.add(null);
        return cotangents;
    }

    /** The cotangent of the first operand. */
    Node transpose(Ops ops, Node node, Node cotangent);

    /** An element can depend on all along the axis, and of positions that it is gathered by on its own alone. */
    @Override
    default @Nullable Node dependence(GraphBuilder builder, Node node, List<@Nullable Node> dependences) {
        Ops ops = new Ops(builder);
        Node sum = null;
        for (int i = 0; i < dependences.size(); i++) {
            Node dependence = dependences.get(i);
            if (dependence != null) {
                Shape shape = node.shape();
                List<Integer> axes = IntStream.range(0, shape.rank())
                        .filter(axis -> axis == axis() || shape.dim(axis) == 1)
                        .boxed()
                        .toList();
                boolean own = i == 1 && this instanceof Gather;
                sum = ops.plus(sum, ops.broadcast(own ? dependence : ops.sum(dependence, axes), shape));
            }
        }
        return sum;
    }

    /** Element i of the result, along the axis, is the element at position i, or 0 where there is none. */
    record Gather(int axis) implements Lookup {
        @Override
        public String name() {
            return "LOOKUP axis " + axis;
        }

        @Override
        public TensorType infer(List<TensorType> operands) {
            check(this, operands);
            Shape x = operands.get(0).shape().with(axis, 1);
            Shape positions = operands.get(1).shape();
            Shape result = x.joined(positions).with(axis, positions.dim(axis));
            if (!spreads(x, result) || !spreads(positions, result)) {
                throw mismatch(this, operands);
            }
            return operands.get(0).withShape(result);
        }

        @Override
        public Node transpose(Ops ops, Node node, Node cotangent) {
            return ops.apply(new ScatterAdd(axis, node.operand(0).shape()), cotangent, node.operand(1));
        }

        @Override
        public Node vmap(GraphBuilder builder, Node node, List<Node> operands, List<Boolean> batched, long size) {
            Ops ops = new Ops(builder);
            return builder.apply(
                    this,
                    IntStream.range(0, 2)
                            .mapToObj(i -> batched.get(i)
                                    ? operands.get(i)
                                    : ops.reshape(
                                            operands.get(i),
                                            operands.get(i).shape().append(1)))
                            .toList());
        }

        @Override
        public Kernels.Value lower(Kernels kernels, Node node, List<Kernels.Value> operands) {
            return kernels.gather(operands.get(0), operands.get(1), axis);
        }
    }

    /**
     * Adds element i of the first operand, along the axis, to the element at position i of zeros, and to nothing where there is
     * none. In which order it adds is left to the kernel.
     *
     * @param shape of the zeros; where a size is 1 and the operand's isn't, all go to the one
     */
    record ScatterAdd(int axis, Shape shape) implements Lookup {
        @Override
        public String name() {
            return "ADD AT axis " + axis + " of " + shape;
        }

        @Override
        public TensorType infer(List<TensorType> operands) {
            check(this, operands);
            Shape x = operands.get(0).shape();
            if (shape.rank() != x.rank()
                    || !spreads(shape.with(axis, 1), x)
                    || !spreads(operands.get(1).shape(), x)) {
                throw mismatch(this, operands);
            }
            return operands.get(0).withShape(shape);
        }

        @Override
        public Node transpose(Ops ops, Node node, Node cotangent) {
            return ops.broadcast(
                    ops.apply(new Gather(axis), cotangent, node.operand(1)),
                    node.operand(0).shape());
        }

        @Override
        public Node vmap(GraphBuilder builder, Node node, List<Node> operands, List<Boolean> batched, long size) {
            Ops ops = new Ops(builder);
            Node x = batched.get(0) ? operands.get(0) : ops.batch(operands.get(0), size);
            Node positions = operands.get(1);
            return ops.apply(
                    new ScatterAdd(axis, shape.append(size)),
                    x,
                    batched.get(1)
                            ? positions
                            : ops.reshape(positions, positions.shape().append(1)));
        }

        @Override
        public Kernels.Value lower(Kernels kernels, Node node, List<Kernels.Value> operands) {
            return kernels.scatterAdd(operands.get(0), operands.get(1), axis, shape);
        }
    }
}
