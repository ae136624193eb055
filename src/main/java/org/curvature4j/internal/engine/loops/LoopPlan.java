package org.curvature4j.internal.engine.loops;

import java.util.Arrays;
import java.util.List;
import org.curvature4j.internal.engine.program.Instruction;
import org.curvature4j.internal.engine.program.Slot;
import org.curvature4j.internal.engine.program.Step;
import org.curvature4j.internal.engine.program.TensorProgram;
import org.curvature4j.internal.engine.tile.TilePlan;
import org.curvature4j.internal.engine.tile.Transposer;
import org.curvature4j.internal.host.HostArray;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A program as loops over Java arrays: no call into ND4J, and into BLAS for matrix products only. */
public final class LoopPlan implements TilePlan {
    private final HeapProgram memory;
    private final List<HeapArray> inputs;
    private final Slot output;
    private final @Nullable PointRows last;
    private final Step[] steps;

    public LoopPlan(TensorProgram program) {
        this.memory = new HeapProgram(program);
        this.inputs = program.inputs().stream().map(memory::array).toList();
        Instruction candidate = PointRows.candidate(program);
        this.last = candidate == null ? null : PointRows.of(candidate, memory.arguments(candidate));
        this.steps = program.each().stream()
                .filter(instruction -> last == null || !instruction.equals(candidate))
                .map(memory::bind)
                .toArray(Step[]::new);
        this.output = program.outputs().get(0);
    }

    @Override
    public int inputSize() {
        return input(0).size();
    }

    @Override
    public void points(double[] rows, int tile) {
        Transposer.transpose(rows, 0, tile, inputSize() / tile, input(0).values());
    }

    /** An input in the order of the program's, to be filled before {@link #run}. */
    HeapArray input(int number) {
        return inputs.get(number);
    }

    @Override
    public void feed(int input, INDArray value) {
        HeapArray target = inputs.get(input);
        try (HostArray source = HostArray.reading("feed", value)) {
            source.read(0, target.values(), target.size());
        }
    }

    @Override
    public void run() {
        for (Step step : steps) {
            step.run();
        }
    }

    @Override
    public int outputSize() {
        return Math.toIntExact(output.type().size());
    }

    @Override
    public int piece(int tile) {
        return last == null ? tile : Math.min(tile, last.piece());
    }

    @Override
    public void results(int first, int count, double[] rows) {
        if (last == null) {
            HeapArray result = memory.array(output);
            Transposer.toRows(result.values(), result.from(), result.shape(), rows);
        } else {
            last.write(first, count, rows);
        }
    }

    /** Memory that a plan takes, on the heap and outside, in bytes. */
    public static long bytes(TensorProgram program) {
        return HeapProgram.bytes(program);
    }

    @Override
    public void close() {
        Arrays.stream(steps).forEach(Step::close);
        memory.close();
    }
}
