package org.curvature4j.internal.engine.loops;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.curvature4j.internal.engine.program.Instruction;
import org.curvature4j.internal.engine.program.MatrixSteps;
import org.curvature4j.internal.engine.program.Operation;
import org.curvature4j.internal.engine.program.Slot;
import org.curvature4j.internal.engine.program.Step;
import org.curvature4j.internal.engine.program.TensorProgram;

/** The Java arrays of a program, and its operations on them; what depends on constants alone is computed at once. */
final class HeapProgram implements AutoCloseable {
    private final HeapPool pool;
    private final List<double[]> pooled;
    private final Map<Slot, double[]> memory = new HashMap<>();
    private final Set<Slot> fixed = new HashSet<>();
    private final List<Step> finished = new ArrayList<>();
    private final LoopTarget target;

    HeapProgram(TensorProgram program) {
        this.pool = pool(program);
        this.pooled = pool.allocate();
        this.target = new LoopTarget(largest(program));
        for (Instruction instruction : program.once()) {
            fixed.add(instruction.output());
            Step step = bind(instruction);
            step.run();
            finished.add(step);
        }
    }

    private static HeapPool pool(TensorProgram program) {
        return HeapPool.assign(
                Stream.concat(program.seldom().stream(), program.each().stream())
                        .toList(),
                program.lasting());
    }

    private static Stream<Instruction> all(TensorProgram program) {
        return Stream.of(program.once(), program.seldom(), program.each()).flatMap(List::stream);
    }

    private static int largest(TensorProgram program) {
        return Math.toIntExact(all(program)
                .mapToLong(instruction -> instruction.output().type().size())
                .max()
                .orElse(0));
    }

    /** An instruction on these arrays, to be closed by the caller. */
    Step bind(Instruction instruction) {
        return instruction.operation().bind(target, arguments(instruction), array(instruction.output()));
    }

    List<HeapArray> arguments(Instruction instruction) {
        return instruction.inputs().stream().map(this::array).toList();
    }

    HeapArray array(Slot slot) {
        Slot root = slot.root();
        boolean constant = root.constant() != null || fixed.contains(root);
        double[] values = memory.computeIfAbsent(root, this::allocate);
        return new HeapArray(values, Math.toIntExact(slot.offset()), slot.type().shape(), constant);
    }

    private double[] allocate(Slot root) {
        double[] constant = root.constant();
        int size = Math.toIntExact(root.type().size());
        if (constant == null) {
            return pool.array(root) < 0 ? HeapPool.allocate(size) : pooled.get(pool.array(root));
        }
        double[] values = HeapPool.allocate(size);
        if (constant.length == 1) {
            Arrays.fill(values, 0, size, constant[0]);
        } else {
            System.arraycopy(constant, 0, values, 0, size);
        }
        return values;
    }

    /** Memory that this takes, on the heap and outside, in bytes. */
    static long bytes(TensorProgram program) {
        long staged = 2L * Double.BYTES * largest(program);
        long inside = all(program).mapToLong(HeapProgram::inside).sum();
        long own = program.own().stream()
                .mapToLong(slot -> Double.BYTES * slot.type().size())
                .sum();
        return pool(program).bytes() + own + staged + inside + MatrixSteps.bytes(program);
    }

    /** What an operation takes for itself. */
    private static long inside(Instruction instruction) {
        if (instruction.operation() instanceof Operation.Product) {
            return BlasProduct.bytes(instruction.inputs(), instruction.output());
        } else if (instruction.operation() instanceof Operation.Contract
                || instruction.operation() instanceof Operation.WeightedSquare) {
            return HeapContraction.bytes(instruction.inputs());
        }
        return instruction.operation() instanceof Operation.Repeat repeat ? HeapLoop.bytes(repeat.body()) : 0;
    }

    @Override
    public void close() {
        finished.forEach(Step::close);
    }
}
