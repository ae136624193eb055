package org.curvature4j.op;

import java.util.List;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;

/**
 * The singular values, descending, as matrices of one row. Operands: A [m, n] with m at least n, and its
 * {@link Factorization} by {@link MatrixRoutine#SINGULAR}. The first derivative is u' dA v for each; higher ones are the
 * vectors'. Kinks are where two are equal, or one is zero, to rounding.
 */
public record SingularValues(int axis) implements FactoredOp {

    @Override
    public String name() {
        return "singular_values";
    }

    @Override
    public MatrixRoutine routine() {
        return MatrixRoutine.SINGULAR;
    }

    @Override
    public TensorType result(TensorType matrix) {
        return MatrixTypes.sized(this, matrix, 1, matrix.shape().dim(axis + 1));
    }

    @Override
    public Node push(Ops ops, Node node, Node tangent) {
        Matrices m = new Matrices(ops, axis);
        SingularVectors.Pair vectors = SingularVectors.of(m, axis, node);
        return ops.sum(ops.mul(vectors.left(), m.times(tangent, vectors.right())), List.of(axis));
    }

    @Override
    public Node pull(Ops ops, Node node, Node cotangent) {
        Matrices m = new Matrices(ops, axis);
        SingularVectors.Pair vectors = SingularVectors.of(m, axis, node);
        return m.timesTransposed(ops.mul(vectors.left(), cotangent), vectors.right());
    }

    @Override
    public Node kink(Ops ops, Node node) {
        Matrices m = new Matrices(ops, axis);
        Node zero = ops.apply(Comparison.LE, node, m.rounding(node));
        return ops.apply(Comparison.OR, m.repeated(node), zero);
    }

    @Override
    public Kernels.Value lowerStacks(Kernels kernels, List<Kernels.Value> operands) {
        Shape shape = operands.get(1).type().shape();
        return kernels.slice(operands.get(1), List.of(0L, 0L, 0L, 0L), shape.with(1, 1));
    }
}
