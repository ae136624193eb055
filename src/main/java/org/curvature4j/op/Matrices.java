package org.curvature4j.op;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;

/** The algebra of matrices in two neighbouring axes of a tensor, which the rules of {@link MatrixOp} are written in. */
final class Matrices {
    private final Ops ops;
    private final int axis;

    /** @param axis of the rows */
    Matrices(Ops ops, int axis) {
        this.ops = ops;
        this.axis = axis;
    }

    Matrices(GraphBuilder builder, int axis) {
        this(new Ops(builder), axis);
    }

    Ops ops() {
        return ops;
    }

    /** Which elements of a matrix. */
    interface Chosen {
        boolean at(long row, long column);
    }

    static final Chosen DIAGONAL = (i, j) -> i == j;
    static final Chosen BELOW = (i, j) -> i > j;
    static final Chosen LOWER = (i, j) -> i >= j;
    static final Chosen UPPER = (i, j) -> i <= j;

    /** a b. */
    Node times(Node a, Node b) {
        return product(a, "xy", b, "yz");
    }

    /** a b'. */
    Node timesTransposed(Node a, Node b) {
        return product(a, "xy", b, "zy");
    }

    /** a' b. */
    Node transposedTimes(Node a, Node b) {
        return product(a, "yx", b, "yz");
    }

    private Node product(Node a, String left, Node b, String right) {
        int after = a.shape().rank() - axis - 2;
        return ops.apply(new Einsum(batched(left, after), batched(right, after), batched("xz", after)), a, b);
    }

    private String batched(String matrix, int after) {
        StringBuilder labels = new StringBuilder();
        IntStream.range(0, axis).forEach(i -> labels.append((char) ('A' + i)));
        labels.append(matrix);
        IntStream.range(0, after).forEach(i -> labels.append((char) ('A' + axis + i)));
        return labels.toString();
    }

    Node transpose(Node a) {
        List<Integer> order = new ArrayList<>(ops.allAxes(a));
        order.set(axis, axis + 1);
        order.set(axis + 1, axis);
        return ops.permute(a, order);
    }

    /** (a + a') / 2: a itself, to the bit, where a is symmetric. */
    Node symmetric(Node a) {
        return ops.mul(ops.add(a, transpose(a)), 0.5);
    }

    /** The chosen elements, zeros elsewhere that say that nothing depends on them. */
    Node keep(Node a, Chosen chosen) {
        return ops.select(mask(a, chosen), a, ops.zeros(TensorType.of(a.dtype())));
    }

    /** The lower triangle of a + a', its diagonal halved: what of a symmetric change goes into a triangular factor. */
    Node lowerHalf(Node a) {
        Node sum = ops.add(a, transpose(a));
        Node halved = ops.select(mask(a, DIAGONAL), ops.mul(sum, 0.25), ops.mul(sum, 0.5));
        return keep(halved, LOWER);
    }

    /** Booleans of the size of the matrices, 1 on all other axes. */
    Node mask(Node a, Chosen chosen) {
        long rows = a.shape().dim(axis);
        long columns = a.shape().dim(axis + 1);
        double[] values = new double[Math.toIntExact(rows * columns)];
        for (int i = 0; i < values.length; i++) {
            values[i] = chosen.at(i / columns, i % columns) ? 1 : 0;
        }
        Shape shape = Shape.ones(a.shape().rank()).with(axis, rows).with(axis + 1, columns);
        return ops.builder().literal(new TensorType(DType.BOOL, shape), values);
    }

    /** Identity matrices in place of those of a square operand. */
    Node identity(Node a) {
        Node one = ops.like(a, 1);
        Node ones = ops.select(mask(a, DIAGONAL), one, ops.zeros(one.type()));
        return ops.broadcast(ones, a.shape());
    }

    /** The diagonal as matrices of one row. */
    Node diagonal(Node a) {
        return ops.sum(keep(a, DIAGONAL), List.of(axis));
    }

    /** The sum of all elements of a matrix, as matrices of one element. */
    Node total(Node a) {
        return ops.sum(a, List.of(axis, axis + 1));
    }

