package org.curvature4j.op;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.jspecify.annotations.Nullable;

/**
 * The family of operations that act on each element alone. Operands broadcast: those of rank 0 against anything, others
 * must have equal rank with sizes equal or 1. A member tells its partial derivatives; both modes follow.
 */
public sealed interface ElementwiseOp extends Primitive
        permits Elementwise,
                Product,
                PowerDerivative,
                DerivativeFamily,
                BesselI,
                Comparison,
                Select,
                StopGradient,
                IndexCheck,
                Custom {

    /** How many operands it has. */
    int arity();

    /** The element type of the result, that of the operands; throws where these don't go together. */
    default DType inferDType(List<TensorType> operands) {
        DType dtype = operands.get(0).dtype();
        if (dtype == DType.BOOL || operands.stream().anyMatch(operand -> operand.dtype() != dtype)) {
            throw new IllegalArgumentException(
                    name() + ": expected numbers of one dtype, got " + operands + " (cast one operand)");
        }
        return dtype;
    }

    /**
     * The derivative of the result with respect to one operand, elementwise, in a shape that broadcasts to the result's.
     *
     * @return null where it is zero everywhere that it exists
     */
    @Nullable
    Node partial(Ops ops, Node node, int operand);

    /** About how long an element takes, in the time of a product. */
    default double cost() {
        return 1;
    }

    /** A tangent or cotangent times a partial derivative of this operation. */
    default Node scaled(Ops ops, Node derivative, Node partial) {
        return ops.scale(derivative, partial);
    }

    @Override
    default TensorType infer(List<TensorType> operands) {
        if (operands.size() != arity()) {
            throw new IllegalArgumentException(name() + ": expected " + arity() + " operands, got " + operands);
        }
        return new TensorType(inferDType(operands), broadcast(name(), operands));
    }

    private static Shape broadcast(String name, List<TensorType> operands) {
        Shape result = Shape.SCALAR;
        for (TensorType operand : operands) {
            Shape shape = operand.shape();
            if (result.rank() == 0) {
                result = shape;
            } else if (shape.rank() != 0) {
                if (shape.rank() != result.rank()) {
                    throw mismatch(name, operands);
                }
                for (int axis = 0; axis < shape.rank(); axis++) {
                    if (result.dim(axis) == 1) {
                        result = result.with(axis, shape.dim(axis));
                    } else if (shape.dim(axis) != 1 && shape.dim(axis) != result.dim(axis)) {
                        throw mismatch(name, operands);
                    }
                }
            }
        }
        return result;
    }

    private static IllegalArgumentException mismatch(String name, List<TensorType> operands) {
        return new IllegalArgumentException(
                name + ": expected operands of equal rank with sizes equal or 1, got " + operands);
    }

    @Override
    default @Nullable Node jvp(GraphBuilder builder, Node node, List<@Nullable Node> tangents) {
        Ops ops = new Ops(builder);
        Node sum = null;
        for (int i = 0; i < tangents.size(); i++) {
            Node tangent = tangents.get(i);
            Node term = tangent == null ? null : push(ops, node, i, tangent);
            sum = ops.plus(sum, term);
        }
        return sum;
    }

    private @Nullable Node push(Ops ops, Node node, int operand, Node tangent) {
        Node partial = partial(ops, node, operand);
        return partial == null ? null : ops.broadcast(scaled(ops, tangent, partial), node.shape());
    }

    @Override
    default List<@Nullable Node> vjp(GraphBuilder builder, Node node, Node cotangent, List<Boolean> wanted) {
        Ops ops = new Ops(builder);
        List<@Nullable Node> cotangents = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            Node partial = wanted.get(i) ? partial(ops, node, i) : null;
            cotangents.add(
                    partial == null
                            ? null
                            : ops.unbroadcast(
                                    scaled(ops, cotangent, partial),
                                    node.operand(i).shape()));
        }
        return cotangents;
    }

    @Override
    default Node vmap(GraphBuilder builder, Node node, List<Node> operands, List<Boolean> batched, long size) {
        Ops ops = new Ops(builder);
        int rank = node.shape().rank();
        List<Node> aligned = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            Node operand = operands.get(i);
            Shape core = node.operand(i).shape();
            if (core.rank() == 0 && batched.get(i)) {
                operand = ops.reshape(operand, Shape.ones(rank).append(size));
            } else if (core.rank() != 0 && !batched.get(i)) {
                operand = ops.reshape(operand, core.append(1));
            }
            aligned.add(operand);
        }
        return builder.apply(this, aligned);
    }

    @Override
    default @Nullable Node dependence(GraphBuilder builder, Node node, List<@Nullable Node> dependences) {
        Ops ops = new Ops(builder);
        Node sum = null;
        for (Node dependence : dependences) {
            sum = ops.plus(sum, dependence == null ? null : ops.broadcast(dependence, node.shape()));
        }
        return sum;
    }
}
