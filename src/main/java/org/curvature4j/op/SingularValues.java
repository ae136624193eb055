package org.curvature4j.op;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.jspecify.annotations.Nullable;

/**
 * The singular values, descending, as matrices of one row. Operands: A [m, n] with m at least n, and its
 * {@link Factorization} by {@link MatrixRoutine#SINGULAR}. The first derivative is u' dA v for each; higher ones are the
 * vectors'. Kinks are where two are equal, or one is zero, to rounding.
 */
public record SingularValues(int axis) implements MatrixOp {

    @Override
    public String name() {
        return "singular_values";
    }

    @Override
    public TensorType infer(List<TensorType> operands) {
        MatrixTypes.check(this, operands, 2);
        MatrixTypes.checkFactors(this, MatrixRoutine.SINGULAR, operands);
        return MatrixTypes.sized(
                this, operands.get(0), 1, operands.get(0).shape().dim(axis + 1));
    }

    @Override
    public boolean needsTangent(int operand) {
        return operand == 0;
    }

    @Override
    public @Nullable Node jvp(GraphBuilder builder, Node node, List<@Nullable Node> tangents) {
        Node tangent = tangents.get(0);
        if (tangent == null) {
            return null;
        }
        Matrices m = new Matrices(builder, axis);
        SingularVectors.Pair vectors = SingularVectors.of(m, axis, node);
        return m.ops().sum(m.ops().mul(vectors.left(), m.times(tangent, vectors.right())), List.of(axis));
    }

    @Override
    public List<@Nullable Node> vjp(GraphBuilder builder, Node node, Node cotangent, List<Boolean> wanted) {
        Matrices m = new Matrices(builder, axis);
        SingularVectors.Pair vectors = SingularVectors.of(m, axis, node);
        List<@Nullable Node> cotangents = new ArrayList<>();
        cotangents.add(
                wanted.get(0) ? m.timesTransposed(m.ops().mul(vectors.left(), cotangent), vectors.right()) : null);
        cotangents.add(null);
        return cotangents;
    }

    @Override
    public Node kink(Ops ops, Node node) {
        Matrices m = new Matrices(ops, axis);
        Node zero = ops.apply(Comparison.LE, node, m.rounding(node));
        return ops.apply(Comparison.OR, m.repeated(node), zero);
    }

    @Override
    public double work(Node node) {
        return node.type().size();
    }

    @Override
    public Kernels.Value lowerStacks(Kernels kernels, List<Kernels.Value> operands) {
        Shape shape = operands.get(1).type().shape();
        return kernels.slice(operands.get(1), List.of(0L, 0L, 0L, 0L), shape.with(1, 1));
    }
}
