package org.curvature4j.internal.engine.program;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.blas.BlasThreads;
import org.curvature4j.internal.blas.MatrixKernel;
import org.curvature4j.internal.blas.MatrixKernels;
import org.curvature4j.op.MatrixRoutine;

/**
 * Routines on stacks of matrices [batch, rows, columns, batch] for a plan, whose steps run one after the other: those of equal
 * sizes share memory.
 */
public final class MatrixSteps {
    private final Map<Key, Work> works = new HashMap<>();

    private record Key(MatrixRoutine routine, List<Shape> shapes) {}

    /** An array of a plan's, in whatever memory. */
    public interface Numbers {
        void read(int from, double[] to, int count);

        void write(int from, double[] numbers, int count);
    }

    /** An array and its shape. */
    public record Operand(Numbers numbers, Shape shape) {}

    /** A step that computes a result of operands. */
    public Step step(MatrixRoutine routine, List<Operand> operands, Operand result) {
        if (result.shape().size() == 0) {
            return () -> {};
        }
        List<Shape> shapes = operands.stream().map(Operand::shape).toList();
        Key key = new Key(routine, shapes);
        Work work = works.computeIfAbsent(key, any -> new Work(kernel(routine, shapes), shapes, result.shape()));
        work.users++;
        return new Step() {
            private boolean open = true;

            @Override
            public void run() {
                work.run(operands, result);
            }

            /** Steps that run once are closed while others go on; the last one out frees what they share. */
            @Override
            public void close() {
                if (open && --work.users == 0) {
                    works.remove(key);
                    work.kernel.close();
                }
                open = false;
            }
        };
    }

    private static MatrixKernel kernel(MatrixRoutine routine, List<Shape> shapes) {
        Shape last = shapes.get(shapes.size() - 1);
        int rows = Math.toIntExact(last.dim(1));
        int columns = Math.toIntExact(last.dim(2));
        return switch (routine) {
            case CHOLESKY -> MatrixKernels.cholesky(rows);
            case LU -> MatrixKernels.lu(rows);
            case QR -> MatrixKernels.qr(rows, columns);
            case EIGEN -> MatrixKernels.eigen(rows, MatrixRoutine.LEADING);
            case SINGULAR -> MatrixKernels.singular(rows, columns, MatrixRoutine.LEADING);
            case SOLVE_LOWER -> MatrixKernels.solve(rows, columns, true, false);
            case SOLVE_LOWER_TRANSPOSED -> MatrixKernels.solve(rows, columns, true, true);
            case SOLVE_UPPER -> MatrixKernels.solve(rows, columns, false, false);
            case SOLVE_UPPER_TRANSPOSED -> MatrixKernels.solve(rows, columns, false, true);
            case SOLVE_FACTORED -> MatrixKernels.solveFactored(rows, columns, false);
            case SOLVE_FACTORED_TRANSPOSED -> MatrixKernels.solveFactored(rows, columns, true);
        };
    }

    /** Memory for the matrices of one place in the first batch: all of the last batch, and one of them for the kernel. */
    private static final class Work {
        private final MatrixKernel kernel;
        private final double[][] blocks;
        private final double[][] matrices;
        private final double[] written;
        private final double[] result;
        private final int stacks;
        private final int batch;
        private int users;

        Work(MatrixKernel kernel, List<Shape> operands, Shape result) {
            this.kernel = kernel;
            this.stacks = Math.toIntExact(result.dim(0));
            this.batch = Math.toIntExact(result.dim(3));
            this.blocks = operands.stream().map(Work::block).toArray(double[][]::new);
            this.written = block(result);
            // One matrix is its block.
            this.matrices = new double[blocks.length][];
            for (int k = 0; k < blocks.length; k++) {
                matrices[k] = batch == 1 ? blocks[k] : new double[blocks[k].length / batch];
            }
            this.result = batch == 1 ? written : new double[written.length / batch];
        }

        private static double[] block(Shape shape) {
            return new double[Math.toIntExact(shape.sizeFrom(1))];
        }

        /** OpenBLAS is held once for all matrices, and let go between runs: a plan stays open for long. */
        @SuppressWarnings("try") // held, not used
        void run(List<Operand> operands, Operand output) {
            try (BlasThreads held = BlasThreads.single()) {
                compute(operands, output);
            }
        }

        private void compute(List<Operand> operands, Operand output) {
            for (int stack = 0; stack < stacks; stack++) {
                for (int k = 0; k < blocks.length; k++) {
                    operands.get(k).numbers().read(stack * blocks[k].length, blocks[k], blocks[k].length);
                }
                for (int i = 0; i < batch; i++) {
                    for (int k = 0; k < blocks.length && batch > 1; k++) {
                        take(blocks[k], i, matrices[k]);
                    }
                    kernel.run(matrices[0], matrices[matrices.length - 1], result);
                    if (batch > 1) {
                        place(i);
                    }
                }
                output.numbers().write(stack * written.length, written, written.length);
            }
        }

        private void take(double[] block, int first, double[] matrix) {
            for (int at = 0; at < matrix.length; at++) {
                matrix[at] = block[at * batch + first];
            }
        }

        private void place(int first) {
            for (int at = 0; at < result.length; at++) {
                written[at * batch + first] = result[at];
            }
        }
    }

    /** Memory beside the operands', about, in bytes, were none shared. */
    public static long bytes(TensorProgram program) {
        long numbers = 0;
        for (List<Instruction> stage : List.of(program.once(), program.seldom(), program.each())) {
            Map<Key, Long> shared = new HashMap<>();
            for (Instruction instruction : stage) {
                if (instruction.operation() instanceof Operation.Matrices matrices) {
                    List<Shape> shapes = instruction.inputs().stream()
                            .map(input -> input.type().shape())
                            .toList();
                    shared.put(new Key(matrices.routine(), shapes), numbers(shapes, instruction.output()));
                }
            }
            numbers += shared.values().stream().mapToLong(Long::longValue).sum();
        }
        return Double.BYTES * numbers;
    }

    /** Blocks, and matrices three times: in Java, in native memory, in what routines work in. */
    private static long numbers(List<Shape> operands, Slot output) {
        long numbers = each(output.type().shape());
        for (Shape shape : operands) {
            numbers += each(shape);
        }
        return numbers;
    }

    private static long each(Shape shape) {
        return shape.sizeFrom(1) + 3 * shape.dim(1) * shape.dim(2);
    }
}
