package org.curvature4j.op;

import java.util.List;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;

/** Checks of what operations on matrices are applied to. */
final class MatrixTypes {
    private MatrixTypes() {}

    /**
     * Checks operands: floating, of one element type, with equal sizes on all axes but those of the matrices.
     *
     * @param count how many
     */
    static void check(MatrixOp op, List<TensorType> operands, int count) {
        TensorType first = operands.get(0);
        boolean floating = operands.size() == count && first.dtype().isFloat();
        if (!floating || operands.stream().anyMatch(operand -> operand.dtype() != first.dtype())) {
            throw new IllegalArgumentException(
                    op.name() + ": expected " + count + " floating operand(s) of one dtype, got " + operands);
        }
        int axis = op.axis();
        for (TensorType operand : operands) {
            boolean aligned = operand.rank() >= axis + 2 && operand.rank() == first.rank();
            if (!aligned || !rest(operand.shape(), axis).equals(rest(first.shape(), axis))) {
                throw new IllegalArgumentException(op.name() + ": expected matrices in axes " + axis + " and "
                        + (axis + 1) + " and equal sizes on all others, got " + operands);
            }
        }
    }

    private static Shape rest(Shape shape, int axis) {
        return shape.with(axis, 1).with(axis + 1, 1);
    }

    /** Checks that an operand's matrices are square and have rows. */
    static void checkSquare(MatrixOp op, TensorType operand) {
        long rows = operand.shape().dim(op.axis());
        if (rows != operand.shape().dim(op.axis() + 1) || rows == 0) {
            throw new IllegalArgumentException(op.name() + ": expected square matrices, got " + operand.shape()
                    + " (rows in axis " + op.axis() + ", at least one)");
        }
    }

    /** Checks that an operand's matrices have at least as many rows as columns, and a column. */
    static void checkTall(MatrixOp op, TensorType operand) {
        long columns = operand.shape().dim(op.axis() + 1);
        if (operand.shape().dim(op.axis()) < columns || columns == 0) {
            throw new IllegalArgumentException(
                    op.name() + ": expected matrices with at least as many rows as columns, got " + operand.shape()
                            + " (rows in axis " + op.axis() + "; transpose wide ones)");
        }
    }

    /** Checks that a right side has as many rows as a matrix. */
    static void checkRows(MatrixOp op, TensorType matrix, TensorType right) {
        if (matrix.shape().dim(op.axis()) != right.shape().dim(op.axis())) {
            throw new IllegalArgumentException(op.name() + ": expected right sides of "
                    + matrix.shape().dim(op.axis()) + " rows, got " + right.shape() + " (for matrices "
                    + matrix.shape() + ")");
        }
    }

    /** Checks that the second operand has the size of the first one's factors. */
    static void checkFactors(MatrixOp op, MatrixRoutine routine, List<TensorType> operands) {
        TensorType expected = new Factorization(routine, op.axis()).infer(List.of(operands.get(0)));
        if (!operands.get(1).equals(expected)) {
            throw new IllegalArgumentException(op.name() + ": expected factors " + expected + ", got " + operands.get(1)
                    + " (of " + operands.get(0) + ")");
        }
    }

    /** A type with matrices of another size. */
    static TensorType sized(MatrixOp op, TensorType type, long rows, long columns) {
        return type.withShape(type.shape().with(op.axis(), rows).with(op.axis() + 1, columns));
    }

    /** Of the first operand's matrices rows times rows times columns. */
    static double cube(MatrixOp op, Node node) {
        Shape shape = node.operand(0).shape();
        double rows = shape.dim(op.axis());
        return rows * rows * shape.dim(op.axis() + 1);
    }
}
