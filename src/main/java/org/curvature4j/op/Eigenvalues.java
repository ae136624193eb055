package org.curvature4j.op;

import java.util.List;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;

/**
 * The eigenvalues of (A + A') / 2, ascending, as matrices of one row. Operands: A [n, n], and its {@link Factorization} by
 * {@link MatrixRoutine#EIGEN}. The first derivative is v' dA v for each; higher ones are the vectors', NaN where two
 * eigenvalues are equal to rounding, which is where they have kinks.
 */
public record Eigenvalues(int axis) implements FactoredOp {

    @Override
    public String name() {
        return "eigenvalues";
    }

    @Override
    public MatrixRoutine routine() {
        return MatrixRoutine.EIGEN;
    }

    @Override
    public TensorType result(TensorType matrix) {
        return MatrixTypes.sized(this, matrix, 1, matrix.shape().dim(axis));
    }

    @Override
    public Node push(Ops ops, Node node, Node tangent) {
        Matrices m = new Matrices(ops, axis);
        Node vectors = vectors(ops, node);
        return ops.sum(ops.mul(vectors, m.times(tangent, vectors)), List.of(axis));
    }

    @Override
    public Node pull(Ops ops, Node node, Node cotangent) {
        Matrices m = new Matrices(ops, axis);
        Node vectors = vectors(ops, node);
        return m.timesTransposed(ops.mul(vectors, cotangent), vectors);
    }

    private Node vectors(Ops ops, Node node) {
        return ops.apply(new Eigenvectors(axis), node.operand(0), node.operand(1));
    }

    @Override
    public Node kink(Ops ops, Node node) {
        return new Matrices(ops, axis).repeated(node);
    }

    @Override
    public Kernels.Value lowerStacks(Kernels kernels, List<Kernels.Value> operands) {
        Shape shape = operands.get(1).type().shape();
        return kernels.slice(operands.get(1), List.of(0L, 0L, 0L, 0L), shape.with(1, 1));
    }
}
