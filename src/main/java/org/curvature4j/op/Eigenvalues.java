package org.curvature4j.op;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.jspecify.annotations.Nullable;

/**
 * The eigenvalues of (A + A') / 2, ascending, as matrices of one row. Operands: A [n, n], and its {@link Factorization} by
 * {@link MatrixRoutine#EIGEN}. The first derivative is v' dA v for each; higher ones are the vectors', NaN where two
 * eigenvalues are equal to rounding, which is where they have kinks.
 */
public record Eigenvalues(int axis) implements MatrixOp {

    @Override
    public String name() {
        return "eigenvalues";
    }

    @Override
    public TensorType infer(List<TensorType> operands) {
        MatrixTypes.check(this, operands, 2);
        MatrixTypes.checkFactors(this, MatrixRoutine.EIGEN, operands);
        return MatrixTypes.sized(
                this, operands.get(0), 1, operands.get(0).shape().dim(axis));
    }

    @Override
    public boolean needsTangent(int operand) {
        return operand == 0;
    }

    private Node vectors(Matrices m, Node node) {
        return m.ops().apply(new Eigenvectors(axis), node.operand(0), node.operand(1));
    }

    @Override
    public @Nullable Node jvp(GraphBuilder builder, Node node, List<@Nullable Node> tangents) {
        Node tangent = tangents.get(0);
        if (tangent == null) {
            return null;
        }
        Matrices m = new Matrices(builder, axis);
        Node vectors = vectors(m, node);
        return m.ops().sum(m.ops().mul(vectors, m.times(tangent, vectors)), List.of(axis));
    }

    @Override
    public List<@Nullable Node> vjp(GraphBuilder builder, Node node, Node cotangent, List<Boolean> wanted) {
        Matrices m = new Matrices(builder, axis);
        Node vectors = vectors(m, node);
        List<@Nullable Node> cotangents = new ArrayList<>();
        cotangents.add(wanted.get(0) ? m.timesTransposed(m.ops().mul(vectors, cotangent), vectors) : null);
        cotangents.add(null);
        return cotangents;
    }

    @Override
    public Node kink(Ops ops, Node node) {
        return new Matrices(ops, axis).repeated(node);
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
