package org.curvature4j.internal.engine.loops;

import java.util.Arrays;
import java.util.List;
import org.curvature4j.internal.engine.program.Instruction;
import org.curvature4j.internal.engine.program.LoopBody;
import org.curvature4j.internal.engine.program.LoopStep;
import org.curvature4j.internal.engine.program.Step;
import org.curvature4j.internal.engine.program.TensorProgram;

/** The body of a loop on Java arrays. */
final class HeapLoop implements LoopStep.Plan<HeapArray> {
    private final HeapProgram memory;
    private final List<HeapArray> inputs;
    private final List<HeapArray> outputs;
    private final Step[] seldom;
    private final Step[] each;

    private HeapLoop(TensorProgram program) {
        this.memory = new HeapProgram(program);
        this.inputs = program.inputs().stream().map(memory::array).toList();
        this.outputs = program.outputs().stream().map(memory::array).toList();
        this.seldom = bind(program.seldom());
        this.each = bind(program.each());
    }

    private Step[] bind(List<Instruction> instructions) {
        return instructions.stream().map(memory::bind).toArray(Step[]::new);
    }

    static Step of(LoopBody body, List<HeapArray> operands, HeapArray z) {
        return new LoopStep<>(body, new HeapLoop(body.program()), operands, z);
    }

    /** Memory of a loop's body, in bytes. */
    static long bytes(LoopBody body) {
        return HeapProgram.bytes(body.program()) + Double.BYTES * body.stateSize();
    }

    @Override
    public List<HeapArray> inputs() {
        return inputs;
    }

    @Override
    public List<HeapArray> outputs() {
        return outputs;
    }

    @Override
    public void prepare() {
        for (Step step : seldom) {
            step.run();
        }
    }

    @Override
    public void run() {
        for (Step step : each) {
            step.run();
        }
    }

    @Override
    public HeapArray spare(int input) {
        HeapArray like = inputs.get(input);
        return new HeapArray(HeapPool.allocate(like.size()), 0, like.shape(), false);
    }

    @Override
    public void copy(HeapArray from, long at, HeapArray to, long place, long count) {
        System.arraycopy(
                from.values(), from.from() + (int) at, to.values(), to.from() + (int) place, Math.toIntExact(count));
    }

    @Override
    public void close() {
        Arrays.stream(seldom).forEach(Step::close);
        Arrays.stream(each).forEach(Step::close);
        memory.close();
    }
}
