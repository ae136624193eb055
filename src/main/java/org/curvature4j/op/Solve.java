package org.curvature4j.op;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.jspecify.annotations.Nullable;

/**
 * X with A X = B, or A' X = B. Operands: A [n, n], its {@link Factorization} by {@link MatrixRoutine#LU}, and B [n, k]. All
 * solutions with one A, those of its derivatives included, share the factors. NaN where A is singular.
 *
 * @param transposed whether to solve with A'
 */
public record Solve(int axis, boolean transposed) implements MatrixOp {

    @Override
    public String name() {
        return "solve" + (transposed ? " transposed" : "");
    }

    @Override
    public TensorType infer(List<TensorType> operands) {
        MatrixTypes.check(this, operands, 3);
        MatrixTypes.checkFactors(this, MatrixRoutine.LU, operands);
        MatrixTypes.checkRows(this, operands.get(0), operands.get(2));
        return operands.get(2);
    }

    /** Of the matrix; its factors are held constant beside it. */
    @Override
    public boolean needsTangent(int operand) {
        return operand != 1;
    }

    @Override
    public @Nullable Node jvp(GraphBuilder builder, Node node, List<@Nullable Node> tangents) {
        Matrices m = new Matrices(builder, axis);
        Node right = tangents.get(2);
        Node matrix = tangents.get(0);
        if (matrix != null) {
            Node moved = transposed ? m.transposedTimes(matrix, node) : m.times(matrix, node);
            right = right == null ? m.ops().neg(moved) : m.ops().sub(right, moved);
        }
        return right == null ? null : builder.apply(this, node.operand(0), node.operand(1), right);
    }

    @Override
    public List<@Nullable Node> vjp(GraphBuilder builder, Node node, Node cotangent, List<Boolean> wanted) {
        Matrices m = new Matrices(builder, axis);
        Node back = builder.apply(new Solve(axis, !transposed), node.operand(0), node.operand(1), cotangent);
        Node outer = transposed ? m.timesTransposed(node, back) : m.timesTransposed(back, node);
        List<@Nullable Node> cotangents = new ArrayList<>();
        cotangents.add(wanted.get(0) ? m.ops().neg(outer) : null);
        cotangents.add(null);
        cotangents.add(wanted.get(2) ? back : null);
        return cotangents;
    }

    @Override
    public Node vmap(GraphBuilder builder, Node node, List<Node> operands, List<Boolean> batched, long size) {
        return batched.get(0) || batched.get(1)
                ? MatrixOp.super.vmap(builder, node, operands, batched, size)
                : columns(this, new Ops(builder), operands, size);
    }

    @Override
    public @Nullable Node dependence(GraphBuilder builder, Node node, List<@Nullable Node> dependences) {
        return dependence(this, new Ops(builder), node, dependences);
    }

    @Override
    public double work(Node node) {
        return work(this, node);
    }

    @Override
    public Node kink(Ops ops, Node node) {
        return new Matrices(ops, axis).isDependent(node.operand(0), node.operand(1));
    }

    @Override
    public String kinkWords() {
        return "singular to rounding, where the result is NaN or has no digits";
    }

    @Override
    public Kernels.Value lowerStacks(Kernels kernels, List<Kernels.Value> operands) {
        return kernels.matrices(
                transposed ? MatrixRoutine.SOLVE_FACTORED_TRANSPOSED : MatrixRoutine.SOLVE_FACTORED,
                operands.get(1),
                operands.get(2));
    }

    /** A batch of right sides with one matrix: more columns, which that matrix is read once for. */
    static Node columns(MatrixOp op, Ops ops, List<Node> operands, long size) {
        Node right = operands.get(operands.size() - 1);
        int column = op.axis() + 1;
        int last = right.shape().rank() - 1;
        List<Integer> order = new ArrayList<>(ops.allAxes(right));
        order.add(column + 1, order.remove(last));
        Node beside = ops.permute(right, order);
        long[] dims = beside.shape().toArray();
        List<Long> joined = new ArrayList<>();
        for (int axis = 0; axis <= last; axis++) {
            if (axis == column) {
                joined.add(dims[axis] * size);
            } else if (axis != column + 1) {
                joined.add(dims[axis]);
            }
        }
        Shape shape = Shape.of(joined.stream().mapToLong(dim -> dim).toArray());
        List<Node> all = new ArrayList<>(operands);
        all.set(operands.size() - 1, ops.reshape(beside, shape));
        Node solved = ops.reshape(ops.builder().apply(op, all), beside.shape());
        List<Integer> back = new ArrayList<>(ops.allAxes(right));
        back.add(back.remove(column + 1));
        return ops.permute(solved, back);
    }

    /** A column of a solution depends on the matrix and on its column of the right side. */
    static @Nullable Node dependence(MatrixOp op, Ops ops, Node node, List<@Nullable Node> dependences) {
        Node matrix = dependences.get(0);
        Node right = dependences.get(dependences.size() - 1);
        Node all = matrix == null ? null : ops.sum(matrix, List.of(op.axis(), op.axis() + 1));
        Node column = right == null ? null : ops.sum(right, List.of(op.axis()));
        return ops.plus(
                all == null ? null : ops.broadcast(all, node.shape()),
                column == null ? null : ops.broadcast(column, node.shape()));
    }

    static double work(MatrixOp op, Node node) {
        return (double) node.type().size() * node.shape().dim(op.axis()) / 10;
    }
}
