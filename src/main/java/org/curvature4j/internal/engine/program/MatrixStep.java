package org.curvature4j.internal.engine.program;

import java.util.List;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.blas.MatrixKernel;
import org.curvature4j.internal.blas.MatrixKernels;
import org.curvature4j.op.MatrixRoutine;

/**
 * A routine on each matrix of a stack [batch, rows, columns, batch] in Java's memory. Matrices are taken from the last axis
 * several at a time, since a whole line of the cache is read in any case.
 */
public final class MatrixStep implements Step {
    private static final int TOGETHER = 8;

    private final MatrixKernel kernel;
    private final List<Operand> operands;
    private final Operand result;

    /**
     * An array.
     *
     * @param from the place of its first element
     */
    @SuppressWarnings("ArrayRecordComponent") // memory that others fill
    public record Operand(double[] values, int from, Shape shape) {
        private int stacks() {
            return Math.toIntExact(shape.dim(0));
        }

        private int matrix() {
            return Math.toIntExact(shape.dim(1) * shape.dim(2));
        }

        private int batch() {
            return Math.toIntExact(shape.dim(3));
        }
    }

    private final double[][][] read;
    private final double[][] written;

    public MatrixStep(MatrixRoutine routine, List<Operand> operands, Operand result) {
        this.operands = List.copyOf(operands);
        this.result = result;
        int together = Math.min(TOGETHER, Math.max(1, result.batch()));
        this.read = operands.stream()
                .map(operand -> new double[together][operand.matrix()])
                .toArray(double[][][]::new);
        this.written = new double[together][result.matrix()];
        Shape last = operands.get(operands.size() - 1).shape();
        this.kernel = kernel(
                routine,
                Math.toIntExact(operands.get(0).shape().dim(1)),
                Math.toIntExact(last.dim(1)),
                Math.toIntExact(last.dim(2)));
    }

    private static MatrixKernel kernel(MatrixRoutine routine, int rows, int order, int columns) {
        return switch (routine) {
            case CHOLESKY -> MatrixKernels.cholesky(rows);
            case LU -> MatrixKernels.lu(rows);
            case QR -> MatrixKernels.qr(rows, columns);
            case EIGEN -> MatrixKernels.eigen(rows, MatrixRoutine.LEADING);
            case SINGULAR -> MatrixKernels.singular(rows, columns, MatrixRoutine.LEADING);
            case SOLVE_LOWER -> MatrixKernels.solve(order, columns, true, false);
            case SOLVE_LOWER_TRANSPOSED -> MatrixKernels.solve(order, columns, true, true);
            case SOLVE_UPPER -> MatrixKernels.solve(order, columns, false, false);
            case SOLVE_UPPER_TRANSPOSED -> MatrixKernels.solve(order, columns, false, true);
            case SOLVE_FACTORED -> MatrixKernels.solveFactored(order, columns, false);
            case SOLVE_FACTORED_TRANSPOSED -> MatrixKernels.solveFactored(order, columns, true);
        };
    }

    /** Memory beside the operands', about, in bytes. */
    public static long bytes(List<Slot> inputs, Slot output) {
        long numbers = 0;
        for (Slot input : inputs) {
            numbers += matrix(input);
        }
        return Double.BYTES * (TOGETHER + 4L) * (numbers + matrix(output));
    }

    private static long matrix(Slot slot) {
        return slot.type().shape().dim(1) * slot.type().shape().dim(2);
    }

    @Override
    public void run() {
        for (int stack = 0; stack < result.stacks(); stack++) {
            for (int first = 0; first < result.batch(); first += TOGETHER) {
                int count = Math.min(TOGETHER, result.batch() - first);
                for (int k = 0; k < read.length; k++) {
                    take(operands.get(k), stack, first, count, read[k]);
                }
                for (int i = 0; i < count; i++) {
                    kernel.run(read[0][i], read[read.length - 1][i], written[i]);
                }
                place(stack, first, count);
            }
        }
    }

    private static void take(Operand operand, int stack, int first, int count, double[][] matrices) {
        int size = operand.matrix();
        int batch = operand.batch();
        int from = operand.from() + stack * size * batch + first;
        if (batch == 1) {
            System.arraycopy(operand.values(), from, matrices[0], 0, size);
            return;
        }
        for (int at = 0; at < size; at++) {
            for (int i = 0; i < count; i++) {
                matrices[i][at] = operand.values()[from + at * batch + i];
            }
        }
    }

    private void place(int stack, int first, int count) {
        int size = result.matrix();
        int batch = result.batch();
        int from = result.from() + stack * size * batch + first;
        if (batch == 1) {
            System.arraycopy(written[0], 0, result.values(), from, size);
            return;
        }
        for (int at = 0; at < size; at++) {
            for (int i = 0; i < count; i++) {
                result.values()[from + at * batch + i] = written[i][at];
            }
        }
    }

    @Override
    public void close() {
        kernel.close();
    }
}
