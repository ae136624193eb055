package org.curvature4j.op;

import java.util.List;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;

/**
 * The eigenvectors of (A + A') / 2 as columns, in the order of {@link Eigenvalues} and with its operands. The derivative
 * divides by the differences of the eigenvalues: NaN where two are equal to rounding (Magnus, On differentiating eigenvalues
 * and eigenvectors, 1985).
 */
public record Eigenvectors(int axis) implements FactoredOp {

    @Override
    public String name() {
        return "eigenvectors";
    }

    @Override
    public MatrixRoutine routine() {
        return MatrixRoutine.EIGEN;
    }

    @Override
    public TensorType result(TensorType matrix) {
        return matrix;
    }

    @Override
    public Node push(Ops ops, Node node, Node tangent) {
        Matrices m = new Matrices(ops, axis);
        Node inside = m.symmetric(m.transposedTimes(node, m.times(tangent, node)));
        return m.times(node, ops.mul(gaps(m, node), inside));
    }

    @Override
    public Node pull(Ops ops, Node node, Node cotangent) {
        Matrices m = new Matrices(ops, axis);
        Node inside = ops.mul(gaps(m, node), m.transposedTimes(node, cotangent));
        return m.symmetric(m.timesTransposed(m.times(node, inside), node));
    }

    private Node gaps(Matrices m, Node node) {
        return m.reciprocalGaps(values(m.ops(), node), false);
    }

    private Node values(Ops ops, Node node) {
        return ops.apply(new Eigenvalues(axis), node.operand(0), node.operand(1));
    }

    @Override
    public Node kink(Ops ops, Node node) {
        return new Matrices(ops, axis).repeated(values(ops, node));
    }

    @Override
    public Kernels.Value lowerStacks(Kernels kernels, List<Kernels.Value> operands) {
        Shape shape = operands.get(1).type().shape();
        return kernels.slice(operands.get(1), List.of(0L, 1L, 0L, 0L), shape.with(1, shape.dim(1) - 1));
    }
}