    /** Rows from one (included) to another (excluded). */
    Node rows(Node a, long from, long to) {
        return ops.slice(a, axis, from, to);
    }

    /** One matrix below the other. */
    Node below(Node a, Node b) {
        return ops.concat(List.of(a, b), axis);
    }

    /** The solution of a triangular system. */
    Node solve(boolean lower, boolean transposed, Node triangle, Node right) {
        return ops.apply(new TriangularSolve(axis, lower, transposed), triangle, right);
    }

    /**
     * 1 / (d_j - d_i) off the diagonal, 0 on it, for d = a: NaN where two are equal to rounding, since what is divided by the
     * difference then depends on the order of rounding alone.
     *
     * @param d matrices of one row
     * @param sums whether to divide by (d_j - d_i)(d_j + d_i) instead
     */
    Node reciprocalGaps(Node d, boolean sums) {
        Node column = transpose(d);
        Node gap = ops.sub(d, column);
        Node close = ops.apply(Comparison.LE, size(gap), rounding(d));
        Node diagonal = mask(gap, DIAGONAL);
        Node divisor = ops.select(diagonal, ops.like(d, 1), sums ? ops.mul(gap, ops.add(d, column)) : gap);
        Node safe = ops.select(close, ops.like(d, Double.NaN), ops.reciprocal(divisor));
        return ops.select(diagonal, ops.zeros(TensorType.of(d.dtype())), safe);
    }

    /** 1 / d, NaN where d is 0 to rounding. */
    Node reciprocal(Node d) {
        Node close = ops.apply(Comparison.LE, d, rounding(d));
        return ops.select(close, ops.like(d, Double.NaN), ops.reciprocal(d));
    }

    /** How far rounding moves eigenvalues or singular values d, matrices of one row; held constant. */
    Node rounding(Node d) {
        return rounding(ops.max(size(d), List.of(axis + 1)), d.shape().dim(axis + 1));
    }

    /** How far rounding moves a sum of n numbers of this size; held constant. */
    private Node rounding(Node size, long n) {
        double unit = Math.ulp(size.dtype() == DType.FLOAT32 ? Math.scalb(1.0, 29) : 1.0);
        return ops.stopGradient(ops.mul(size, unit * n));
    }

    /** Where there is no Cholesky factor of a finite matrix, or a pivot is what rounding left: matrices of one row. */
    Node isIndefinite(Node a, Node factor) {
        Node root = diagonal(factor);
        Node none = ops.apply(Comparison.NE, root, root);
        Node limit = rounding(size(diagonal(a)), a.shape().dim(axis));
        Node rounded = ops.apply(Comparison.LE, ops.mul(root, root), limit);
        Node finite = Kinks.at(ops, ops.mul(total(a), 0), 0);
        return ops.apply(Comparison.AND, ops.apply(Comparison.OR, none, rounded), finite);
    }

    /**
     * Where a column of a is a sum of those before it but for rounding: matrices of one row.
     *
     * @param triangle R of a = Q R, or U of its factors, perhaps above other rows
     */
    Node isDependent(Node a, Node triangle) {
        Node left = size(diagonal(rows(triangle, 0, a.shape().dim(axis + 1))));
        Node column = ops.max(size(a), List.of(axis));
        return ops.apply(Comparison.LE, left, rounding(column, a.shape().dim(axis)));
    }

    /** R of a = Q R, with NaN on the diagonal where a column depends on those before it: a division by it is no number. */
    Node independent(Node a, Node triangle) {
        Node none = ops.apply(Comparison.AND, isDependent(a, triangle), mask(triangle, DIAGONAL));
        return ops.select(none, ops.like(triangle, Double.NaN), triangle);
    }

    /** Where d, ascending or descending in a row, has a neighbour that is equal to rounding. */
    Node repeated(Node d) {
        Node gap = size(ops.sub(d, transpose(d)));
        Node close = ops.cast(ops.apply(Comparison.LE, gap, rounding(d)), d.dtype());
        Node others = ops.sum(close, List.of(axis));
        return ops.apply(Comparison.GT, others, ops.like(d, 1));
    }

    private Node size(Node a) {
        return ops.apply(Elementwise.ABS, a);
    }
}
