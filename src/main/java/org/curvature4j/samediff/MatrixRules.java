package org.curvature4j.samediff;

import static org.curvature4j.samediff.Smoothness.SMOOTH;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.composition.Matrices;
import org.curvature4j.op.Indices;
import org.curvature4j.op.Ops;

/** Diagonals, triangles and bands of matrices, and the cross product. */
final class MatrixRules {
    private MatrixRules() {}

    static void addTo(RuleTable table) {
        table.add("trace", SMOOTH, call -> List.of(trace(call)));
        table.add("diag", SMOOTH, MatrixRules::diag);
        table.add("diag_part", SMOOTH, MatrixRules::diagPart);
        table.add("matrix_diag", SMOOTH, MatrixRules::matrixDiag);
        table.add("matrix_diag_part", SMOOTH, call -> List.of(Matrices.diagonal(call.ops(), call.input(0))));
        table.add("matrix_set_diag", SMOOTH, MatrixRules::setDiagonal);
        table.add("triu", SMOOTH, call -> {
            long diagonal = call.integer(0, 0);
            return List.of(Matrices.keep(call.ops(), call.input(0), (i, j) -> j >= i + diagonal));
        });
        table.add("matrix_band_part", SMOOTH, MatrixRules::band);
        table.add("cross", SMOOTH, MatrixRules::cross);
    }

    private static Node trace(OpCall call) {
        Node diagonal = Matrices.diagonal(call.ops(), call.input(0));
        int last = diagonal.shape().rank() - 1;
        return call.dropAxes(call.ops().sum(diagonal, List.of(last)), List.of(last), false);
    }

    /** A tensor's elements on the diagonal of one of twice the rank. */
    private static List<Node> diag(OpCall call) {
        Ops o = call.ops();
        Node x = call.input(0);
        Node row = o.reshape(x, Shape.of(x.type().size()));
        long[] dims = x.shape().toArray();
        Shape twice = Shape.of(
                LongStream.concat(LongStream.of(dims), LongStream.of(dims)).toArray());
        return List.of(o.reshape(onDiagonal(o, row), twice));
    }

    /** Vectors, along the last axis, as diagonal matrices. */
    private static Node onDiagonal(Ops o, Node x) {
        int rank = x.shape().rank();
        long size = x.shape().dim(rank - 1);
        Node rows = o.reshape(x, x.shape().dropLast().append(1).append(size));
        Node full = o.broadcast(rows, x.shape().append(size));
        return Matrices.keep(o, full, (i, j) -> i == j);
    }

    private static List<Node> diagPart(OpCall call) {
        Ops o = call.ops();
        Node x = call.input(0);
        int half = x.shape().rank() / 2;
        Shape part = Shape.of(LongStream.of(x.shape().toArray()).limit(half).toArray());
        Node square = o.reshape(x, Shape.of(part.size(), part.size()));
        return List.of(o.reshape(Matrices.diagonal(o, square), part));
    }

    private static List<Node> matrixDiag(OpCall call) {
        return List.of(onDiagonal(call.ops(), call.input(0)));
    }

    private static List<Node> setDiagonal(OpCall call) {
        Ops o = call.ops();
        Node x = call.input(0);
        int rank = x.shape().rank();
        long rows = x.shape().dim(rank - 2);
        long columns = x.shape().dim(rank - 1);
        Node diagonal = call.input(1);
        long size = diagonal.shape().dim(rank - 2);
        // Repeated over rows, the diagonal stands in the columns; positions off it are never chosen.
        Node wide = columns == size
                ? diagonal
                : o.gather(
                        diagonal,
                        rank - 2,
                        Indices.of(IntStream.range(0, (int) columns)
                                .map(i -> (int) Math.min(i, size - 1))
                                .toArray()));
        Node full = o.broadcast(
                o.reshape(wide, wide.shape().dropLast().append(1).append(columns)),
                wide.shape().dropLast().append(rows).append(columns));
        return List.of(o.select(Matrices.conditions(o, x, (i, j) -> i == j), full, x));
    }

    /** Keeps so many diagonals below and above the main one; a negative number keeps all. */
    private static List<Node> band(OpCall call) {
        boolean operands = call.inputCount() > 2;
        long below = operands ? call.constantIntegers(1, "a number of diagonals")[0] : call.integer(0);
        long above = operands ? call.constantIntegers(2, "a number of diagonals")[0] : call.integer(1);
        return List.of(Matrices.keep(
                call.ops(), call.input(0), (i, j) -> (below < 0 || i - j <= below) && (above < 0 || j - i <= above)));
    }

    /** Along the last axis, which has three elements. */
    private static List<Node> cross(OpCall call) {
        Ops o = call.ops();
        Node x = call.input(0);
        Node y = call.input(1);
        int axis = x.shape().rank() - 1;
        Indices next = Indices.of(1, 2, 0);
        Indices previous = Indices.of(2, 0, 1);
        Node forward = o.mul(o.gather(x, axis, next), o.gather(y, axis, previous));
        Node backward = o.mul(o.gather(x, axis, previous), o.gather(y, axis, next));
        return List.of(o.sub(forward, backward));
    }
}
