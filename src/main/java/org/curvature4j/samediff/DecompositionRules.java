package org.curvature4j.samediff;

import static org.curvature4j.samediff.Smoothness.KINKS;
import static org.curvature4j.samediff.Smoothness.SMOOTH;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.composition.Matrices;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.LinearAlgebra;
import org.curvature4j.op.Ops;

/** Decompositions, inverses and solutions. What ND4J computes of them is a model of what they mean only. */
final class DecompositionRules {
    private static final String NO_RESULT = "NaN where the matrix has none; ND4J throws";

    private DecompositionRules() {}

    static void addTo(RuleTable table) {
        table.add(
                "cholesky",
                SMOOTH,
                "of (A + A') / 2; NaN where that isn't positive definite, where ND4J throws",
                real((o, a) -> List.of(LinearAlgebra.cholesky(o, a))));
        table.add("matrix_inverse", SMOOTH, NO_RESULT, real((o, a) -> List.of(LinearAlgebra.inverse(o, a))));
        table.add(
                "matrix_determinant",
                SMOOTH,
                "derivatives of singular matrices of more than 3 rows are NaN",
                real((o, a) -> List.of(LinearAlgebra.determinant(o, a))));
        table.add(
                "logdet",
                SMOOTH,
                "of positive definite matrices, NaN for others",
                real((o, a) -> List.of(LinearAlgebra.logDeterminant(o, a))));
        table.add(
                "log_matrix_determinant",
                SMOOTH,
                "the logarithm of its size alone; TensorFlow's gives the sign too",
                real((o, a) -> List.of(LinearAlgebra.signedLogDeterminant(o, a).logarithm())));
        table.add("solve", SMOOTH, NO_RESULT, DecompositionRules::solve);
        table.add("triangular_solve", SMOOTH, NO_RESULT, DecompositionRules::triangularSolve);
        table.add("lstsq", SMOOTH, "of matrices of full rank", DecompositionRules::leastSquares);
        table.add("qr", SMOOTH, "of matrices of full rank", DecompositionRules::qr);
        table.add(
                "svd",
                KINKS,
                "at equal singular values, and at zero; vectors have signs of this library's",
                DecompositionRules::svd);
    }

    private interface OfMatrix {
        List<Node> of(Ops ops, Node a);
    }

    private static ImportRule real(OfMatrix function) {
        return call -> function.of(call.ops(), matrix(call, 0));
    }

    private static Node matrix(OpCall call, int operand) {
        Node a = call.input(operand);
        if (!a.dtype().isFloat() || a.shape().rank() < 2) {
            throw call.expected("a floating operand with matrices in its last two axes", a.type());
        }
        return a;
    }

    private static List<Node> solve(OpCall call) {
        return List.of(LinearAlgebra.solve(call.ops(), matrix(call, 0), matrix(call, 1), call.flag(0, false)));
    }

    private static List<Node> triangularSolve(OpCall call) {
        return List.of(LinearAlgebra.triangularSolve(
                call.ops(), matrix(call, 0), matrix(call, 1), call.flag(0, true), call.flag(1, false)));
    }

    /**
     * With a regulariser r, (A'A + r 1) X = A'B: by the least squares of A over the root of r, which loses no digits. The other
     * of ND4J's two ways leaves r out, so that both together are refused.
     */
    private static List<Node> leastSquares(OpCall call) {
        Ops o = call.ops();
        Node a = matrix(call, 0);
        Node b = matrix(call, 1);
        double regularizer = call.number(0, 0);
        if (regularizer != 0 && !call.flag(0, true)) {
            throw call.expected("no regularizer where fast is false, which leaves it out", regularizer);
        } else if (!(regularizer >= 0)) {
            throw call.expected("a regularizer of at least 0", regularizer);
        } else if (regularizer > 0) {
            int axis = a.shape().rank() - 2;
            Node zeros = o.builder()
                    .literal(a.type().withShape(a.shape().with(axis, a.shape().dim(axis + 1))), 0);
            Node root = o.like(a, Math.sqrt(regularizer));
            a = o.concat(List.of(a, LinearAlgebra.addToDiagonal(o, zeros, root)), axis);
            TensorType more = b.type().withShape(b.shape().with(axis, a.shape().dim(axis + 1)));
            b = o.concat(List.of(b, o.builder().literal(more, 0)), axis);
        }
        return List.of(LinearAlgebra.leastSquares(o, a, b));
    }

    /**
     * In ND4J's signs: R's diagonal has those of A's, but for the last element of a square one, which follows from the
     * determinant.
     */
    private static List<Node> qr(OpCall call) {
        Ops o = call.ops();
        Node a = matrix(call, 0);
        int axis = a.shape().rank() - 2;
        long rows = a.shape().dim(axis);
        long columns = a.shape().dim(axis + 1);
        if (rows < columns) {
            throw call.expected("matrices with at least as many rows as columns", a.type() + " (transpose them)");
        } else if (call.flag(0, false) && rows > columns) {
            throw call.expected(
                    "full_matrices to be false",
                    "true for " + a.type()
                            + " (the columns that it adds to Q are any that are orthogonal to the others)");
        }
        LinearAlgebra.Qr qr = LinearAlgebra.qr(o, a);
        Node square = o.slice(a, axis, 0, columns);
        Node given = Matrices.diagonal(o, square);
        Node wanted = o.select(o.apply(Comparison.GT, given, o.like(a, 0)), o.like(a, 1), o.like(a, -1));
        Node found = o.apply(Elementwise.SIGN, Matrices.diagonal(o, qr.r()));
        Node turns = o.stopGradient(o.mul(wanted, found));
        int last = turns.shape().rank() - 1;
        if (rows == columns) {
            turns = withProduct(o, turns, last, columns - 1);
        }
        Shape asRow = turns.shape().dropLast().append(1).append(columns);
        Node row = o.reshape(turns, asRow);
        Node column = o.reshape(turns, turns.shape().append(1));
        return List.of(o.mul(qr.q(), row), o.mul(qr.r(), column));
    }

    /** So many signs along an axis, and their product as the last. */
    private static Node withProduct(Ops o, Node signs, int axis, long count) {
        Node product = o.ones(signs.type().withShape(signs.shape().with(axis, 1)));
        List<Node> all = new ArrayList<>();
        for (long k = 0; k < count; k++) {
            Node sign = o.slice(signs, axis, k, k + 1);
            all.add(sign);
            product = o.mul(product, sign);
        }
        all.add(product);
        return o.concat(all, axis);
    }

    /** The values; with the second argument, left and right vectors in columns after them. */
    private static List<Node> svd(OpCall call) {
        Node a = matrix(call, 0);
        int rank = a.shape().rank();
        boolean vectors = call.integer(1, 0) != 0;
        if (!vectors || call.outputs().size() == 1) {
            return List.of(LinearAlgebra.singularValues(call.ops(), a));
        } else if (call.integer(0, 0) != 0
                && a.shape().dim(rank - 2) != a.shape().dim(rank - 1)) {
            throw call.expected(
                    "full_matrices to be false",
                    "true for " + a.type() + " (the vectors that it adds are any that are orthogonal to the others)");
        }
        LinearAlgebra.Svd svd = LinearAlgebra.svd(call.ops(), a);
        return List.of(svd.values(), svd.left(), svd.right());
    }
}
