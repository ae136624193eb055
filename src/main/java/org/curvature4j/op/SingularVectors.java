package org.curvature4j.op;

import java.util.List;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;

/**
 * The singular vectors as columns, in the order of {@link SingularValues} and with its operands: left ones over right ones,
 * [m + n, n]. Derivatives are NaN where two singular values are equal to rounding, or where one is zero and A isn't square
 * (Townsend, Differentiating the singular value decomposition, 2016).
 */
public record SingularVectors(int axis) implements FactoredOp {

    /** Vectors as columns, left and right. */
    record Pair(Node left, Node right) {}

    @Override
    public String name() {
        return "singular_vectors";
    }

    @Override
    public MatrixRoutine routine() {
        return MatrixRoutine.SINGULAR;
    }

    @Override
    public TensorType result(TensorType matrix) {
        Shape shape = matrix.shape();
        return MatrixTypes.sized(this, matrix, shape.dim(axis) + shape.dim(axis + 1), shape.dim(axis + 1));
    }

    @Override
    public Node push(Ops o, Node node, Node tangent) {
        Matrices m = new Matrices(o, axis);
        Pair vectors = split(m, axis, node);
        Node values = values(o, node);
        Node column = m.transpose(values);
        Node gaps = m.reciprocalGaps(values, true);
        Node moved = m.times(tangent, vectors.right());
        Node inside = m.transposedTimes(vectors.left(), moved);
        Node mirrored = m.transpose(inside);
        Node turnLeft = o.mul(gaps, o.add(o.mul(inside, values), o.mul(mirrored, column)));
        Node turnRight = o.mul(gaps, o.add(o.mul(inside, column), o.mul(mirrored, values)));
        Node left = m.times(vectors.left(), turnLeft);
        if (!isSquare(node)) {
            Node outside = o.sub(moved, m.times(vectors.left(), inside));
            left = o.add(left, o.mul(outside, m.reciprocal(values)));
        }
        return m.below(left, m.times(vectors.right(), turnRight));
    }

    @Override
    public Node pull(Ops o, Node node, Node cotangent) {
        Matrices m = new Matrices(o, axis);
        Pair vectors = split(m, axis, node);
        Pair cotangents = split(m, axis, cotangent);
        Node values = values(o, node);
        Node gaps = m.reciprocalGaps(values, true);
        Node left = o.mul(gaps, m.transposedTimes(vectors.left(), cotangents.left()));
        Node right = o.mul(gaps, m.transposedTimes(vectors.right(), cotangents.right()));
        Node inside = o.add(
                o.mul(o.add(left, m.transpose(left)), values),
                o.mul(o.add(right, m.transpose(right)), m.transpose(values)));
        Node rows = m.times(vectors.left(), inside);
        if (!isSquare(node)) {
            Node within = m.times(vectors.left(), m.transposedTimes(vectors.left(), cotangents.left()));
            rows = o.add(rows, o.mul(o.sub(cotangents.left(), within), m.reciprocal(values)));
        }
        return m.timesTransposed(rows, vectors.right());
    }

    /** The vectors of what a node of the family is applied to. */
    static Pair of(Matrices m, int axis, Node node) {
        return split(m, axis, m.ops().apply(new SingularVectors(axis), node.operand(0), node.operand(1)));
    }

    private static Pair split(Matrices m, int axis, Node stacked) {
        long all = stacked.shape().dim(axis);
        long left = all - stacked.shape().dim(axis + 1);
        return new Pair(m.rows(stacked, 0, left), m.rows(stacked, left, all));
    }

    private Node values(Ops ops, Node node) {
        return ops.apply(new SingularValues(axis), node.operand(0), node.operand(1));
    }

    private boolean isSquare(Node node) {
        return node.operand(0).shape().dim(axis) == node.operand(0).shape().dim(axis + 1);
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
