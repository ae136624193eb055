package org.curvature4j.op;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.jspecify.annotations.Nullable;

/**
 * A = Q R with orthonormal columns of Q and upper triangular R, for A [m, n] with m at least n: Q over R, [m + n, n].
 * Derivatives, for A of full rank, NaN for others: Walter and Lehmann, Algorithmic differentiation of linear algebra functions
 * (2012); Seeger et al., Auto-differentiating linear algebra (2017).
 */
public record OrthogonalTriangular(int axis) implements MatrixOp {

    @Override
    public String name() {
        return "qr";
    }

    @Override
    public TensorType infer(List<TensorType> operands) {
        MatrixTypes.check(this, operands, 1);
        TensorType operand = operands.get(0);
        MatrixTypes.checkTall(this, operand);
        long columns = operand.shape().dim(axis + 1);
        return MatrixTypes.sized(this, operand, operand.shape().dim(axis) + columns, columns);
    }

    @Override
    public double applications(Node node) {
        return 4 * MatrixOp.super.applications(node);
    }

    private Node q(Matrices m, Node node, Node packed) {
        return m.rows(packed, 0, node.operand(0).shape().dim(axis));
    }

    private Node r(Matrices m, Node node, Node packed) {
        return m.rows(packed, node.operand(0).shape().dim(axis), packed.shape().dim(axis));
    }

    @Override
    public @Nullable Node jvp(GraphBuilder builder, Node node, List<@Nullable Node> tangents) {
        Node tangent = tangents.get(0);
        if (tangent == null) {
            return null;
        }
        Matrices m = new Matrices(builder, axis);
        Node q = q(m, node, node);
        Node r = m.independent(node.operand(0), r(m, node, node));
        Node moved = m.transpose(m.solve(false, true, r, m.transpose(tangent)));
        Node inside = m.transposedTimes(q, moved);
        Node below = m.keep(inside, Matrices.BELOW);
        Node turned = m.ops().sub(m.ops().sub(below, m.transpose(below)), inside);
        Node change = m.ops().add(m.times(q, turned), moved);
        return m.below(change, m.ops().neg(m.times(turned, r)));
    }

    @Override
    public List<@Nullable Node> vjp(GraphBuilder builder, Node node, Node cotangent, List<Boolean> wanted) {
        List<@Nullable Node> cotangents = new ArrayList<>();
        cotangents.add(wanted.get(0) ? pull(new Matrices(builder, axis), node, cotangent) : null);
        return cotangents;
    }

    private Node pull(Matrices m, Node node, Node cotangent) {
        Node q = q(m, node, node);
        Node r = m.independent(node.operand(0), r(m, node, node));
        Node ofQ = q(m, node, cotangent);
        Node both = m.ops().sub(m.timesTransposed(r, r(m, node, cotangent)), m.transposedTimes(ofQ, q));
        Node below = m.keep(both, Matrices.BELOW);
        Node mirrored = m.ops().add(m.keep(both, Matrices.LOWER), m.transpose(below));
        Node sum = m.ops().add(ofQ, m.times(q, mirrored));
        return m.transpose(m.solve(false, false, r, m.transpose(sum)));
    }

    @Override
    public Node kink(Ops ops, Node node) {
        Matrices m = new Matrices(ops, axis);
        return m.isDependent(node.operand(0), r(m, node, node));
    }

    @Override
    public String kinkWords() {
        return "without full rank to rounding, where derivatives, and solutions of least squares, are NaN";
    }

    @Override
    public Kernels.Value lowerStacks(Kernels kernels, List<Kernels.Value> operands) {
        return kernels.matrices(MatrixRoutine.QR, operands.get(0));
    }
}
