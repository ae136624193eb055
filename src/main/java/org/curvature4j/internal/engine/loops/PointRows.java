package org.curvature4j.internal.engine.loops;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.Strides;
import org.curvature4j.internal.engine.code.ElementwiseCode;
import org.curvature4j.internal.engine.code.PointLoop;
import org.curvature4j.internal.engine.program.Instruction;
import org.curvature4j.internal.engine.program.Operation;
import org.curvature4j.internal.engine.program.Slot;
import org.curvature4j.internal.engine.program.TensorProgram;
import org.curvature4j.op.Elementwise;
import org.jspecify.annotations.Nullable;

/**
 * The last operation of a program computed point by point, straight into the user's layout: where its operands are
 * constants and what changes from point to point but not along the last axes, as in the Jacobian diag(f'(Wx)) W. Such a
 * result is many times larger than what it is made of, and to compute it with the batch last, then transpose it, would
 * read and write it three times.
 */
final class PointRows {
    /** With shorter rows, computing with the batch last and transposing is as fast. */
    private static final int SHORTEST_ROW = 8;

    /** Numbers of which half a processor's first cache is full. */
    private static final int PIECE = 1 << 11;

    private final PointLoop loop;
    private final double[][] in;
    private final int[][] at;
    private final int[] step;
    private final int length;
    private final int size;

    private PointRows(PointLoop loop, double[][] in, int[][] at, int[] step, int length, int size) {
        this.loop = loop;
        this.in = in;
        this.at = at;
        this.step = step;
        this.length = length;
        this.size = size;
    }

    /** The instruction that makes a program's output, if nothing else reads what it makes. */
    static @Nullable Instruction candidate(TensorProgram program) {
        Slot output = program.outputs().get(0);
        boolean whole = output.type().size() == output.root().type().size();
        boolean read = program.each().stream()
                .flatMap(instruction -> instruction.inputs().stream())
                .anyMatch(input -> input.root() == output.root());
        return !whole || read || program.outputs().size() > 1
                ? null
                : program.each().stream()
                        .filter(instruction -> instruction.output() == output.root() && kernel(instruction) != null)
                        .findFirst()
                        .orElse(null);
    }

    /** What an instruction computes of two operands each; null for anything else. */
    private static @Nullable Elementwise kernel(Instruction instruction) {
        return instruction.operation() instanceof Operation.Scalar scalar
                        && scalar.kernel() instanceof Elementwise kernel
                        && kernel.arity() == 2
                ? kernel
                : null;
    }

    /** Of such an instruction, or null if its operands don't have that form. */
    static @Nullable PointRows of(Instruction instruction, List<HeapArray> operands) {
        Shape shape = instruction.output().type().shape();
        int last = shape.rank() - 1;
        Elementwise kernel = kernel(instruction);
        if (kernel == null || last < 1 || shape.size() == 0) {
            return null;
        }
        List<Strides> views = operands.stream()
                .map(operand -> operand.strides().broadcast(shape))
                .toList();
        List<Boolean> repeated = new ArrayList<>();
        int outer = 0;
        for (Strides view : views) {
            Strides core = view.leading(last);
            int constant = core.constantFrom();
            boolean repeats = view.step(last) != 0 || constant == 0;
            repeated.add(repeats);
            outer = Math.max(outer, repeats ? constant : core.contiguousFrom());
        }
        Shape core = shape.dropLast();
        int length = Math.toIntExact(core.sizeFrom(outer));
        if (length < SHORTEST_ROW) {
            return null;
        }
        int rows = outer;
        return new PointRows(
                ElementwiseCode.pointLoop(ElementwiseCode.of(kernel), repeated, length),
                operands.stream().map(HeapArray::values).toArray(double[][]::new),
                views.stream().map(view -> view.leading(rows).positions()).toArray(int[][]::new),
                views.stream().mapToInt(view -> (int) view.step(last)).toArray(),
                length,
                Math.toIntExact(core.size()));
    }

    /** How many points' results are best written at once: they are copied on from the first cache, and not from the second. */
    int piece() {
        return Math.max(1, PIECE / size);
    }

    /** Writes the results of some points, one after the other. */
    void write(int first, int count, double[] rows) {
        for (int point = 0; point < count; point++) {
            loop.run(in, at, step, first + point, rows, point * size, length);
        }
    }
}
