package org.curvature4j.op;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.jspecify.annotations.Nullable;

/**
 * The lower triangular L with L L' = (A + A') / 2 and a positive diagonal, for square A; NaN where that isn't positive
 * definite. Derivatives: Murray, Differentiation of the Cholesky decomposition (2016), equations 7 and 9.
 */
public record Cholesky(int axis) implements MatrixOp {

    @Override
    public String name() {
        return "cholesky";
    }

    @Override
    public TensorType infer(List<TensorType> operands) {
        MatrixTypes.check(this, operands, 1);
        MatrixTypes.checkSquare(this, operands.get(0));
        return operands.get(0);
    }

    @Override
    public @Nullable Node jvp(GraphBuilder builder, Node node, List<@Nullable Node> tangents) {
        Node tangent = tangents.get(0);
        if (tangent == null) {
            return null;
        }
        Matrices m = new Matrices(builder, axis);
        Node half = m.solve(true, false, node, tangent);
        Node whole = m.solve(true, false, node, m.transpose(half));
        return m.times(node, m.lowerHalf(whole));
    }

    @Override
    public List<@Nullable Node> vjp(GraphBuilder builder, Node node, Node cotangent, List<Boolean> wanted) {
        List<@Nullable Node> cotangents = new ArrayList<>();
        cotangents.add(wanted.get(0) ? pull(new Matrices(builder, axis), node, cotangent) : null);
        return cotangents;
    }

    private static Node pull(Matrices m, Node node, Node cotangent) {
        Node product = m.transposedTimes(node, m.keep(cotangent, Matrices.LOWER));
        Node half = m.keep(product, Matrices.LOWER);
        Node weighted = m.ops().select(m.mask(half, Matrices.DIAGONAL), m.ops().mul(half, 0.5), half);
        Node left = m.solve(true, true, node, weighted);
        return m.symmetric(m.solve(true, true, node, m.transpose(left)));
    }

    @Override
    public Node kink(Ops ops, Node node) {
        return new Matrices(ops, axis).isIndefinite(node.operand(0), node);
    }

    @Override
    public String kinkWords() {
        return "not positive definite to rounding, where the result is NaN or has no digits";
    }

    @Override
    public Kernels.Value lowerStacks(Kernels kernels, List<Kernels.Value> operands) {
        return kernels.matrices(MatrixRoutine.CHOLESKY, operands.get(0));
    }
}
