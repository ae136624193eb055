package org.curvature4j.op;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.jspecify.annotations.Nullable;

/**
 * X with T X = B, or T' X = B: T [n, n], of which one triangle is read, B and X [n, k]. NaN where the diagonal has a zero.
 *
 * @param lower whether T's lower triangle is read, else its upper one
 * @param transposed whether to solve with T'
 */
public record TriangularSolve(int axis, boolean lower, boolean transposed) implements MatrixOp {

    @Override
    public String name() {
        return "triangular_solve" + (lower ? " lower" : " upper") + (transposed ? " transposed" : "");
    }

    @Override
    public TensorType infer(List<TensorType> operands) {
        MatrixTypes.check(this, operands, 2);
        MatrixTypes.checkSquare(this, operands.get(0));
        MatrixTypes.checkRows(this, operands.get(0), operands.get(1));
        return operands.get(1);
    }

    private Node triangle(Matrices m, Node a) {
        return m.keep(a, lower ? Matrices.LOWER : Matrices.UPPER);
    }

    @Override
    public @Nullable Node jvp(GraphBuilder builder, Node node, List<@Nullable Node> tangents) {
        Matrices m = new Matrices(builder, axis);
        Node right = tangents.get(1);
        if (tangents.get(0) != null) {
            Node triangle = triangle(m, tangents.get(0));
            Node moved = transposed ? m.transposedTimes(triangle, node) : m.times(triangle, node);
            right = right == null ? m.ops().neg(moved) : m.ops().sub(right, moved);
        }
        return right == null ? null : m.solve(lower, transposed, node.operand(0), right);
    }

    @Override
    public List<@Nullable Node> vjp(GraphBuilder builder, Node node, Node cotangent, List<Boolean> wanted) {
        Matrices m = new Matrices(builder, axis);
        Node back = m.solve(lower, !transposed, node.operand(0), cotangent);
        List<@Nullable Node> cotangents = new ArrayList<>();
        cotangents.add(wanted.get(0) ? m.ops().neg(triangle(m, outer(m, back, node))) : null);
        cotangents.add(wanted.get(1) ? back : null);
        return cotangents;
    }

    private Node outer(Matrices m, Node back, Node node) {
        return transposed ? m.timesTransposed(node, back) : m.timesTransposed(back, node);
    }

    @Override
    public Node vmap(GraphBuilder builder, Node node, List<Node> operands, List<Boolean> batched, long size) {
        return batched.get(0)
                ? MatrixOp.super.vmap(builder, node, operands, batched, size)
                : Solve.columns(this, new Ops(builder), operands, size);
    }

    @Override
    public @Nullable Node dependence(GraphBuilder builder, Node node, List<@Nullable Node> dependences) {
        return Solve.dependence(this, new Ops(builder), node, dependences);
    }

    @Override
    public double work(Node node) {
        return Solve.work(this, node);
    }

    @Override
    public Node kink(Ops ops, Node node) {
        return Kinks.at(ops, new Matrices(ops, axis).diagonal(node.operand(0)), 0);
    }

    @Override
    public String kinkWords() {
        return "with a zero on the diagonal, where the result is NaN";
    }

    @Override
    public Kernels.Value lowerStacks(Kernels kernels, List<Kernels.Value> operands) {
        MatrixRoutine routine = transposed
                ? (lower ? MatrixRoutine.SOLVE_LOWER_TRANSPOSED : MatrixRoutine.SOLVE_UPPER_TRANSPOSED)
                : (lower ? MatrixRoutine.SOLVE_LOWER : MatrixRoutine.SOLVE_UPPER);
        return kernels.matrices(routine, operands.get(0), operands.get(1));
    }
}
