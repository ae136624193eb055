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
import org.curvature4j.internal.engine.program.Operation;
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
    private final List<HeapArray> inputs;
    private final Slot output;
    private final @Nullable PointRows last;
    private final Step[] steps;
    private final List<Step> finished = new ArrayList<>();
    private final HeapPool pool;
    private final List<double[]> pooled;
    private final Map<Slot, double[]> memory = new HashMap<>();
    private final Set<Slot> fixed = new HashSet<>();

    public LoopPlan(TensorProgram program) {
        this.pool = HeapPool.assign(program.each(), program.lasting());
        this.pooled = pool.allocate();
        this.inputs = program.inputs().stream().map(this::array).toList();
        LoopTarget target = new LoopTarget(largest(program));
        for (Instruction instruction : program.once()) {
            fixed.add(instruction.output());
            Step step = bind(target, instruction);
            step.run();
            finished.add(step);
        }
        Instruction candidate = PointRows.candidate(program);
        this.last = candidate == null ? null : PointRows.of(candidate, arguments(candidate));
        this.steps = program.each().stream()
                .filter(instruction -> last == null || !instruction.equals(candidate))
                .map(instruction -> bind(target, instruction))
                .toArray(Step[]::new);
        this.output = program.outputs().get(0);
    }

    private List<HeapArray> arguments(Instruction instruction) {
        return instruction.inputs().stream().map(this::array).toList();
    }

    private static int largest(TensorProgram program) {
        return Math.toIntExact(Stream.concat(program.once().stream(), program.each().stream())
                .mapToLong(instruction -> instruction.output().type().size())
                .max()
                .orElse(0));
    }

    private Step bind(LoopTarget target, Instruction instruction) {
        return instruction.operation().bind(target, arguments(instruction), array(instruction.output()));
    }

    private HeapArray array(Slot slot) {
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
    public void results(int count, double[] rows) {
        if (last == null) {
            HeapArray result = array(output);
            Transposer.toRows(result.values(), result.from(), result.shape(), rows);
        } else {
            last.write(count, rows);
        }
    }

    /** Memory that a plan takes, on the heap and outside, in bytes. */
    public static long bytes(TensorProgram program) {
        long staged = 2L * Double.BYTES * largest(program);
        long products = Stream.concat(program.once().stream(), program.each().stream())
                .filter(instruction -> instruction.operation() instanceof Operation.Product)
                .mapToLong(instruction -> BlasProduct.bytes(instruction.inputs(), instruction.output()))
                .sum();
        long contractions = Stream.concat(program.once().stream(), program.each().stream())
                .filter(instruction -> instruction.operation() instanceof Operation.Contract)
                .mapToLong(instruction -> HeapContraction.bytes(instruction.inputs()))
                .sum();
        long own = program.own().stream()
                .mapToLong(slot -> Double.BYTES * slot.type().size())
                .sum();
        return HeapPool.assign(program.each(), program.lasting()).bytes() + own + staged + products + contractions;
    }

    @Override
    public void close() {
        Arrays.stream(steps).forEach(Step::close);
        finished.forEach(Step::close);
    }
}
