package org.curvature4j.op;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.jspecify.annotations.Nullable;

/**
 * The eigenvectors of (A + A') / 2 as columns, in the order of {@link Eigenvalues} and with its operands. The derivative
 * divides by the differences of the eigenvalues: NaN where two are equal to rounding (Magnus, On differentiating eigenvalues
 * and eigenvectors, 1985).
 */
public record Eigenvectors(int axis) implements MatrixOp {

    @Override
    public String name() {
        return "eigenvectors";
    }

    @Override
    public TensorType infer(List<TensorType> operands) {
        MatrixTypes.check(this, operands, 2);
        MatrixTypes.checkFactors(this, MatrixRoutine.EIGEN, operands);
        return operands.get(0);
    }

    @Override
    public boolean needsTangent(int operand) {
        return operand == 0;
    }

    private Node gaps(Matrices m, Node node) {
        return m.reciprocalGaps(values(m.ops(), node), false);
    }

    private Node values(Ops ops, Node node) {
        return ops.apply(new Eigenvalues(axis), node.operand(0), node.operand(1));
    }

    @Override
    public @Nullable Node jvp(GraphBuilder builder, Node node, List<@Nullable Node> tangents) {
        Node tangent = tangents.get(0);
        if (tangent == null) {
            return null;
        }
        Matrices m = new Matrices(builder, axis);
        Node inside = m.symmetric(m.transposedTimes(node, m.times(tangent, node)));
        return m.times(node, m.ops().mul(gaps(m, node), inside));
    }

    @Override
    public List<@Nullable Node> vjp(GraphBuilder builder, Node node, Node cotangent, List<Boolean> wanted) {
        Matrices m = new Matrices(builder, axis);
        Node inside = m.ops().mul(gaps(m, node), m.transposedTimes(node, cotangent));
        List<@Nullable Node> cotangents = new ArrayList<>();
        cotangents.add(wanted.get(0) ? m.symmetric(m.timesTransposed(m.times(node, inside), node)) : null);
        cotangents.add(null);
        return cotangents;
    }

    @Override
    public Node kink(Ops ops, Node node) {
        return new Matrices(ops, axis).repeated(values(ops, node));
    }

    @Override
    public double work(Node node) {
        return node.type().size();
    }

    @Override
    public Kernels.Value lowerStacks(Kernels kernels, List<Kernels.Value> operands) {
        Shape shape = operands.get(1).type().shape();
        return kernels.slice(operands.get(1), List.of(0L, 1L, 0L, 0L), shape.with(1, shape.dim(1) - 1));
    }
}
