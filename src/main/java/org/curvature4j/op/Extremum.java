package org.curvature4j.op;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.jspecify.annotations.Nullable;

/** The largest element along axes, and where it is. The smallest is the negated largest of the negated. */
public sealed interface Extremum extends Primitive {

    /** The axes that become size 1. */
    List<Integer> axes();

    /** Nothing is the largest of no elements. An empty batch is fine: of it no largest element is taken. */
    private static void checkNotEmpty(Extremum op, TensorType operand) {
        for (int axis : op.axes()) {
            if (operand.shape().dim(axis) == 0) {
                throw new IllegalArgumentException(
                        op.name() + ": expected at least one element along axis " + axis + ", got " + operand);
            }
        }
    }

    @Override
    default boolean bends() {
        return false;
    }

    @Override
    default @Nullable Node kink(Ops ops, Node node) {
        return ops.apply(Comparison.GT, count(ops, node), ops.like(node.operand(0), 1));
    }

    /** How many elements are the largest, for each that is. */
    private Node count(Ops ops, Node node) {
        Node x = node.operand(0);
        return ops.sum(ops.cast(ops.apply(Comparison.EQ, x, ops.max(x, axes())), x.dtype()), axes());
    }

    @Override
    default Node vmap(GraphBuilder builder, Node node, List<Node> operands, List<Boolean> batched, long size) {
        return builder.apply(this, operands);
    }

    @Override
    default @Nullable Node dependence(GraphBuilder builder, Node node, List<@Nullable Node> dependences) {
        Node dependence = dependences.get(0);
        return dependence == null ? null : new Ops(builder).sum(dependence, axes());
    }

    /**
     * The largest element along axes, which stay at size 1. Equal largest elements share the derivative, as in JAX.
     *
     * @param axes as of {@link Sum}
     */
    record Largest(List<Integer> axes) implements Extremum {
        public Largest {
            axes = axes.stream().sorted().toList();
        }

        @Override
        public String name() {
            return "MAX " + axes;
        }

        @Override
        public TensorType infer(List<TensorType> operands) {
            TensorType operand = operands.get(0);
            checkNotEmpty(this, operand);
            return operand.withShape(Sum.collapse(operand.shape(), axes));
        }

        @Override
        public @Nullable Node jvp(GraphBuilder builder, Node node, List<@Nullable Node> tangents) {
            Ops ops = new Ops(builder);
            Node tangent = tangents.get(0);
            return tangent == null ? null : ops.sum(ops.mul(tangent, weights(ops, node)), axes);
        }

        @Override
        public List<@Nullable Node> vjp(GraphBuilder builder, Node node, Node cotangent, List<Boolean> wanted) {
            Ops ops = new Ops(builder);
            List<@Nullable Node> cotangents = new ArrayList<>();
            cotangents.add(wanted.get(0) ? ops.mul(cotangent, weights(ops, node)) : null);
            return cotangents;
        }

        /** 1 / k at each of k equal largest elements, 0 elsewhere. */
        private Node weights(Ops ops, Node node) {
            Node isLargest = ops.cast(ops.apply(Comparison.EQ, node.operand(0), node), node.dtype());
            return ops.div(isLargest, ops.sum(isLargest, axes));
        }

        @Override
        public Kernels.Value lower(Kernels kernels, Node node, List<Kernels.Value> operands) {
            return kernels.reduce(Kernels.Reduction.MAX, operands.get(0), axes);
        }
    }

    /** The index of the first largest element along an axis, which stays at size 1. A step: no derivative. */
    record Position(int axis) implements Extremum {
        @Override
        public String name() {
            return "ARGMAX " + axis;
        }

        @Override
        public List<Integer> axes() {
            return List.of(axis);
        }

        @Override
        public TensorType infer(List<TensorType> operands) {
            TensorType operand = operands.get(0);
            checkNotEmpty(this, operand);
            return new TensorType(DType.INT64, operand.shape().with(axis, 1));
        }

        @Override
        public @Nullable Node jvp(GraphBuilder builder, Node node, List<@Nullable Node> tangents) {
            return null;
        }

        @Override
        public List<@Nullable Node> vjp(GraphBuilder builder, Node node, Node cotangent, List<Boolean> wanted) {
            List<@Nullable Node> none = new ArrayList<>();
            none.add(null);
            return none;
        }

        @Override
        public Kernels.Value lower(Kernels kernels, Node node, List<Kernels.Value> operands) {
            return kernels.argMax(operands.get(0), axis);
        }
    }
}
